import SimulatedShopify
import Testing

/// Brakes and held items on the wire, and what approving and applying by hash release.
@Suite struct ReleaseTests {
    private static let shop = Scenarios.euro

    /// Raises the source's prices of the first `count` SKUs by 5 %.
    private static func raisePrices(of count: Int, on stage: Stage) throws {
        for number in 1...count {
            let price = try #require(Catalogue(stage.source).only("A-\(number)")?.text("price"))
            let cents = try #require(Int(price.replacing(".", with: "")))
            let raised = cents * 105 / 100
            try stage.source.edit(
                sku: "A-\(number)",
                set: ["price": .string("\(raised / 100).\(raised % 100 < 10 ? "0" : "")\(raised % 100)")]
            )
        }
    }

    @Test func `PL-1: a quarter of the prices moves, no price is written until the plan is approved, once`()
        async throws
    {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            let before = store.variants(sku: "A-2").first?["price"]
            try Self.raisePrices(of: 5, on: stage)
            try stage.source.edit(sku: "A-9", set: ["inventory": 3])
            stage.resetCounters()
            let braked = try await stage.synctec("run", "--json")
            #expect(braked.status == 2, "\(braked.errors)")
            #expect(braked.lastLine.hasPrefix("status BRAKE"))
            let report = try #require(try braked.document(RunDocument.self)[Self.shop])
            #expect(report.brakes.map(\.brake) == ["price_changes"])
            #expect(report.brakes.first?.advice.contains("synctec approve") == true)
            #expect(store.counters.writeCount == 1)
            #expect(store.counters.mutations["inventorySetQuantities"] == 1)
            #expect(store.variants(sku: "A-2").first?["price"] == before)
            #expect(Catalogue(store).only("A-9")?.units == 3)

            try await stage.approve(try #require(report.plan))
            let released = try await stage.synctec("run")
            #expect(released.status == 0, "\(released.errors)")
            #expect(store.variants(sku: "A-2").first?["price"] == "12.82")

            // The approval is used up: the next move of as many prices waits again.
            try Self.raisePrices(of: 5, on: stage)
            stage.resetCounters()
            #expect(try await stage.synctec("run").status == 2)
            #expect(stage.writes == 0)
        }
    }

    @Test func `PL-2: a source that goes empty empties no reseller`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            for number in 1...5 { try stage.source.edit(sku: "A-\(number)", set: ["inventory": 0]) }
            try stage.source.edit(sku: "A-9", set: ["inventory": 7])
            let braked = try await stage.synctec("run", "--json")
            #expect(braked.status == 2, "\(braked.errors)")
            let brakes = try braked.document(RunDocument.self)[Self.shop]?.brakes.map(\.brake)
            #expect(brakes == ["stock_to_zero"])
            let store = Catalogue(stage.destinations[0])
            #expect(store.only("A-1")?.units == 5)
            #expect(store.only("A-9")?.units == 7)
        }
    }

    @Test func `MO-5: a price that jumps is held, and released by approving just that plan with --held`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try stage.source.edit(sku: "A-4", set: ["price": "39.00"])
            let held = try await stage.synctec("run", "--json")
            #expect(held.status == 1, "\(held.errors)")
            let report = try #require(try held.document(RunDocument.self)[Self.shop])
            #expect(report.corrections.map(\.outcome) == ["held"])
            #expect(report.corrections.first?.old == "14.43")
            #expect(report.corrections.first?.new == "43.29")
            #expect(store.variants(sku: "A-4").first?["price"] == "14.43")
            let plan = try #require(report.plan)

            // Without --held the approval does not concern it.
            try await stage.approve(plan)
            #expect(try await stage.synctec("run").status == 1)
            #expect(store.variants(sku: "A-4").first?["price"] == "14.43")
            try await stage.approve(plan, held: true)
            let released = try await stage.synctec("run")
            #expect(released.status == 0, "\(released.errors)")
            #expect(store.variants(sku: "A-4").first?["price"] == "43.29")
        }
    }

    @Test func `PL-1, MO-5: one approval with --held releases a braked stage and what is held in it`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try Self.raisePrices(of: 5, on: stage)
            try stage.source.edit(sku: "A-9", set: ["price": "99.00"])
            let braked = try await stage.synctec("run", "--json")
            #expect(braked.status == 2, "\(braked.errors)")
            let report = try #require(try braked.document(RunDocument.self)[Self.shop])
            #expect(report.corrections.filter { $0.outcome == "held" }.map(\.sku) == ["A-9"])
            try await stage.approve(try #require(report.plan), held: true)
            let released = try await stage.synctec("run")
            #expect(released.status == 0, "\(released.errors)")
            #expect(store.variants(sku: "A-2").first?["price"] == "12.82")
            #expect(store.variants(sku: "A-9").first?["price"] == "109.89")
        }
    }

    @Test func `a stored plan is applied by its hash, and by nothing but a hash of this team`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try store.edit(sku: "A-7", set: ["price": "18.00"])
            let planned = try await stage.synctec("plan", "--json")
            #expect(planned.status == 1, "\(planned.errors)")
            let plan = try #require(try planned.document(RunDocument.self)[Self.shop]?.plan)
            stage.resetCounters()

            let text = try await stage.synctec("plan", plan, "--format", "csv")
            #expect(text.status == 0, "\(text.errors)")
            let rows = try StrictCSV(text.output.hasSuffix("\r\n\n") ? String(text.output.dropLast()) : text.output)
                .rows
            #expect(rows.map { $0["sku"] } == ["A-7"])
            for wrong in ["0123456789ab", "A-7", "12345"] {
                #expect(try await stage.synctec("apply", wrong).status == 64)
            }
            for store in stage.stores { #expect(store.counters.calls == [:]) }

            let applied = try await stage.synctec("apply", String(plan.prefix(12)), "--json")
            #expect(applied.status == 0, "\(applied.errors)")
            #expect(try applied.document(RunDocument.self).command == "apply")
            #expect(store.variants(sku: "A-7").first?["price"] == "17.76")
        }
    }

    @Test func `PL-6: a plan that went stale, or has a younger one after it, is not applied`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try store.edit(sku: "A-7", set: ["price": "18.00"])
            let first = try #require(
                try await stage.synctec("plan", "--json").document(RunDocument.self)[Self.shop]?.plan
            )
            // Stale: the stores moved since.
            try store.edit(sku: "A-8", set: ["price": "19.00"])
            stage.resetCounters()
            let stale = try await stage.synctec("apply", first, "--json")
            #expect(stale.status == 2, "\(stale.errors)")
            #expect(try stale.document(RunDocument.self)[Self.shop]?.brakes.map(\.brake) == ["plan_stale"])
            #expect(stage.writes == 0)
            // The look at the stores that refused it has made a younger plan.
            let older = try await stage.synctec("apply", first)
            #expect(older.status == 2, "\(older.errors)")
            #expect(older.errors.contains("newer plan"))
            #expect(stage.writes == 0)
            #expect(store.variants(sku: "A-7").first?["price"] == "18.00")
        }
    }

    @Test func `PL-5: other rules are only planned until a person accepts them`() async throws {
        try await Stage.with(Scenarios.plain(20)) { stage in
            try await stage.settle()
            stage.settings.destinations = [Self.shop: ["price_rules: [{ markup: 21% }]"]]
            try stage.writeSettings()
            stage.resetCounters()
            let planned = try await stage.synctec("run", "--json")
            #expect(planned.status == 2, "\(planned.errors)")
            let report = try #require(try planned.document(RunDocument.self)[Self.shop])
            #expect(report.brakes.map(\.brake).contains("rules_changed"))
            #expect(stage.writes == 0)
            try await stage.approve(try #require(report.plan))
            #expect(try await stage.synctec("run").status == 0)
            #expect(stage.destinations[0].variants(sku: "A-1").first?["price"] == "11.19")
            #expect(try await stage.synctec("run").status == 0)
        }
    }
}
