import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct ScheduleTests {
    @Test func `SC-1 a second run ends at once without touching a store; a dead one's lock is free`() async throws {
        try await World.with { world in
            try await world.settle()
            _ = try await world.ledger.lock(
                .team(try world.teamID()),
                holder: "bob@shipping, process 7",
                at: world.clock.now
            )
            let thrown = await #expect(throws: RunError.self) { _ = try await world.run() }
            #expect(thrown?.status == .locked)
            #expect(thrown.map { $0.description.contains("bob@shipping") } == true)
            #expect(world.source.counters.calls.isEmpty)
            #expect(world.destination.counters.calls.isEmpty)
            await world.ledger.heal()
            #expect(try await world.run().status == "OK")
        }
    }

    @Test func `SC-1 a destination that another run holds is left to it, the others go on`() async throws {
        let products = Catalogue.lamps(6)
        let stores = [
            Catalogue.destination(of: products), Catalogue.destination(of: products, name: "zeta-home", seed: 3),
        ]
        try await World.with(products, destinations: stores) { world in
            try await world.settle()
            for store in world.destinations { try store.edit(sku: "LAMP-01", set: ["title": "Lump"]) }
            let scope = LockScope.destination(try world.teamID(), try world.shop(world.destination))
            _ = try await world.ledger.lock(scope, holder: "bob", at: world.clock.now)
            let report = try await world.run()
            #expect(report.destinations.map(\.status) == ["LOCKED", "OK"], "\(report.problems)")
            #expect(report.status == "LOCKED")
            #expect(world.destination.counters.calls.isEmpty)
            #expect(await world.ledger.heldLocks == [scope])
            #expect(await world.ledger.recorded(report.run).map(\.status).sorted() == ["LOCKED", "OK"])
        }
    }

    @Test(arguments: [
        (Duration.seconds(299), "OK"), (.seconds(420), "STORE"), (.seconds(-7200), "STORE"),
        (.seconds(86_400), "STORE"),
    ])
    func `SC-2 a clock that is more than five minutes off the stores' stops the run`(skew: Duration, status: String)
        async throws
    {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["title": "Lamp One"])
            world.clock.setSkew(skew)
            let report = try await world.run()
            #expect(report.status == status, "\(report.problems)")
            #expect((world.destination.counters.writeCount == 0) == (status == "STORE"))
            world.clock.setSkew(.zero)
            #expect(try await world.run().status == "OK")
        }
    }

    @Test func `SC-4 of five destinations one is broken and one braked: the others finish, the worst gives the status`()
        async throws
    {
        let products = Catalogue.lamps(20)
        let stores = ["alpha", "beta", "gamma", "delta", "omega"].enumerated().map {
            Catalogue.destination(of: products, name: $0.element, seed: UInt64($0.offset + 2))
        }
        try await World.with(products, destinations: stores) { world in
            try await world.settle()
            for store in world.destinations { try store.edit(sku: "LAMP-01", set: ["title": "Lump"]) }
            world.destinations[1].add(FaultRule(match: "any", times: nil, action: .httpStatus(500)))
            for number in 0..<6 {
                try world.destinations[2].edit(
                    sku: Catalogue.sku(number),
                    set: ["price": .string("\((number + 1) * 7).00")]
                )
            }
            let report = try await world.run()
            #expect(report.status == "STORE")
            let byName = Dictionary(uniqueKeysWithValues: report.destinations.map { ($0.shop.name, $0.status) })
            #expect(
                byName == ["alpha": "OK", "beta": "STORE", "gamma": "BRAKE", "delta": "OK", "omega": "OK"],
                "\(report.problems)"
            )
            #expect(world.destinations[3].value("LAMP-01", "title") == "Lamp 1")
            #expect(await world.ledger.recorded(report.run).count == 5)
            #expect(world.leftovers.isEmpty)
        }
    }

    @Test func `a source that cannot be read stops every destination, and each report says so`() async throws {
        try await World.with { world in
            try await world.settle()
            world.source.add(FaultRule(match: "any", times: nil, action: .httpStatus(401)))
            let report = try await world.run()
            #expect(report.status == "STORE")
            #expect(report.detail.contains("northwind-supply"))
            #expect(report.destinations.map(\.status) == ["STORE"])
            #expect(report.destinations.allSatisfy { $0.detail.contains("northwind-supply") })
            #expect(world.destination.counters.writeCount == 0)
            #expect(await world.ledger.heldLocks == [])
            #expect(world.leftovers.isEmpty)
        }
    }

    @Test func `an unknown destination is refused before anything is contacted`() async throws {
        try await World.with { world in
            try await world.settle()
            let other = try #require(ShopDomain("other.myshopify.com"))
            let thrown = await #expect(throws: RunError.self) { _ = try await world.run(only: [other]) }
            #expect(thrown?.status == .usage)
            #expect(world.source.counters.calls.isEmpty)
        }
    }

    @Test func `a location that a store does not have is that store's trouble, for others were contacted`() async throws
    {
        try await World.with { world in
            try await world.settle()
            let groups = "location_groups: [{ name: main, source: [Attic], destination: Nowhere }]"
            let settings = try world.settings([world.destination.shop: groups])
            let report = try await world.run(settings: settings)
            #expect(report.status == "STORE")
            #expect(report.destinations[0].detail.contains("Attic"))
            #expect(world.destination.counters.writeCount == 0)
        }
    }
}
