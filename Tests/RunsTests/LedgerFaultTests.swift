import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct LedgerFaultTests {
    @Test(arguments: [LedgerError.unavailable("no connection"), .foreignSchema("version 9")])
    func `DB-1 without a trustworthy database nothing is contacted`(error: LedgerError) async throws {
        try await World.with { world in
            try await world.settle()
            await world.ledger.fail(with: error)
            let thrown = await #expect(throws: RunError.self) { try await world.run() }
            #expect(thrown?.status == .database)
            #expect(world.source.counters.calls.isEmpty)
            #expect(world.destination.counters.calls.isEmpty)
        }
    }

    @Test(arguments: [
        "begin", "pin", "baseline", "saveTicket", "savePlan", "openIntents", "intend", "settle", "saveAttempts",
        "saveBaseline", "record", "finish",
    ])
    func `DB-2 lost in mid-run: no write follows, the report still says what was done`(call: String) async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump", "inventory": 3])
            await world.ledger.fail(call)
            let report: RunReport
            do {
                report = try await world.run()
            } catch let error as RunError {
                #expect(error.status == .database)
                #expect(world.destination.counters.writeCount == 0)
                return
            }
            #expect(report.status == "DATABASE", "\(report.problems)")
            #expect(world.reports.reports.last?.status == "DATABASE")
            let written = world.destination.counters.writeCount
            switch call {
            case "settle": #expect(written == 1)
            case "saveAttempts", "saveBaseline", "record", "finish": #expect(written == 2)
            default: #expect(written == 0)
            }
            if written > 0 { #expect(report.destinations[0].summary.applied == written, "\(report.problems)") }
            await world.ledger.heal()
            #expect(try await world.run().status == "OK")
            #expect(world.destination.value("LAMP-01", "title") == "Lamp 1")
        }
    }

    @Test func `DB-2 many batches at once: after the ledger is gone no further call is sent`() async throws {
        try await World.with(Catalogue.lamps(450)) { world in
            try await world.settle()
            for number in 0..<440 { try world.destination.edit(sku: Catalogue.sku(number), set: ["title": "Lump"]) }
            // At such a bucket nothing is gained by bulk operations.
            world.destination.setBucket(.init(maximum: 100_000, restorePerSecond: 5000))
            await world.ledger.fail("intend", after: 1)
            let report = try await world.run()
            #expect(report.status == "DATABASE")
            #expect(world.destination.counters.writeCount <= StoreLimits.idsPerRead)
            #expect(report.destinations[0].summary.contradictions == [])
            #expect(report.destinations[0].summary.applied == world.destination.counters.writeCount)
        }
    }

    @Test(arguments: ["intend", "settle", "savePlan"])
    func `DB-3 a run whose lock was taken over does not commit or write again`(call: String) async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump", "inventory": 3])
            let scope = LockScope.destination(try world.teamID(), try world.shop(world.destination))
            await world.ledger.fail(call, with: .lockLost(scope: scope))
            let report = try await world.run()
            #expect(report.status == "LOCKED", "\(report.problems)")
            #expect(world.destination.counters.writeCount == (call == "settle" ? 1 : 0))
        }
    }

    @Test func `DB-3 the fence is really checked: a takeover between plan and apply stops the first run`() async throws
    {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump"])
            let scope = LockScope.destination(try world.teamID(), try world.shop(world.destination))
            let taking = TakingStore.Trigger(ledger: world.ledger, scope: scope)
            let report = try await world.run(ports: world.ports(wrapping: { TakingStore(base: $0, trigger: taking) }))
            #expect(report.status == "LOCKED", "\(report.problems)")
            #expect(world.destination.counters.writeCount == 0)
            #expect(await world.ledger.heldLocks == [scope])
        }
    }

    @Test func `CS-4 where no report can be written, nothing is contacted`() async throws {
        try await World.with { world in
            try await world.settle()
            world.reports.failRehearsal()
            let thrown = await #expect(throws: RunError.self) { try await world.run() }
            #expect(thrown?.status == .delivery)
            #expect(world.source.counters.calls.isEmpty)
            #expect(world.destination.counters.calls.isEmpty)
            #expect(await world.ledger.heldLocks == [])
        }
    }

    @Test func `invariant 12: a report that cannot be written never ends OK, and the rows are in the ledger`()
        async throws
    {
        try await World.with { world in
            try await world.settle()
            world.reports.failWriting()
            let report = try await world.run()
            #expect(report.status == "DELIVERY")
            #expect(await world.ledger.recorded(report.run).map(\.status) == ["OK"])
        }
    }
}
