import Catalog
import Glibc
import Reconciliation
import Reporting
import Runs
import Testing

@testable import ReportFiles

/// The file for node exporter's textfile collector.
struct MetricsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static func metrics(findings: [String: Int] = ["blank sku": 4, "a\\b\"c\nd": 1]) throws -> TeamMetrics {
        var summary = DestinationSummary()
        summary.skus = [.inStep: 90, .corrected: 3]
        summary.applied = 5
        summary.heldFields = 2
        summary.mutations = 1
        let last = TeamMetrics.Part(
            status: "ATTENTION",
            code: 1,
            endedAt: Timestamp(seconds: 1_795_000_090),
            summary: summary,
            findings: findings
        )
        let start = Timestamp(seconds: 1_795_000_000)
        let kobe = try #require(ShopDomain("kobe.myshopify.com"))
        let lumen = try #require(ShopDomain("lumen.myshopify.com"))
        let braked = TeamMetrics.Part(
            status: "BRAKE",
            code: 2,
            endedAt: start + .seconds(-1_800),
            summary: DestinationSummary(),
            findings: [:]
        )
        return TeamMetrics(
            team: try SampleReport.team(),
            takenAt: Timestamp(seconds: 1_795_000_100),
            run: TeamMetrics.Run(
                command: "run",
                status: "ATTENTION",
                code: 1,
                startedAt: start,
                endedAt: start + .milliseconds(90_500)
            ),
            destinations: [
                .init(shop: kobe, stage: .catalogue, lastGood: nil, last: nil),
                .init(shop: kobe, stage: .stock, lastGood: nil, last: nil),
                .init(shop: lumen, stage: .catalogue, lastGood: Timestamp(seconds: 1_794_000_000), last: braked),
                .init(shop: lumen, stage: .stock, lastGood: Timestamp(seconds: 1_795_000_090), last: last),
            ],
            mailsWaiting: 7
        )
    }

    /// Name, labels and value of each sample; fails on a line that is not of Prometheus' text format.
    private func samples(_ text: String) throws -> [String: String] {
        let sample = /([a-z_]+)\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\} (-?[0-9]+)/
        var described: Set<Substring> = []
        var found: [String: String] = [:]
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# ") {
                let words = line.split(separator: " ")
                let isHelp = words[1] == "HELP" && words.count > 3
                #expect(isHelp || (words[1] == "TYPE" && words[3] == "gauge"), "\(line)")
                if isHelp { #expect(described.insert(words[2]).inserted, "\(line): told twice") }
                continue
            }
            let match = try #require(line.wholeMatch(of: sample), "\(line)")
            #expect(described.contains(match.1), "\(line): before its description")
            #expect(found.updateValue(String(match.3), forKey: "\(match.1){\(match.2)}") == nil, "\(line): twice")
        }
        #expect(text.hasSuffix("\n"))
        return found
    }

    @Test func `it tells the last run, and each destination's last and last good one by stage`() throws {
        let samples = try samples(try Self.metrics().text)
        let team = "team=\"SP-TEAM-7KQ2MX\""
        let lumen = "\(team),destination=\"lumen.myshopify.com\",stage=\"stock\""
        let braked = "\(team),destination=\"lumen.myshopify.com\",stage=\"catalogue\""
        let kobe = "\(team),destination=\"kobe.myshopify.com\",stage=\"catalogue\""
        let expected = [
            "synctec_metrics_timestamp_seconds{\(team)}": "1795000100",
            "synctec_mails_waiting{\(team)}": "7",
            "synctec_run_exit_status{\(team),command=\"run\",status=\"ATTENTION\"}": "1",
            "synctec_run_duration_seconds{\(team)}": "90",
            "synctec_destination_last_good_run_timestamp_seconds{\(kobe)}": "0",
            "synctec_destination_last_good_run_timestamp_seconds{\(braked)}": "1794000000",
            "synctec_destination_exit_status{\(braked)}": "2",
            "synctec_destination_last_good_run_timestamp_seconds{\(lumen)}": "1795000090",
            "synctec_destination_exit_status{\(lumen)}": "1",
            "synctec_destination_skus{\(lumen),outcome=\"in step\"}": "90",
            "synctec_destination_skus{\(lumen),outcome=\"held\"}": "0",
            "synctec_destination_corrections{\(lumen),outcome=\"applied\"}": "5",
            "synctec_destination_held_fields{\(lumen)}": "2",
            "synctec_destination_findings{\(lumen),kind=\"blank sku\"}": "4",
            "synctec_destination_findings{\(lumen),kind=\"a\\\\b\\\"c\\nd\"}": "1",
        ]
        for (name, value) in expected { #expect(samples[name] == value, "\(name)") }
        #expect(samples.keys.filter { $0.contains("kobe") }.count == 2)
    }

    @Test func `the file is replaced as a whole, readable for all, and no draft is left`() throws {
        try folder.put("old", "synctec.prom")
        try MetricsFile("\(folder.path)/synctec.prom").write(try Self.metrics())
        #expect(try folder.text("synctec.prom") == (try Self.metrics().text))
        #expect(folder.mode("synctec.prom") == 0o644)
        #expect(folder.contents() == ["synctec.prom"])
    }

    @Test func `CS-1 where it cannot be written the old file stays and the error names it`() throws {
        mkdir("\(folder.path)/synctec.prom", 0o700)
        let file = MetricsFile("\(folder.path)/synctec.prom")
        let error = #expect(throws: ReportError.self) { try file.write(try Self.metrics()) }
        #expect(error?.description.contains("\(folder.path)/synctec.prom") == true)
        #expect(folder.contents() == ["synctec.prom"])
        #expect(throws: ReportError.self) {
            try MetricsFile("\(folder.path)/none/synctec.prom").write(try Self.metrics())
        }
    }

    @Test func `CS-1 a rehearsal leaves no trace, and tells a folder that is missing or not open to us`() throws {
        try folder.put("old", "synctec.prom")
        try MetricsFile("\(folder.path)/synctec.prom").rehearse()
        #expect(try folder.text("synctec.prom") == "old")
        #expect(folder.contents() == ["synctec.prom"])
        mkdir("\(folder.path)/is-folder.prom", 0o700)
        for (name, reason) in [("none/synctec.prom", "No such file"), ("is-folder.prom", "Is a directory")] {
            let error = #expect(throws: ReportError.self) { try MetricsFile("\(folder.path)/\(name)").rehearse() }
            #expect(error?.description.contains(reason) == true, "\(name)")
        }
        #expect(folder.contents().sorted() == ["is-folder.prom", "synctec.prom"])
    }
}
