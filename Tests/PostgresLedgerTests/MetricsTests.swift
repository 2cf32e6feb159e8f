import Catalog
import Mail
import Reconciliation
import Reporting
import Runs
import Testing

@testable import PostgresLedger

/// What the file for monitoring is made of.
struct MetricsTests {
    @Test func `numbers are of each approved destination's last runs that could write, by stage`()
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
        // A good run of all, the catalogue braked and stock well in turn, stock failed, a plan that went well, and a run that
        // goes on.
        let runs: [(sign: Character, command: String, stages: Set<RunStage>, status: String)] = [
            ("a", "run", [.catalogue, .stock], "ATTENTION"), ("b", "run", [.catalogue], "BRAKE"),
            ("c", "run", [.stock], "OK"), ("d", "run", [.catalogue], "BRAKE"), ("e", "run", [.stock], "STORE"),
            ("f", "plan", [], "OK"), ("0", "run", [.catalogue, .stock], ""),
        ]
        for (index, run) in runs.enumerated() {
            let id = try Sample.run(run.sign)
            let start = time + .seconds(100 * index)
            try await ledger.begin(
                RunStart(
                    id: id,
                    team: team,
                    command: run.command,
                    startedAt: start,
                    version: "1",
                    holder: "host 42",
                    stages: run.stages
                ),
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
        let found = try await ledger.metrics(of: team, at: time + .seconds(900))
        func part(_ status: String, _ code: Int32, run index: Int) -> TeamMetrics.Part {
            var summary = DestinationSummary()
            summary.heldFields = index
            return TeamMetrics.Part(
                status: status,
                code: code,
                endedAt: time + .seconds(100 * index + 40),
                summary: summary,
                findings: ["store": index + 1]
            )
        }
        let (kobe, lumen) = (try Sample.shop("kobe"), try Sample.shop("lumen"))
        let expected = TeamMetrics(
            team: team,
            takenAt: time + .seconds(900),
            run: TeamMetrics.Run(
                command: "run",
                status: "STORE",
                code: 3,
                startedAt: time + .seconds(400),
                endedAt: time + .seconds(440)
            ),
            destinations: [
                .init(shop: kobe, stage: .catalogue, lastGood: nil, last: nil),
                .init(shop: kobe, stage: .stock, lastGood: nil, last: nil),
                .init(
                    shop: lumen,
                    stage: .catalogue,
                    lastGood: time + .seconds(40),
                    last: part("BRAKE", 2, run: 3)
                ),
                .init(shop: lumen, stage: .stock, lastGood: time + .seconds(240), last: part("STORE", 3, run: 4)),
            ],
            mailsWaiting: 0
        )
        #expect(found == expected)
        try await ledger.close()
    }

    @Test func `a run of both stages is each one's last, and its findings count once`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let (team, run, time) = (try Sample.team(), try Sample.run("a"), Sample.time)
        let store = try Sample.store("lumen", 2)
        try await ledger.requestMembership(team, store: store, by: "x", at: time)
        try await ledger.changeMembership(team, shop: store.shop, to: .approved, by: "x", at: time, note: "")
        try await ledger.begin(run, lock: lock)
        try await ledger.record(
            DestinationRecord(
                run: run,
                team: team,
                destination: store.shop,
                status: "ATTENTION",
                detail: "",
                plan: nil,
                summary: DestinationSummary(),
                corrections: [],
                findings: [FindingRow(kind: .store, shop: store.shop.text, detail: "x")]
            ),
            lock: lock
        )
        try await ledger.finish(run, status: "ATTENTION", detail: "", at: time, post: .init(), lock: lock)
        let found = try await ledger.metrics(of: team, at: time)
        #expect(found.destinations.map(\.stage) == [.catalogue, .stock])
        #expect(found.destinations.map(\.last?.findings) == [["store": 1], ["store": 1]])
        #expect(found.destinations.map(\.lastGood) == [time, time])
        try await ledger.close()
    }
}
