import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct BrakeTests {
    @Test func `PL-1 over 20 % of prices: no price is written, stock goes on; approval is for this plan, once`()
        async throws
    {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            for number in 0..<5 {
                try world.source.edit(sku: Catalogue.sku(number), set: ["price": .string("\((number + 1) * 11).00")])
            }
            try world.source.edit(sku: "LAMP-07", set: ["inventory": 8])
            let braked = try await world.run()
            #expect(braked.status == "BRAKE")
            #expect(braked.brakes() == [.priceChanges])
            #expect(world.destination.counters.mutations["productVariantsBulkUpdate"] == nil)
            #expect(world.destination.stock("LAMP-07") == 8)
            #expect(braked.outcomes("LAMP-00") == ["braked"])
            try await world.approve()
            let released = try await world.run()
            #expect(released.status == "OK", "\(released.problems)")
            #expect(world.destination.value("LAMP-04", "price") == "33.00")
            #expect(await world.ledger.openApprovalCount == 0)
            for number in 0..<5 {
                try world.destination.edit(
                    sku: Catalogue.sku(number),
                    set: ["price": .string("\((number + 1) * 7).00")]
                )
            }
            #expect(try await world.run().brakes().contains(.priceChanges))
        }
    }

    @Test func `PL-1 a brake that stands does not use up approvals or forget the last good run`() async throws {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            for number in 0..<5 {
                try world.source.edit(sku: Catalogue.sku(number), set: ["price": .string("\((number + 1) * 11).00")])
            }
            #expect(try await world.run().brakes() == [.priceChanges])
            try await world.approve()
            try world.source.edit(sku: "LAMP-05", set: ["price": "66.00"])
            #expect(try await world.run().brakes() == [.priceChanges])
            #expect(await world.ledger.openApprovalCount == 1)
            try world.source.edit(sku: "LAMP-05", set: ["price": "60.00"])
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
        }
    }

    @Test func `PL-1 prices that follow an accepted rate alone are not braked`() async throws {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            world.rates.set(try Catalogue.rates("0.5150"))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
            #expect(world.destination.value("LAMP-00", "price") == "6.18")
            #expect(world.destination.value("LAMP-19", "price") == "123.60")
            world.destination.resetCounters()
            world.rates.set(try Catalogue.rates("0.5160"))
            #expect(try await world.run().status == "OK")
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `PL-1 a run that is cut short while prices follow a rate is finished by the next, without a brake`()
        async throws
    {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            world.rates.set(try Catalogue.rates("0.5150"))
            world.destination.add(
                FaultRule(match: "UpdateVariants", after: 5, times: nil, action: .httpStatus(402))
            )
            let cut = try await world.run()
            #expect(cut.status == "STORE", "\(cut.problems)")
            world.destination.clearFaults()
            let finished = try await world.run()
            #expect(finished.status == "OK", "\(finished.problems)")
            #expect(world.destination.value("LAMP-19", "price") == "123.60")
        }
    }

    @Test func `PL-2 SN-5 too much stock to zero and a shrunken source: nothing goes to zero, the rest goes on`()
        async throws
    {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            for number in 0..<3 { try world.source.edit(sku: Catalogue.sku(number), set: ["inventory": 0]) }
            try world.source.edit(sku: "LAMP-09", set: ["inventory": 5])
            let braked = try await world.run()
            #expect(braked.brakes() == [.stockToZero])
            #expect(world.destination.stock("LAMP-00") == 10)
            #expect(world.destination.stock("LAMP-09") == 5)
            try await world.approve()
            #expect(try await world.run().status == "OK")
            #expect(world.destination.stock("LAMP-00") == 0)
            for number in 10..<18 { try world.source.delete(sku: Catalogue.sku(number)) }
            try world.source.edit(sku: "LAMP-09", set: ["inventory": 0])
            for _ in 0..<2 {
                let shrunk = try await world.run()
                #expect(shrunk.status == "BRAKE")
                #expect(shrunk.brakes() == [.snapshotShrinks])
                #expect(world.destination.stock("LAMP-09") == 5)
                #expect(world.destination.stock("LAMP-10") == 10)
            }
            try await world.approve()
            #expect(try await world.run().brakes() == [])
            #expect(world.destination.stock("LAMP-09") == 0)
            #expect(try await world.run().brakes() == [])
        }
    }

    @Test(arguments: 1...20)
    func `PL-3 no catalogue is too small for the brakes`(size: Int) async throws {
        try await World.with(Catalogue.lamps(size)) { world in
            try await world.settle()
            for number in 0..<size {
                try world.source.edit(sku: Catalogue.sku(number), set: ["price": .string("\((number + 1) * 11).00")])
            }
            let report = try await world.run()
            #expect((report.status == "OK") == (size <= 3), "\(report.problems)")
        }
    }

    @Test func `PL-4 all items of one field changed`() async throws {
        try await World.with(Catalogue.lamps(12)) { world in
            try await world.settle()
            for number in 0..<12 {
                try world.source.edit(sku: Catalogue.sku(number), set: ["title": .string("Lamp &amp; \(number)")])
            }
            let report = try await world.run()
            #expect(report.brakes() == [.allOfOneField])
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `PL-5 the first run after the rules changed only plans`() async throws {
        try await World.with { world in
            try await world.settle()
            let changed = try world.settings(["": "price_rules: [{ markup: 25% }]"])
            let braked = try await world.run(settings: changed)
            #expect(braked.brakes().contains(.rulesChanged))
            #expect(world.destination.counters.writeCount == 0)
            #expect(try await world.run(settings: changed).brakes().contains(.rulesChanged))
            try await world.approve()
            let report = try await world.run(settings: changed)
            #expect(report.status == "OK", "\(report.problems)")
            #expect(world.destination.value("LAMP-00", "price") == "6.25")
        }
    }

    @Test func `PL-6 a stored plan is applied as it stands, and not once anything moved`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00"])
            try await world.run(.plan)
            let plan = try #require(
                try await world.ledger.newestPlan(try world.teamID(), destination: try world.shop(world.destination))
            )
            try world.source.edit(sku: "LAMP-02", set: ["price": "33.00"])
            let stale = try await world.run(.apply(plan))
            #expect(stale.status == "BRAKE")
            #expect(stale.brakes() == [.planStale])
            #expect(world.destination.counters.writeCount == 0)
            try world.source.edit(sku: "LAMP-02", set: ["price": "30.00"])
            let applied = try await world.run(.apply(plan))
            #expect(applied.status == "OK", "\(applied.problems)")
            #expect(world.destination.value("LAMP-01", "price") == "13.20")
        }
    }

    @Test func `PL-6 a stored plan expires after 60 minutes`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00"])
            try await world.run(.plan)
            let plan = try #require(
                try await world.ledger.newestPlan(try world.teamID(), destination: try world.shop(world.destination))
            )
            world.clock.advance(by: .seconds(3601))
            let stale = try await world.run(.apply(plan))
            #expect(stale.brakes() == [.planStale])
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `PL-6 a stale plan does not use up the approval of the first run`() async throws {
        try await World.with { world in
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00"])
            try await world.run(.plan)
            try await world.approve()
            let plan = try #require(
                try await world.ledger.newestPlan(try world.teamID(), destination: try world.shop(world.destination))
            )
            try world.source.edit(sku: "LAMP-01", set: ["price": "23.00"])
            #expect(try await world.run(.apply(plan)).brakes() == [.planStale])
            #expect(world.destination.counters.writeCount == 0)
            #expect(await world.ledger.openApprovalCount == 1)
        }
    }

    @Test func `PL-6 the age is checked before every batch`() async throws {
        try await World.with(Catalogue.lamps(250)) { world in
            try await world.settle()
            for number in 0..<40 { try world.destination.edit(sku: Catalogue.sku(number), set: ["inventory": 3]) }
            try world.destination.edit(sku: "LAMP-00", set: ["price": "6.10"])
            let clock = world.clock
            let progress = TestProgress { step in
                if step.activity == .writing, step.done == 1 { clock.advance(by: .seconds(7200)) }
            }
            let report = try await world.run(ports: world.ports(progress: progress))
            #expect(report.status == "BRAKE", "\(report.problems)")
            #expect(report.brakes() == [.planStale])
            #expect(world.destination.value("LAMP-00", "price") == "6.00")
            #expect(world.destination.stock("LAMP-01") == 3)
            #expect(try await world.run().status == "OK")
            #expect(world.destination.stock("LAMP-01") == 10)
        }
    }

    @Test func `PL-7 drift that never ends is quarantined after three corrections and reported as contested`()
        async throws
    {
        try await World.with { world in
            try await world.settle()
            for round in 1...3 {
                try world.destination.edit(sku: "LAMP-01", set: ["title": "My own lamp"])
                #expect(try await world.run().outcomes("LAMP-01", .title) == ["applied"], "round \(round)")
            }
            try world.destination.edit(sku: "LAMP-01", set: ["title": "My own lamp"])
            world.destination.resetCounters()
            let report = try await world.run()
            #expect(report.status == "ATTENTION")
            #expect(report.outcomes("LAMP-01", .title) == ["held"], "\(report.problems)")
            #expect(report.destinations[0].corrections.map(\.reason).contains("contested"))
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `PL-7 a server that rewrites what is saved is not written for ever`() async throws {
        try await World.with { world in
            try await world.settle()
            world.destination.add(
                FaultRule(
                    match: "mutation",
                    times: nil,
                    action: .rewriteOnSave(field: "title", from: "&", to: " and ")
                )
            )
            try world.source.edit(sku: "LAMP-01", set: ["title": "Lamp & shade"])
            var outcomes: [String] = []
            for _ in 0..<5 { outcomes += try await world.run().outcomes("LAMP-01", .title) }
            #expect(outcomes == ["did not hold", "did not hold", "did not hold", "held", "held"])
        }
    }

    @Test func `an approval that a whole run no longer needed is used up by it`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00"])
            try await world.run(.plan)
            try await world.approve()
            #expect(try await world.run().status == "OK")
            #expect(await world.ledger.openApprovalCount == 0)
        }
    }

    @Test func `a run that is cut short leaves the approval to the one that finishes its work`() async throws {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            for number in 0..<8 {
                try world.source.edit(sku: Catalogue.sku(number), set: ["price": .string("\((number + 1) * 11).00")])
            }
            #expect(try await world.run().brakes() == [.priceChanges])
            try await world.approve()
            world.destination.add(FaultRule(match: "UpdateVariants", after: 3, times: nil, action: .httpStatus(402)))
            #expect(try await world.run().status == "STORE")
            #expect(await world.ledger.openApprovalCount == 1)
            world.destination.clearFaults()
            let finished = try await world.run()
            #expect(finished.status == "OK", "\(finished.problems)")
            #expect(world.destination.value("LAMP-07", "price") == "52.80")
            #expect(await world.ledger.openApprovalCount == 0)
        }
    }

    @Test func `a store that leaves is emptied of matched stock, and nothing else of it is touched`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump", "price": "13.00"])
            let report = try await world.run(.leave)
            #expect((0..<6).allSatisfy { world.destination.stock(Catalogue.sku($0)) == 0 }, "\(report.problems)")
            #expect(world.destination.value("LAMP-01", "title") == "Lump")
            #expect(world.destination.value("LAMP-01", "price") == "13.00")
        }
    }
}
