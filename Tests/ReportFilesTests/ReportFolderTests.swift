import Catalog
import Glibc
import ReportPage
import Reporting
import Runs
import Testing

@testable import ReportFiles

struct ReportFolderTests {
    private let folder: TemporaryFolder
    private let team: TeamID

    init() throws {
        folder = try TemporaryFolder()
        team = try SampleReport.team()
    }

    private var reports: ReportFolder { ReportFolder(folder.path, team: team) }

    @Test func `a run's folder holds the summary and a folder per destination`() throws {
        let path = try reports.write(SampleReport.report())
        #expect(path == "\(folder.path)/\(team)/\(SampleReport.folder)")
        #expect(
            folder.contents("\(team)/\(SampleReport.folder)").map {
                String($0.dropFirst(team.text.count + SampleReport.folder.count + 2))
            } == SampleReport.files
        )
    }

    @Test func `the files hold what the tables render`() throws {
        let report = try SampleReport.report()
        _ = try reports.write(report)
        let place = "\(team)/\(SampleReport.folder)"
        #expect(Array(try folder.text("\(place)/summary.csv").utf8) == SummaryRow.table(report.summaryRows))
        for destination in report.destinations {
            let part = "\(place)/\(destination.shop.name)"
            #expect(
                Array(try folder.text("\(part)/corrections.csv").utf8) == CorrectionRow.table(destination.corrections)
            )
            #expect(Array(try folder.text("\(part)/findings.csv").utf8) == FindingRow.table(destination.findings))
        }
    }

    @Test func `the page stands beside the summary`() throws {
        let page = try SampleReport.page()
        let path = try reports.write(SampleReport.report(), page: page)
        let place = "\(team)/\(SampleReport.folder)"
        #expect(folder.contents(place).map { String($0.dropFirst(place.count + 1)) } == SampleReport.filesWithPage)
        #expect(path.hasSuffix(place))
        #expect(Array(try folder.text("\(place)/report.html").utf8) == page.bytes)
    }

    @Test func `a table longer than one piece is whole`() throws {
        let report = try SampleReport.report(rows: 20_000)
        _ = try reports.write(report)
        let text = try folder.text("\(team)/\(SampleReport.folder)/lumen-home/corrections.csv")
        let isSame = Array(text.utf8) == CorrectionRow.table(report.destinations[0].corrections)
        #expect(isSame)
        #expect(text.utf8.count > 1 << 20)
    }

    @Test func `CS-3: a second report of the same run overwrites nothing`() throws {
        let first = try reports.write(SampleReport.report(rows: 1))
        let before = try folder.text("\(team)/\(SampleReport.folder)/lumen-home/corrections.csv")
        let second = try reports.write(SampleReport.report(rows: 2))
        #expect(second == first + "-2")
        #expect(try folder.text("\(team)/\(SampleReport.folder)/lumen-home/corrections.csv") == before)
    }

    @Test(arguments: ["file", "folder", "link to a folder", "broken link"])
    func `CS-3: whatever has the name already is left alone`(kind: String) throws {
        try reports.rehearse()
        let place = "\(team)/\(SampleReport.folder)"
        let other = try TemporaryFolder()
        switch kind {
        case "file": try folder.put("mine", place)
        case "folder": #expect(mkdir("\(folder.path)/\(place)", 0o755) == 0)
        case "link to a folder": #expect(symlink(other.path, "\(folder.path)/\(place)") == 0)
        default: #expect(symlink("/nowhere", "\(folder.path)/\(place)") == 0)
        }
        let before = folder.kind(place)
        #expect(try reports.write(SampleReport.report()).hasSuffix("-2"))
        #expect(folder.kind(place) == before)
        #expect(folder.contents(place).isEmpty)
        #expect(other.contents().isEmpty)
        if kind == "file" { #expect(try folder.text(place) == "mine") }
    }

    @Test func `CS-3: a link in the place of the team's folder is refused`() throws {
        let other = try TemporaryFolder()
        #expect(symlink(other.path, "\(folder.path)/\(team)") == 0)
        for attempt in [{ try reports.rehearse() }, { _ = try reports.write(SampleReport.report()) }] {
            let error = try #require(throws: ReportError.self) { try attempt() }
            #expect(error.description.contains("a link, is in the way"))
        }
        #expect(other.contents().isEmpty)
    }

    @Test func `CS-3: a link planted under the hidden name is not followed`() throws {
        try reports.rehearse()
        let other = try TemporaryFolder()
        #expect(symlink(other.path, "\(folder.path)/\(team)/.\(SampleReport.folder).part") == 0)
        _ = try reports.write(SampleReport.report())
        #expect(other.contents().isEmpty)
        #expect(folder.contents("\(team)/\(SampleReport.folder)").count == SampleReport.files.count)
    }

    @Test(arguments: [
        "../../etc", "/etc/x", "a/b", "", ".", "..", "a\u{0}b", String(repeating: "a", count: 300), "run\n1", "ｒｕｎ",
        "a b", "-é",
    ])
    func `CS-3: a run's id that is no plain name is refused`(run: String) throws {
        let error = try #require(throws: ReportError.self) { try reports.write(SampleReport.report(run: run)) }
        #expect(!error.description.utf8.contains { $0 < 0x20 })
        #expect(folder.contents().isEmpty)
    }

    @Test func `the report of another team is refused`() throws {
        let other = try #require(TeamID("SP-TEAM-222222"))
        #expect(throws: ReportError.self) { try ReportFolder(folder.path, team: other).write(SampleReport.report()) }
        #expect(folder.contents().isEmpty)
    }

    @Test func `the folder may be reached by the operator's own link and with a slash behind`() throws {
        let link = try TemporaryFolder()
        #expect(symlink(folder.path, "\(link.path)/reports") == 0)
        let path = try ReportFolder("\(link.path)/reports//", team: team).write(SampleReport.report())
        #expect(path.hasPrefix("\(link.path)/reports/\(team)/"))
        #expect(folder.contents().count > 0)
    }
}
