import Foundation
import Glibc
import SimulatedShopify
import Testing

/// A bulk operation outlives the run that started it; the next run has to find it (FAULTS AP-3).
@Suite struct BulkInterruptionTests {
    private static let count = 100

    /// Every title of the destination differs, and its bucket refills so slowly that they are written in bulk.
    private static func prepare(_ stage: Stage) async throws {
        stage.settings.fields = ["title": "locked"]
        try await stage.found()
        for number in 1...count { try stage.destinations[0].edit(sku: "A-\(number)", set: ["title": "Lump"]) }
        try await stage.acceptFirstPlans()
        stage.destinations[0].setBucket(.init(maximum: 1000, restorePerSecond: 2))
        stage.resetCounters()
    }

    private static func isWhole(_ stage: Stage) -> Bool {
        (1...count).allSatisfy { number in
            stage.destinations[0].variants(sku: "A-\(number)").first?["product"]?["title"]
                == .string("Thing \(number)")
        }
    }

    @Test func `AP-3: what a killed run had the store do in bulk is called off, and the next run does the rest`()
        async throws
    {
        try await Stage.with(Scenarios.plain(Self.count)) { stage in
            try await Self.prepare(stage)
            let store = stage.destinations[0]
            store.setBulkPolls(4)
            let child = try stage.start("run")
            let isReached = await CallWatch.reached(store) {
                child.signal(SIGKILL)
            } when: {
                $0.calls["ImportStatus", default: 0] >= 2
            }
            #expect(isReached)
            #expect(await child.ended().signal == SIGKILL)
            #expect(!Self.isWhole(stage))
            store.setBulkPolls(1)
            let next = try await stage.synctec("run", "--json")
            #expect([0, 1].contains(next.status), "\(next.errors)")
            #expect(store.counters.mutations["bulkOperationCancel"] == 1)
            #expect(Self.isWhole(stage))
            stage.resetCounters()
            #expect([0, 1].contains(try await stage.synctec("run").status))
            #expect(stage.writes == 0)
        }
    }

    @Test func `AP-3: SIGTERM cancels the bulk operation under way and reports within half a minute`() async throws {
        try await Stage.with(Scenarios.plain(Self.count)) { stage in
            try await Self.prepare(stage)
            let store = stage.destinations[0]
            store.setBulkPolls(4)
            let child = try stage.start("run", "--json")
            let isReached = await CallWatch.reached(store) {
                child.signal(SIGTERM)
            } when: {
                $0.calls["ImportStatus", default: 0] >= 2
            }
            #expect(isReached)
            let ended = await child.ended(limit: .seconds(60))
            #expect(ended.status == 3, "\(ended.errors)")
            #expect(store.counters.mutations["bulkOperationCancel"] == 1)
            let document: RunDocument = try ended.document()
            #expect(Set(document.destinations.flatMap(\.corrections).map(\.outcome)) == ["applied", "left"])
            store.setBulkPolls(1)
            #expect([0, 1].contains(try await stage.synctec("run").status))
            #expect(Self.isWhole(stage))
        }
    }
}
