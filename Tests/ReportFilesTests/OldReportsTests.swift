import Catalog
import Glibc
import Runs
import Testing

@testable import ReportFiles

/// What `synctec gc` removes from the reports folder.
struct OldReportsTests {
    private let folder: TemporaryFolder
    private let team: TeamID
    private let now = Timestamp(seconds: 1_795_000_000)
    private static let run = "0123456789abcdef0123456789abcdef"

    init() throws {
        folder = try TemporaryFolder()
        team = try SampleReport.team()
        mkdir("\(folder.path)/\(team)", 0o700)
    }

    private func makeReport(_ name: String, changed: Timestamp? = nil) throws {
        mkdir("\(folder.path)/\(team)/\(name)", 0o700)
        try folder.put("x", "\(team)/\(name)/summary.csv")
        guard let changed else { return }
        var times = [
            timeval(tv_sec: Int(changed.seconds), tv_usec: 0), timeval(tv_sec: Int(changed.seconds), tv_usec: 0),
        ]
        utimes("\(folder.path)/\(team)/\(name)", &times)
    }

    private var names: [String] {
        folder.contents("\(team)").filter { $0.split(separator: "/").count == 2 }
            .map { String($0.dropFirst(team.text.count + 1)) }
    }

    @Test func `old reports go, younger ones and what no run has named stay, links are not followed`() throws {
        let old = "20250101T000000Z-\(Self.run)"
        let young = "20261101T000000Z-\(Self.run)"
        for name in [old, "\(old)-2", young, "20250101-mine", "notes"] { try makeReport(name) }
        let elsewhere = try TemporaryFolder()
        try elsewhere.put("kept", "file")
        symlink(elsewhere.path, "\(folder.path)/\(team)/20250101T000001Z-\(Self.run)")
        symlink(elsewhere.path, "\(folder.path)/\(team)/\(old)/link")
        let reports = OldReports(folder.path, team: team)
        let cut = try #require(Timestamp("2026-01-01T00:00:00Z"))

        let would = try reports.remove(before: cut, now: now, dryRun: true)
        #expect(would.finished.count == 2 && would.unfinished.count == 0)
        #expect(would.finished.bytes > 0)
        #expect(names.count == 6)
        #expect(try reports.remove(before: cut, now: now, dryRun: false).finished.count == 2)
        #expect(names == ["20250101-mine", "20250101T000001Z-\(Self.run)", young, "notes"])
        #expect(try elsewhere.text("file") == "kept")
        #expect(try reports.remove(before: cut, now: now, dryRun: false).finished.count == 0)
    }

    @Test func `CS-1 what killed runs left goes after a day, what is being written stays`() throws {
        let hidden = ".20250101T000000Z-\(Self.run).part"
        try makeReport(hidden, changed: now + .seconds(-90_000))
        try makeReport("\(hidden)-2", changed: now + .seconds(-3_600))
        try makeReport(".git", changed: now + .seconds(-90_000))
        let removed = try OldReports(folder.path, team: team).remove(before: now, now: now, dryRun: false)
        #expect(removed.unfinished.count == 1)
        #expect(removed.finished.count == 0)
        #expect(names == [".20250101T000000Z-\(Self.run).part-2", ".git"])
    }

    @Test func `a team without reports has none to remove`() throws {
        let other = try #require(TeamID("SP-TEAM-222222"))
        let removed = try OldReports(folder.path, team: other).remove(before: now, now: now, dryRun: false)
        #expect(removed.finished.count == 0)
    }

    @Test(arguments: [
        "20261301T000000Z-a", "x0260101T000000Z-a", "20260101T000000Z", "2026", "", "-", "éééééééééééééééé-a",
    ])
    func `a name that no run gives has no time`(name: String) {
        #expect(OldReports.start(of: name) == nil)
    }
}
