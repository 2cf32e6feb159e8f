import Catalog
import Mail
import Reconciliation
import Reporting
import Runs
import Testing

@testable import PostgresLedger

/// What the file for monitoring is made of.
struct MetricsTests {
    @Test func `numbers are of each approved destination's last run that could write, and its last good one`()
        async throws
    {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        let time = Sample.time
        for (number, name) in ["lumen", "kobe", "gone"].enumerated() {
            let store = try Sample.store(name, Int64(number + 2))
            try await ledger.requestMembership(team, store: store, by: "x", at: time)
            try await ledger.changeMembership(team, shop: store.shop, to: .approved, by: "x", at: time, note: "")
        }
        try await ledger.changeMembership(
            team,
            shop: try Sample.shop("gone"),
            to: .suspended,
            by: "x",
            at: time,
            note: ""
        )
        // A good run, one that failed, a plan that went well, and a run that goes on.
        let runs: [(sign: Character, command: String, status: String)] = [
            ("a", "run", "ATTENTION"), ("b", "run", "STORE"), ("c", "plan", "OK"), ("d", "run", ""),
        ]
        for (index, run) in runs.enumerated() {
            let id = try Sample.run(run.sign)
            let start = time + .seconds(100 * index)
            try await ledger.begin(
                RunStart(id: id, team: team, command: run.command, startedAt: start, version: "1", holder: "host 42"),
                lock: lock
            )
            guard !run.status.isEmpty else { continue }
            var summary = DestinationSummary()
            summary.heldFields = index
            for shop in ["lumen", "gone"] {
                try await ledger.record(
                    DestinationRecord(
                        run: id,
                        team: team,
                        destination: try Sample.shop(shop),
                        status: run.status,
                        detail: "",
                        plan: nil,
                        summary: summary,
                        corrections: [],
                        findings: (0...index).map {
                            FindingRow(kind: .store, shop: "lumen.myshopify.com", detail: "\($0)")
                        }
                    ),
                    lock: lock
                )
            }
            let end = start + .seconds(40)
            try await ledger.finish(id, status: run.status, detail: "", at: end, post: .init(), lock: lock)
        }
        let found = try await ledger.metrics(of: team, at: time + .seconds(500))
        let last = TeamMetrics.Part(
            status: "STORE",
            code: 3,
            endedAt: time + .seconds(140),
            summary: {
                var summary = DestinationSummary()
                summary.heldFields = 1
                return summary
            }(),
            findings: ["store": 2]
        )
        let expected = TeamMetrics(
            team: team,
            takenAt: time + .seconds(500),
            run: TeamMetrics.Run(
                command: "run",
                status: "STORE",
                code: 3,
                startedAt: time + .seconds(100),
                endedAt: time + .seconds(140)
            ),
            destinations: [
                .init(shop: try Sample.shop("kobe"), lastGood: nil, last: nil),
                .init(shop: try Sample.shop("lumen"), lastGood: time + .seconds(40), last: last),
            ],
            mailsWaiting: 0
        )
        #expect(found == expected)
        try await ledger.close()
    }
}
