import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Synchronization
import Testing

/// FAULTS AP-3: stopped at any point, the next run ends where an uninterrupted one would.
@Suite struct KillTests {
    /// Drift in every stage, a moved rate, and nothing that a brake would stop.
    static func disturb(_ world: World) throws {
        world.rates.set(try Catalogue.rates("0.5150"))
        try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump", "inventory": 3])
        try world.destination.edit(sku: "LAMP-02", set: ["inventory": .null])
        try world.source.edit(sku: "LAMP-03", set: ["title": "Lamp Three", "inventory": 7])
    }

    static func cleanEnd(approved: Bool) async throws -> (truth: String, things: Int) {
        var end = ("", 0)
        try await World.with(Catalogue.lamps(4)) { world in
            if approved { try await world.run(.plan) } else { try await world.settle() }
            try disturb(world)
            if approved {
                try await world.run(.plan)
                try await world.approve()
            }
            let power = Power()
            let report = try await world.run(ports: world.ports(power: power))
            #expect(report.status == "OK", "\(report.problems)")
            end = (world.destination.truthText, power.used)
        }
        return end
    }

    @Test(arguments: [false, true])
    func `AP-3 killed at any call to a store or the ledger, before it or after it was done`(approved: Bool) async throws
    {
        let (truth, things) = try await Self.cleanEnd(approved: approved)
        #expect(things > 25)
        for left in stride(from: 0, to: things + 1, by: approved ? 3 : 1) {
            try await World.with(Catalogue.lamps(4)) { world in
                if approved { try await world.run(.plan) } else { try await world.settle() }
                try Self.disturb(world)
                if approved {
                    try await world.run(.plan)
                    try await world.approve()
                }
                let power = Power(left: left)
                let killed = try? await world.run(ports: world.ports(power: power))
                if left < things { #expect(killed?.status != "OK", "after \(left) of \(things)") }
                await world.ledger.heal()
                let next = try await world.run()
                #expect(
                    next.status == "OK",
                    "after \(left) of \(things): \(killed?.problems ?? "-") THEN \(next.problems)"
                )
                #expect((world.destination.truthText == truth) == true, "after \(left) of \(things)")
                #expect(
                    try await world.ledger.openIntents(
                        try world.teamID(),
                        destination: try world.shop(world.destination)
                    ) == []
                )
                world.destination.resetCounters()
                #expect(try await world.run().status == "OK")
                #expect(world.destination.counters.writeCount == 0)
                #expect(world.leftovers.isEmpty)
            }
        }
    }

    @Test func `AP-3 a stop lets the call in flight finish, writes journal and report, and the next run ends the same`()
        async throws
    {
        let (truth, things) = try await Self.cleanEnd(approved: false)
        for steps in 0..<(things / 2) {
            try await World.with(Catalogue.lamps(4)) { world in
                try await world.settle()
                try Self.disturb(world)
                let counter = Mutex(0)
                let handle = Mutex<Task<RunReport?, Never>?>(nil)
                let stop: @Sendable () -> Void = {
                    let now = counter.withLock { count in
                        count += 1
                        return count
                    }
                    if now == steps { handle.withLock { $0?.cancel() } }
                }
                let power = Power(counting: stop)
                let ports = world.ports(power: power)
                let task = Task<RunReport?, Never> { try? await world.run(ports: ports) }
                handle.withLock { $0 = task }
                let stopped = await task.value
                if let stopped {
                    #expect(["OK", "INTERRUPTED"].contains(stopped.status), "at \(steps): \(stopped.problems)")
                    #expect(world.reports.reports.last?.run == stopped.run)
                }
                #expect(await world.ledger.heldLocks == [])
                #expect(
                    try await world.ledger.openIntents(
                        try world.teamID(),
                        destination: try world.shop(world.destination)
                    ) == []
                )
                let next = try await world.run()
                #expect(next.status == "OK", "at \(steps): \(next.problems)")
                #expect((world.destination.truthText == truth) == true, "at \(steps)")
            }
        }
    }

    @Test func `AP-3 a stop between two batches ends INTERRUPTED and says what is left`() async throws {
        try await World.with(Catalogue.lamps(250)) { world in
            try await world.settle()
            for number in 0..<240 { try world.destination.edit(sku: Catalogue.sku(number), set: ["title": "Lump"]) }
            let handle = Mutex<Task<RunReport?, Never>?>(nil)
            let progress = TestProgress { step in
                if step.activity == .writing { handle.withLock { $0?.cancel() } }
            }
            let ports = world.ports(progress: progress)
            let task = Task<RunReport?, Never> { try? await world.run(ports: ports, width: .init(batches: 1)) }
            handle.withLock { $0 = task }
            let report = try #require(await task.value)
            #expect(report.status == "INTERRUPTED", "\(report.problems.prefix(600))")
            #expect(report.destinations[0].summary.applied == 100)
            #expect(report.destinations[0].corrections.count { $0.reason == "the run was stopped" } == 140)
            #expect(world.destination.counters.mutations["productUpdate"] == 100)
            #expect(world.reports.reports.last?.status == "INTERRUPTED")
            #expect(try await world.run().status == "OK")
        }
    }
}
