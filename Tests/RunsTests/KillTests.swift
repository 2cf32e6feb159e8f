import Catalog
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

    static func cleanEnd(approved: Bool) async throws -> (truth: String, things: Int, changes: Set<Change>) {
        var end: (String, Int, Set<Change>) = ("", 0, [])
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
            end = (world.destination.truthText, power.used, Change.made(in: report.destinations[0].corrections))
        }
        return end
    }

    @Test(arguments: [false, true])
    func `AP-3 killed at any call to a store or the ledger, before it or after it was done`(approved: Bool) async throws
    {
        let (truth, things, changes) = try await Self.cleanEnd(approved: approved)
        #expect(things > 25)
        #expect(changes.count > 6)
        var saved = 0
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
                let found = try await Change.made(inLast: 2, of: world)
                #expect(changes.subtracting(found) == [], "after \(left) of \(things) in no report")
                saved += try await world.lastRecord(before: next).count { $0.detail.contains("killed") }
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
        #expect(saved > 3)
    }

    @Test func `AP-3 a stop lets the call in flight finish, writes journal and report, and the next run ends the same`()
        async throws
    {
        let (truth, things, _) = try await Self.cleanEnd(approved: false)
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

    @Test(arguments: [RunMode.plan, .run])
    func `AP-3 what a killed run wrote is in its report, with old and new values, whatever runs next`(next: RunMode)
        async throws
    {
        try await World.with(Catalogue.lamps(250)) { world in
            try await world.settle()
            for number in 0..<240 { try world.destination.edit(sku: Catalogue.sku(number), set: ["title": "Lump"]) }
            // The first batch is settled, the second is sent and not settled, the third is never begun.
            await world.ledger.fail("settle", after: 1)
            let killed = try await world.run(width: .init(batches: 1))
            #expect(killed.status == "DATABASE", "\(killed.problems.prefix(600))")
            await world.ledger.heal()
            #expect(await world.ledger.recorded(killed.run).isEmpty)
            // Of the unproven batch one title is as it was again.
            try world.destination.edit(sku: Catalogue.sku(30), set: ["title": "Lump"])
            let looking = try await world.run(next)

            let record = try #require(await world.ledger.recorded(killed.run).first)
            #expect(record.status == "INTERRUPTED")
            #expect(record.summary.contradictions == [])
            #expect(record.summary.matched == 200)
            #expect((record.summary.applied, record.summary.left) == (199, 1))
            #expect(record.summary.corrections == [.title: 200])
            #expect(record.plan != nil)
            #expect(record.corrections.map(\.old) == Array(repeating: "Lump", count: 200))
            #expect(record.corrections.first?.new == "Lamp 0")
            let short = looking.run.prefix(8)
            let reasons = record.corrections.reduce(into: [:]) { $0["\($1.outcome): \($1.reason)", default: 0] += 1 }
            #expect(
                reasons == [
                    "applied: ": 100,
                    "applied: found by run \(short) after this run was killed": 99,
                    "left: the store had \"Lump\" when run \(short) looked, after this run was killed": 1,
                ]
            )
            try await world.run(next)
            #expect(await world.ledger.recorded(killed.run).first?.corrections == record.corrections)
            #expect(await world.ledger.intents.values.allSatisfy { $0.state != .intended })
        }
    }

    @Test func `AP-3 while the record of a killed run cannot be written, no store is written to either`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump", "inventory": 3])
            await world.ledger.fail("settle")
            let killed = try await world.run()
            await world.ledger.heal()
            for call in ["unreportedIntents", "record"] {
                await world.ledger.fail(call)
                world.destination.resetCounters()
                #expect(try await world.run().status == "DATABASE")
                #expect(world.destination.counters.writeCount == 0)
                await world.ledger.heal()
                #expect(await world.ledger.recorded(killed.run).isEmpty)
            }
            #expect(try await world.run().status == "OK")
            #expect(await world.ledger.recorded(killed.run).map(\.summary.applied) == [1])
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

/// One field that a run changed, as its rows tell it.
struct Change: Hashable {
    let sku: String
    let field: String
    let old: String
    let new: String

    static func made(in rows: [CorrectionRow]) -> Set<Change> {
        Set(
            rows.filter { $0.outcome == "applied" }.map {
                Change(sku: $0.sku, field: $0.field?.rawValue ?? "", old: $0.old, new: $0.new)
            }
        )
    }

    /// What the last runs did at the first destination, together.
    static func made(inLast count: Int, of world: World) async throws -> Set<Change> {
        let (team, shop) = (try world.teamID(), try world.shop(world.destination))
        var changes: Set<Change> = []
        for run in try await world.ledger.runs(of: team, limit: count) {
            changes.formUnion(
                made(in: try await world.ledger.rows(of: run.id, destination: shop, in: team).corrections)
            )
        }
        return changes
    }
}

extension World {
    /// What the ledger has of the run before this one.
    fileprivate func lastRecord(before run: RunReport) async throws -> [DestinationRecord] {
        let runs = try await ledger.runs(of: try teamID(), limit: 2).filter { $0.id.text != run.run }
        guard let last = runs.first else { return [] }
        return await ledger.recorded(last.id.text)
    }
}
