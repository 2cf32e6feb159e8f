import Catalog
import Reconciliation
import Reporting
import Runs
import Settings
import SimulatedShopify
import Testing

@Suite struct TeamLifeTests {
    @Test func `a team is founded, joined, approved, suspended, left and joined again; every move has its actor`()
        async throws
    {
        try await World.with(isJoined: false) { world in
            let settings = try world.settings()
            let store = settings.destinations[0].store
            let life = world.life()
            var generator = SystemRandomNumberGenerator()
            let team = try await life.create(source: settings.source.store, using: &generator)
            _ = try await life.join(team, destination: store)
            for state in [MembershipState.approved, .suspended, .approved] {
                try await life.decide(state, on: store.shop, in: team, source: settings.source.store, note: "why")
            }
            try await life.leave(team, destination: store, note: "bye")
            _ = try await life.join(team, destination: store)
            try await life.decide(.rejected, on: store.shop, in: team, source: settings.source.store, note: "no")
            let members = try await life.show(team).members
            let history = try #require(members.first).history
            #expect(
                history.map(\.state) == [.requested, .approved, .suspended, .approved, .left, .requested, .rejected]
            )
            #expect(Set(history.map(\.actor)) == ["anna@shipping"])
            #expect(history.map(\.note).contains("bye"))
        }
    }

    @Test func `a store founds a second team only where it is asked to, and is told of the first`() async throws {
        try await World.with(isJoined: false) { world in
            let source = try world.settings().source.store
            var generator = SystemRandomNumberGenerator()
            let first = try await world.life().create(source: source, using: &generator)
            let refusal = await #expect(throws: RunError.self) {
                var generator = SystemRandomNumberGenerator()
                return try await world.life().create(source: source, using: &generator)
            }
            #expect(refusal?.status == .usage)
            #expect("\(try #require(refusal))".contains("is the source of \(first) already"))
            let second = try await world.life().create(source: source, another: true, using: &generator)
            #expect(second != first)
        }
    }

    @Test(arguments: [nil, MembershipState.requested, .rejected, .suspended, .left])
    func `nothing of a store without an approved place is read or written`(state: MembershipState?) async throws {
        try await World.with(isJoined: false) { world in
            let settings = try world.settings()
            let store = settings.destinations[0].store
            let identity = try await world.open(settings.source.store).identify()
            let team = try world.teamID()
            try await world.ledger.createTeam(
                team,
                source: StoreRecord(shop: settings.source.store.shop, id: identity.id, currency: identity.currency),
                by: "anna",
                at: world.clock.now
            )
            if let state {
                _ = try await world.life().join(team, destination: store)
                switch state {
                case .rejected:
                    try await world.life().decide(
                        .rejected,
                        on: store.shop,
                        in: team,
                        source: settings.source.store,
                        note: ""
                    )
                case .suspended:
                    for next in [MembershipState.approved, .suspended] {
                        try await world.life().decide(
                            next,
                            on: store.shop,
                            in: team,
                            source: settings.source.store,
                            note: ""
                        )
                    }
                case .left: try await world.life().leave(team, destination: store, note: "")
                default: break
                }
            }
            world.destination.resetCounters()
            let report = try await world.run()
            #expect(report.status == "ATTENTION")
            #expect(report.destinations[0].findings.map(\.kind) == [.store])
            var generator = SystemRandomNumberGenerator()
            let run = RunID.random(using: &generator)
            let explained = try await ExplainRun(
                settings: settings,
                only: [],
                run: run,
                holder: "anna",
                ports: world.ports()
            ).explain(try #require(SKU("LAMP-01")))
            #expect(explained.map(\.fields.count) == [0])
            let checked = await Preflight(
                settings: settings,
                only: [],
                run: run,
                holder: "anna",
                ports: world.ports(),
                readsCatalogues: true
            ).results()
            #expect(checked.contains { $0.subject == store.shop.text && $0.verdict == .warning })
            #expect(world.destination.counters.calls.isEmpty, "\(world.destination.counters)")
        }
    }

    @Test func `HI-4 unknown team ids are refused, and further ones after ten tries; the real team goes on`()
        async throws
    {
        try await World.with { world in
            let store = try world.settings().destinations[0].store
            let life = world.life(actor: "mallory")
            for number in 0..<11 {
                let id = try #require(TeamID("SP-TEAM-22222\("23456789ABC".dropFirst(number).first ?? "2")"))
                let thrown = await #expect(throws: RunError.self) { _ = try await life.join(id, destination: store) }
                #expect(thrown?.status == .usage)
                #expect(thrown.map { $0.description.contains("too many") } == (number == 10))
            }
            let settings = try world.settings()
            for state in [MembershipState.suspended, .approved] {
                try await life.decide(state, on: store.shop, in: settings.team, source: settings.source.store, note: "")
                #expect(try await life.show(settings.team).members.map(\.state) == [state])
            }
        }
    }

    @Test func `only the source decides, and only what is the source's to decide`() async throws {
        try await World.with { world in
            let settings = try world.settings()
            let (team, store) = (settings.team, settings.destinations[0].store)
            for state in [MembershipState.left, .requested] {
                await #expect(throws: RunError.self) {
                    try await world.life().decide(
                        state,
                        on: store.shop,
                        in: team,
                        source: settings.source.store,
                        note: ""
                    )
                }
            }
            await #expect(throws: RunError.self) {
                try await world.life().decide(.suspended, on: store.shop, in: team, source: store, note: "")
            }
            let members = try await world.life().show(team).members
            #expect(members.map(\.state) == [.approved])
        }
    }

    @Test func `CF-4 source and destination swapped, and one shop in both roles, are refused`() async throws {
        try await World.with { world in
            let settings = try world.settings()
            let (source, store) = (settings.source.store, settings.destinations[0].store)
            let joined = await #expect(throws: RunError.self) {
                _ = try await world.life().join(settings.team, destination: source)
            }
            #expect(joined?.status == .usage)
            let swapped = try TeamSettings.parse(
                text: """
                    team: \(World.team)
                    source: { shop: \(store.shop), endpoint: "\(store.endpoint ?? "")", allow_insecure_endpoint: true }
                    fields: { title: locked }
                    destinations: [{ shop: \(source.shop), endpoint: "\(source.endpoint ?? "")", allow_insecure_endpoint: true }]
                    """,
                file: "team.yaml",
                environment: SettingsEnvironment(variables: ["HOME": "/tmp"], isRoot: false)
            )
            let thrown = await #expect(throws: RunError.self) { _ = try await world.run(settings: swapped) }
            #expect(thrown?.status == .usage)
            #expect(world.source.counters.writeCount == 0)
        }
    }

    @Test func `CF-4 another shop behind a known address is not trusted`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.configure(["shop": "someone-else.myshopify.com"])
            let report = try await world.run()
            #expect(report.status == "STORE", "\(report.problems)")
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test(arguments: ["read_products", "read_inventory", "read_locations"])
    func `CF-3 a source's token without a needed right`(scope: String) async throws {
        try await World.with { world in
            try await world.settle()
            world.source.setScopes(["read_products", "read_inventory", "read_locations"].filter { $0 != scope })
            let report = try await world.run()
            #expect(report.status == "STORE", "\(report.problems)")
            #expect(report.problems.contains(scope))
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test(arguments: ["write_products", "write_inventory", "read_locations"])
    func `CF-3 a destination's token without a needed right`(scope: String) async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["title": "Lamp One"])
            world.destination.setScopes(
                ["read_products", "write_products", "read_inventory", "write_inventory", "read_locations"]
                    .filter { $0 != scope }
            )
            let report = try await world.run()
            #expect(report.status == "STORE", "\(report.problems)")
            #expect(report.problems.contains(scope))
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `CF-3 check warns of rights that nothing needs, and says what is good`() async throws {
        try await World.with { world in
            world.destination.setScopes(SimulatedStoreConfiguration.usualScopes + ["write_customers"])
            var generator = SystemRandomNumberGenerator()
            let results = await Preflight(
                settings: try world.settings(),
                only: [],
                run: .random(using: &generator),
                holder: "anna",
                ports: world.ports(),
                readsCatalogues: true
            ).results()
            #expect(results.contains { $0.verdict == .warning && $0.detail.contains("write_customers") })
            #expect(!results.contains { $0.verdict == .bad }, "\(results)")
            #expect(results.contains { $0.detail.contains("6 SKUs matched") })
            #expect(world.destination.counters.writeCount == 0)
            #expect(await world.ledger.heldLocks == [])
            #expect(world.leftovers.isEmpty)
        }
    }
}
