import Catalog
import Foundation
import Mail
import Pricing
import Reconciliation
import Reporting
import Runs
import Testing

@testable import PostgresLedger

/// `reports/sql/views.sql` and the dashboard over it, on a real server.
struct ReportViewsTests {
    private static let reports = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("reports")

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: reports.appendingPathComponent(path), encoding: .utf8)
    }

    /// A database with two teams, one run each, the views, and a role that may read them.
    private func filled() async throws -> (address: DatabaseAddress, keys: [String]) {
        let address = try await TestServer.shared.database()
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let (team, other) = (try Sample.team(), try Sample.team("SP-TEAM-222222"))
        try await ledger.createTeam(other, source: try Sample.store("northwind", 1, .usd), by: "bob", at: Sample.time)
        for team in [team, other] {
            let store = try Sample.store("lumen", 2)
            try await ledger.requestMembership(team, store: store, by: "x", at: Sample.time)
            try await ledger.changeMembership(team, shop: store.shop, to: .approved, by: "x", at: Sample.time, note: "")
        }
        let run = try Sample.run("a")
        try await ledger.begin(run, lock: lock)
        var summary = DestinationSummary()
        summary.matched = 3
        summary.skus = [.inStep: 2, .corrected: 1]
        try await ledger.record(
            DestinationRecord(
                run: run,
                team: team,
                destination: try Sample.shop("lumen"),
                status: "ATTENTION",
                detail: "",
                plan: nil,
                summary: summary,
                corrections: [Sample.correction("A-1")],
                findings: [FindingRow(kind: .blankSKU, shop: "lumen.myshopify.com", detail: "no SKU")]
            ),
            lock: lock
        )
        try await ledger.finish(
            run,
            status: "ATTENTION",
            detail: "",
            at: Sample.time + .seconds(90),
            post: .init(),
            lock: lock
        )
        try await ledger.close()
        let session = address.superuser
        try await session.run(try Self.text("sql/views.sql"))
        // A second time, as after an upgrade.
        try await session.run(try Self.text("sql/views.sql"))
        var keys: [String] = []
        for team in [team, other] {
            keys.append(
                try #require(try await session.text("SELECT team_id FROM synctec.teams WHERE address = '\(team)'"))
            )
        }
        await session.close()
        return (address, keys)
    }

    @Test func `every view and every column is described`() async throws {
        let (address, _) = try await filled()
        let session = address.superuser
        let bare = """
            SELECT string_agg(c.relname || '.' || a.attname, ' ') FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relnamespace = 'synctec_reports'::regnamespace
                AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)
            """
        #expect(try await session.text(bare) == nil)
        let described = try Self.text("README.md")
        let views = try #require(
            try await session.text(
                "SELECT string_agg(viewname, ' ' ORDER BY viewname) FROM pg_views WHERE schemaname = 'synctec_reports'"
            )
        )
        #expect(views == "corrections destination_runs destinations drift findings runs")
        for view in views.split(separator: " ") { #expect(described.contains("`synctec_reports.\(view)`"), "\(view)") }
        await session.close()
    }

    @Test func `DB-5 a reader sees its own team in the views, and without a team nothing`() async throws {
        let (address, keys) = try await filled()
        let session = address.superuser
        let views = ["runs", "destination_runs", "corrections", "drift", "findings", "destinations"]
        try await session.run("SET ROLE synctec_reader")
        for (key, isOwn) in [(keys[0], true), (keys[1], false), ("", false)] {
            try await session.run("SET synctec.team = '\(key)'")
            for view in views {
                let count = try await session.text("SELECT count(*) FROM synctec_reports.\(view)")
                let isMember = view == "destinations" && !key.isEmpty
                #expect(count == (isOwn || isMember ? "1" : "0"), "\(view) \(key)")
            }
        }
        try await session.run("SET synctec.team = '\(keys[0])'")
        let numbers = "SELECT concat_ws(' ', status, matched_skus, skus_in_step) FROM synctec_reports.destination_runs"
        #expect(try await session.text(numbers) == "ATTENTION 3 2")
        #expect(try await session.text("SELECT duration_seconds FROM synctec_reports.runs") == "90")
        await #expect(throws: DatabaseError.self) { try await session.run("DELETE FROM synctec.runs") }
        await #expect(throws: DatabaseError.self) { try await session.run("SELECT * FROM synctec.plans") }
        await session.close()
    }

    @Test func `a brake on the catalogue stays in the views while runs of stock end well`() async throws {
        let (address, keys) = try await filled()
        let (ledger, team) = (address.ledger(), try Sample.team())
        let lock = try await ledger.lock(.team(team), holder: "host 42", at: Sample.time)
        let runs: [(sign: Character, stage: RunStage, status: String)] = [
            ("b", .catalogue, "BRAKE"), ("c", .stock, "OK"), ("d", .catalogue, "BRAKE"), ("e", .stock, "ATTENTION"),
        ]
        for (index, run) in runs.enumerated() {
            let (id, time) = (try Sample.run(run.sign), Sample.time + .seconds(1800 * (index + 1)))
            try await ledger.begin(
                RunStart(
                    id: id,
                    team: team,
                    command: "run",
                    startedAt: time,
                    version: "1",
                    holder: "host 42",
                    stages: [run.stage]
                ),
                lock: lock
            )
            try await ledger.record(
                DestinationRecord(
                    run: id,
                    team: team,
                    destination: try Sample.shop("lumen"),
                    status: run.status,
                    detail: "",
                    plan: nil,
                    summary: DestinationSummary(),
                    corrections: [],
                    findings: []
                ),
                lock: lock
            )
            try await ledger.finish(id, status: run.status, detail: "", at: time, post: .init(), lock: lock)
        }
        try await ledger.close()
        let session = address.superuser
        try await session.run("SET ROLE synctec_reader")
        try await session.run("SET synctec.team = '\(keys[0])'")
        func shown(_ columns: String) async throws -> String? {
            try await session.text("SELECT concat_ws(' ', \(columns)) FROM synctec_reports.destinations")
        }
        #expect(try await shown("last_status, catalogue_status, stock_status") == "ATTENTION BRAKE ATTENTION")
        // The first run was of both.
        #expect(try await shown("last_good_at = catalogue_good_at, last_good_at < stock_good_at") == "t t")
        let latest = "SELECT max(ended_at) FROM synctec_reports.runs WHERE stages = 'stock'"
        #expect(try await shown("stock_good_at = (\(latest))") == "t")
        await session.close()
    }

    private struct Dashboard: Decodable {
        struct Panel: Decodable {
            struct Target: Decodable {
                let rawSql: String
            }
            let id: Int
            let title: String
            let targets: [Target]
        }
        struct Templating: Decodable {
            struct Variable: Decodable {
                let name: String
                let query: String
            }
            let list: [Variable]
        }
        let panels: [Panel]
        let templating: Templating
    }

    @Test func `every query of the dashboard runs, over the views alone, and finds something`() async throws {
        let (address, keys) = try await filled()
        let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(try Self.text("grafana/synctec.json").utf8))
        #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
        let session = address.superuser
        try await session.run("SET ROLE synctec_reader")
        try await session.run("SET synctec.team = '\(keys[0])'")
        let variable = try #require(dashboard.templating.list.first { $0.name == "destination" })
        #expect(try await session.text(variable.query) == "lumen.myshopify.com")
        for panel in dashboard.panels {
            for target in panel.targets {
                #expect(!target.rawSql.contains("synctec."), "\(panel.title)")
                let query = target.rawSql.replacing("$destination", with: "'lumen.myshopify.com'")
                    .replacing("$__timeFilter(started_at)", with: "started_at BETWEEN '2020-01-01' AND '2040-01-01'")
                #expect(!query.contains("$"), "\(panel.title)")
                let count = try await session.text("SELECT count(*) FROM (\(query)) AS found")
                // One run is no repeat.
                #expect(count == (panel.title == "Who keeps changing what" ? "0" : "1"), "\(panel.title)")
            }
        }
        await session.close()
    }
}
