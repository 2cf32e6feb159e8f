import Foundation
import Glibc
import SimulatedShopify
import Testing

/// A run that is stopped anywhere is finished by the next one (FAULTS AP-3, invariant 8).
@Suite struct InterruptionTests {
    /// Where the run is killed: when the destination has received so many calls of a kind.
    enum KillPoint: String, CaseIterable, CustomTestStringConvertible {
        case readingSource = "while the source's export runs"
        case readingDestination = "while the destination's export runs"
        case firstWrite = "at the first write"
        case firstQuarter = "after a quarter of the writes"
        case half = "half-way"
        case threeQuarters = "after three quarters"
        case stock = "when stock was set"
        case activation = "when a level was activated"

        var testDescription: String { rawValue }

        /// Whether this is the moment, in a run that would make `total` writes.
        func isReached(_ counters: CallCounters, total: Int) -> Bool {
            switch self {
            case .readingSource, .readingDestination: counters.calls["StartBulkQuery", default: 0] >= 1
            case .firstWrite: counters.writeCount >= 1
            case .firstQuarter: counters.writeCount >= total / 4
            case .half: counters.writeCount >= total / 2
            case .threeQuarters: counters.writeCount >= total * 3 / 4
            case .stock: counters.mutations["inventorySetQuantities", default: 0] >= 1
            case .activation: counters.mutations["inventoryActivate", default: 0] >= 1
            }
        }
    }

    /// The end an uninterrupted run comes to, reached once for all kill points.
    private actor CleanRun {
        static let shared = CleanRun()
        private var task: Task<End, any Error>?

        struct End {
            let state: JSONValue
            let writes: Int
        }

        /// Not an issue of just the test that happened to ask first.
        struct Failed: Error {
            let errors: String
        }

        func end() async throws -> End {
            if let task { return try await task.value }
            let task = Task { () async throws -> End in
                var end: End?
                var errors = ""
                try await Stage.with(scenario) { stage in
                    try await prepare(stage)
                    let run = try await stage.synctec("run")
                    errors = run.errors
                    guard run.status == 1 else { return }
                    end = End(state: stage.destinations[0].catalogue, writes: stage.destinations[0].counters.writeCount)
                }
                guard let end else { throw Failed(errors: errors) }
                return end
            }
            self.task = task
            return try await task.value
        }
    }

    private static let scenario = Scenarios.twoStores(variants: 160, seed: 21, drift: "4%")

    /// Approved, and about to write for the first time; two items are not stocked where they should be.
    private static func prepare(_ stage: Stage) async throws {
        stage.settings.fields = StageSettings.allLocked
        stage.settings.destinations = Scenarios.rules
        let tracked = Catalogue(stage.source).items.filter {
            $0.value[0].isActive && $0.value[0].text("tracked") == "true"
        }
        for sku in tracked.keys.sorted().prefix(2) {
            try stage.destinations[0].edit(sku: sku, set: ["inventory": nil], location: "Amsterdam")
        }
        try await stage.found()
        try await stage.acceptFirstPlans()
        stage.resetCounters()
    }

    @Test(arguments: KillPoint.allCases)
    func `AP-3: a run that is killed is finished by the next, as if it had never stopped`(_ point: KillPoint)
        async throws
    {
        let clean = try await CleanRun.shared.end()
        #expect(clean.writes >= 20, "too few writes to stop between them")
        try await Stage.with(Self.scenario) { stage in
            try await Self.prepare(stage)
            let watched = point == .readingSource ? stage.source : stage.destinations[0]
            let child = try stage.start("run")
            let isReached = await CallWatch.reached(watched) {
                child.signal(SIGKILL)
            } when: {
                point.isReached($0, total: clean.writes)
            }
            #expect(isReached)
            #expect(await child.ended().signal == SIGKILL)
            let next = try await stage.synctec("run", "--json")
            #expect(next.status == 1, "\(next.errors)")
            #expect(stage.destinations[0].catalogue == clean.state)
            stage.resetCounters()
            let third = try await stage.synctec("run")
            #expect(third.status == 1, "\(third.errors)")
            #expect(stage.writes == 0)
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(stage.settings.state)/snapshots")
            #expect(files == [], "the killed run's snapshots stay on disk")
        }
    }

    @Test func `a run that is killed again and again comes to the same end`() async throws {
        let clean = try await CleanRun.shared.end()
        try await Stage.with(Self.scenario) { stage in
            try await Self.prepare(stage)
            for _ in 0..<3 {
                let writes = stage.writes
                let child = try stage.start("run")
                _ = await CallWatch.reached(stage.destinations[0]) {
                    child.signal(SIGKILL)
                } when: {
                    $0.writeCount >= writes + clean.writes / 5
                }
                #expect(await child.ended().signal == SIGKILL)
            }
            #expect(try await stage.synctec("run").status == 1)
            #expect(stage.destinations[0].catalogue == clean.state)
        }
    }

    @Test func `AP-3: SIGTERM lets the call in flight finish, reports, and the next run does the rest`() async throws {
        let clean = try await CleanRun.shared.end()
        try await Stage.with(Self.scenario) { stage in
            try await Self.prepare(stage)
            let child = try stage.start("run", "--json")
            let isReached = await CallWatch.reached(stage.destinations[0]) {
                child.signal(SIGTERM)
            } when: {
                $0.writeCount >= 5
            }
            #expect(isReached)
            let ended = await child.ended(limit: .seconds(60))
            #expect(ended.status == 3, "\(ended.errors)")
            #expect(ended.lastLine.hasPrefix("status INTERRUPTED"))
            let document: RunDocument = try ended.document()
            #expect(document.status == "INTERRUPTED")
            let outcomes = document.destinations.flatMap(\.corrections).map(\.outcome)
            #expect(Set(outcomes) == ["applied", "left"])
            let summary = try stage.csv("summary.csv", of: document)
            #expect(summary.rows.first { $0["metric"] == "status" }?["value"] == "INTERRUPTED")
            #expect(summary.rows.contains { $0["metric"] == "sums_close" && $0["value"] == "yes" })
            #expect(stage.writes < clean.writes)

            let next = try await stage.synctec("run")
            #expect(next.status == 1, "\(next.errors)")
            #expect(stage.destinations[0].catalogue == clean.state)
        }
    }

    @Test func `SIGTERM while a store is being read ends in order, and nothing is written`() async throws {
        try await Stage.with(Self.scenario) { stage in
            try await Self.prepare(stage)
            stage.source.setBulkPolls(1_000_000)
            let child = try stage.start("run", "--json")
            let isReached = await CallWatch.reached(stage.source) {
                child.signal(SIGTERM)
            } when: {
                $0.calls["ExportStatus", default: 0] >= 1
            }
            #expect(isReached)
            let ended = await child.ended(limit: .seconds(60))
            #expect(ended.status == 3, "\(ended.errors)")
            #expect(ended.lastLine.hasPrefix("status INTERRUPTED"))
            #expect(stage.writes == 0)
            // The export goes on meanwhile; the next run takes it over and starts none of its own.
            stage.source.setBulkPolls(1)
            #expect(try await stage.synctec("run").status == 1)
            #expect(stage.source.counters.calls["StartBulkQuery"] == 1)
        }
    }

    @Test func `a run killed with its own server finds it running, and the last one to leave stops it`() async throws {
        let clean = try await CleanRun.shared.end()
        try await Stage.with(Self.scenario, ledger: .ownServer) { stage in
            try await Self.prepare(stage)
            let child = try stage.start("run")
            _ = await CallWatch.reached(stage.destinations[0]) {
                child.signal(SIGKILL)
            } when: {
                $0.writeCount >= clean.writes / 2
            }
            #expect(await child.ended().signal == SIGKILL)
            let running = "\(stage.settings.state)/postgres/data/postmaster.pid"
            #expect(FileManager.default.fileExists(atPath: running))
            #expect(try await stage.synctec("run").status == 1)
            #expect(stage.destinations[0].catalogue == clean.state)
            #expect(!FileManager.default.fileExists(atPath: running))
        }
    }
}
