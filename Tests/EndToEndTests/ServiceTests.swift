import Foundation
import Glibc
import SimulatedShopify
import Testing

/// The command as a timer's unit starts it.
@Suite struct ServiceTests {
    private static func start(_ words: [String], on stage: Stage, _ more: [String: String] = [:]) throws -> Child {
        try Child(
            Place.synctec,
            words,
            environment: Place.environment(home: stage.folder).merging(more) { $1 },
            folder: stage.folder,
            name: "unit-\(words.hashValue)"
        )
    }

    @Test func `systemd hears that a run is ready, what it does at which store, and how it ended`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-7", set: ["price": "18.00"])
            let manager = try ServiceManager(folder: stage.folder)
            let run = try await Self.start(["run"], on: stage, ["NOTIFY_SOCKET": manager.socketFile]).ended()
            #expect(run.status == 0, "\(run.errors)")
            let lines = manager.lines()
            #expect(lines.first == "READY=1")
            let name = String(Scenarios.euro.prefix(while: { $0 != "." }))
            for activity in ["exporting", "writing"] {
                #expect(lines.contains { $0.hasPrefix("STATUS=") && $0.contains("\(name) \(activity)") }, "\(lines)")
            }
            #expect(lines.suffix(2).first == "STOPPING=1")
            #expect(lines.last?.hasPrefix("STATUS=ended: OK run=") == true)
        }
    }

    @Test func `an instance names the stage, and the settings file of a team`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let file = "\(stage.folder)/northwind.yaml"
            try FileManager.default.moveItem(atPath: stage.settingsFile, toPath: file)
            let store = stage.destinations[0]
            try store.edit(sku: "A-7", set: ["price": "18.00"])
            try stage.source.edit(sku: "A-9", set: ["inventory": 3])
            let stock = try await Self.start(["run", "--instance", "northwind:stock"], on: stage).ended()
            // The price differs and is left: that is for a person to know.
            #expect(stock.status == 1, "\(stock.errors)")
            #expect(Catalogue(store).only("A-9")?.units == 3)
            #expect(store.variants(sku: "A-7").first?["price"] == "18.00")
            let everything = try await Self.start(["run", "--instance", "northwind:all"], on: stage).ended()
            #expect(everything.status == 0, "\(everything.errors)")
            #expect(store.variants(sku: "A-7").first?["price"] == "17.76")
        }
    }

    @Test(arguments: ["", ":stock", "a:b:stock", "../a:stock", ".a:stock", "-a:stock", "a/b:stock"])
    func `an instance that could lead elsewhere is refused`(name: String) async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let refused = try await Self.start(["run", "--instance=\(name)"], on: stage).ended()
            #expect(refused.status == 64, "\(refused.errors)")
        }
    }

    @Test func `SC-1: a second run ends at once as LOCKED, or waits for the first where it may`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            stage.resetCounters()
            // Its export does not end before the test says so, and it keeps the lock meanwhile.
            stage.source.setBulkPolls(1_000_000)
            let first = try stage.start("run")
            #expect(await CallWatch.reached(stage.source) { $0.calls["ExportStatus", default: 0] >= 1 })
            let locked = try await stage.synctec("run")
            #expect(locked.status == 3)
            #expect(locked.lastLine == "status LOCKED")
            let manager = try ServiceManager(folder: stage.folder)
            let waiting = try Self.start(["run", "--wait", "2m"], on: stage, ["NOTIFY_SOCKET": manager.socketFile])
            var heard: [String] = []
            let start = ContinuousClock.now
            while heard.isEmpty, ContinuousClock.now - start < .seconds(60) {
                heard = manager.lines()
                await Task.yield()
            }
            #expect(heard.first?.hasPrefix("STATUS=waiting: ") == true, "\(heard)")
            stage.source.setBulkPolls(1)
            #expect(await first.ended().status == 0)
            let second = await waiting.ended()
            #expect(second.status == 0, "\(second.errors)")
        }
    }

    @Test func `SC-5: a run past its deadline ends in order, and the next one does the rest`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-7", set: ["price": "18.00"])
            // An export that does not end within the deadline.
            stage.source.setBulkPolls(1_000_000)
            let late = try await stage.synctec("run", "--deadline", "2s")
            #expect(late.status == 3, "\(late.errors)")
            #expect(late.errors.contains("deadline reached"))
            #expect(late.lastLine.hasPrefix("status INTERRUPTED"))
            stage.source.setBulkPolls(1)
            let next = try await stage.synctec("run", "--deadline", "2m")
            #expect(next.status == 0, "\(next.errors)")
            #expect(stage.destinations[0].variants(sku: "A-7").first?["price"] == "17.76")
        }
    }

    @Test func `AP-3: a stop is not slept through while a store asks for minutes of patience`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try store.edit(sku: "A-7", set: ["price": "18.00"])
            stage.resetCounters()
            store.add(
                FaultRule(match: "productVariantsBulkUpdate", times: nil, action: .httpStatus(429, retryAfter: 300))
            )
            let run = try stage.start("run")
            let isThrottled = await CallWatch.reached(store) { $0.throttled >= 1 }
            #expect(isThrottled)
            let start = ContinuousClock.now
            run.signal(SIGTERM)
            let ended = await run.ended()
            #expect(ContinuousClock.now - start < .seconds(60))
            #expect(ended.status == 3, "\(ended.errors)")
            #expect(ended.lastLine.hasPrefix("status INTERRUPTED"), "\(ended.errors)")
            store.clearFaults()
            let next = try await stage.synctec("run")
            #expect(next.status == 0, "\(next.errors)")
            #expect(store.variants(sku: "A-7").first?["price"] == "17.76")
        }
    }
}
