import Glibc
import Reporting
import Runs
import Testing

@testable import ReportFiles

/// FAULTS CS-1: every call fails once, and for good.
struct FullDiskTests {
    /// How many calls an undisturbed report takes.
    private static func calls() throws -> Int {
        let folder = try TemporaryFolder()
        let calls = FailingFileCalls()
        _ = try ReportFolder(folder.path + "/reports", team: SampleReport.team(), calls: calls).write(
            SampleReport.report(),
            page: SampleReport.page()
        )
        return calls.made.count
    }

    @Test(arguments: [ENOSPC, EIO], [false, true])
    func `CS-1: whatever call fails, a final name bears a whole report or nothing`(code: Int32, isLasting: Bool) throws
    {
        let whole = try TemporaryFolder()
        let team = try SampleReport.team()
        let report = try SampleReport.report()
        _ = try ReportFolder(whole.path, team: team).write(report, page: SampleReport.page())
        let place = "\(team)/\(SampleReport.folder)"
        for number in 0..<(try Self.calls()) {
            let folder = try TemporaryFolder()
            let calls = FailingFileCalls(failing: number, code: code, isLasting: isLasting)
            #expect(throws: ReportError.self, "call \(number)") {
                try ReportFolder(folder.path + "/reports", team: team, calls: calls).write(
                    report,
                    page: SampleReport.page()
                )
            }
            let failed = calls.made.indices.contains(number) ? calls.made[number] : "none"
            let contents = folder.contents("reports/\(place)")
            guard folder.kind("reports/\(place)") != 0 else { continue }
            #expect(contents.count == SampleReport.filesWithPage.count, "call \(number), \(failed)")
            for file in SampleReport.filesWithPage where file.contains(".") {
                #expect(
                    try folder.text("reports/\(place)/\(file)") == whole.text("\(place)/\(file)"),
                    "call \(number), \(failed)"
                )
            }
        }
    }

    @Test func `CS-1: a failure that passes leaves nothing behind, and the next try succeeds`() throws {
        let team = try SampleReport.team()
        let report = try SampleReport.report()
        for number in 0..<(try Self.calls()) {
            let folder = try TemporaryFolder()
            let calls = FailingFileCalls(failing: number)
            #expect(throws: ReportError.self) {
                try ReportFolder(folder.path + "/reports", team: team, calls: calls).write(
                    report,
                    page: SampleReport.page()
                )
            }
            let hidden = folder.contents().filter { $0.contains("/.") }
            #expect(hidden == [], "call \(number), \(calls.made[number])")
            let path = try ReportFolder(folder.path + "/reports", team: team).write(report, page: SampleReport.page())
            #expect(
                folder.contents(String(path.dropFirst(folder.path.count + 1))).count == SampleReport.filesWithPage.count
            )
        }
    }

    @Test func `CS-1: every file and folder is brought to the disk before the name, and the name after it`() throws {
        let folder = try TemporaryFolder()
        let calls = FailingFileCalls()
        _ = try ReportFolder(folder.path, team: SampleReport.team(), calls: calls)
            .write(SampleReport.report(), page: SampleReport.page())
        let rename = try #require(calls.made.firstIndex(of: "rename"))
        let before = calls.made[..<rename]
        let files = before.count { $0.hasPrefix("createFile") }
        // Six files, three folders, and the folder of all reports, in which the team's is new.
        #expect(files == 6)
        #expect(before.count { $0 == "sync" } == 10)
        #expect(before.count { $0 == "close" } == 6)
        #expect(Array(calls.made[rename...]) == ["rename", "sync"])
    }

    @Test(arguments: [
        (ENOSPC, "No space left on device", "make room"), (EROFS, "Read-only file system", "mount it"),
        (EACCES, "Permission denied", "let the account"), (EDQUOT, "Disk quota exceeded", "make room"),
        (EIO, "Input/output error", "look at the disk"),
    ])
    func `a failure names the path, the system's words and what to do`(code: Int32, words: String, advice: String)
        throws
    {
        let folder = try TemporaryFolder()
        let calls = FailingFileCalls(failing: 0, code: code)
        let error = try #require(throws: ReportError.self) {
            try ReportFolder(folder.path, team: SampleReport.team(), calls: calls).rehearse()
        }
        #expect(error.description.hasPrefix(folder.path))
        #expect(error.description.contains("\(words) (errno \(code))"))
        #expect(error.description.contains(advice))
    }
}
