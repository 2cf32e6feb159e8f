import SimulatedShopify
import Testing

/// The main job on stores of a real size: drift in every field, and SKUs of every bad kind.
@Suite struct CampaignTests {
    private static let held = "held price"

    @Test func `a drifted team comes in step, the report agrees with the truth, and a third run writes nothing`()
        async throws
    {
        let scenario = Scenarios.threeStores(variants: 2000, seed: 7, drift: "2%")
        try await Stage.with(scenario, ledger: .ownServer) { stage in
            let oddities = try Self.addOddities(stage)
            stage.settings.fields = StageSettings.allLocked
            stage.settings.destinations = Scenarios.rules
            let exception = "exceptions: { sku: { \"\(oddities.ignored)\": { vendor: ignored } } }"
            stage.settings.destinations[Scenarios.euro]?.append(exception)
            try await stage.found()
            let source = Catalogue(stage.source)
            var expected = stage.destinations.map { ExpectedRows.drifted($0, from: source) }
            expected[0] = expected[0].filter { $0.sku != oddities.dear.sku || $0.field != "price" }
            #expect(Set(expected[0].map(\.field)) == Set(StageSettings.allLocked.keys), "the seed lacks a field")

            let first = try await stage.acceptFirstPlans()
            #expect(stage.writes == 0)
            for destination in first.destinations {
                #expect(destination.brakes.map(\.brake) == ["first_run"])
                #expect(Set(destination.corrections.map(\.outcome)).isSubset(of: ["braked", "held"]))
            }

            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 1, "\(run.errors)")
            let applied: RunDocument = try run.document()
            for (store, rows) in zip(stage.destinations, expected) {
                let name = String(store.shop.prefix { $0 != "." })
                let file = try stage.csv("\(name)/corrections.csv", of: applied)
                let written = file.rows.filter { $0["outcome"] == "applied" }
                #expect(Set(written.map(ExpectedRows.Row.init)).symmetricDifference(rows) == [])
                #expect(written.count == rows.count)
                let others = file.rows.filter { $0["outcome"] != "applied" }.map(ExpectedRows.Row.init)
                #expect(others == (store.shop == Scenarios.euro ? [oddities.dear] : []))
                Self.expectValues(of: store)
            }

            let plan = try await stage.synctec("plan", "--json")
            #expect(plan.status == 1, "\(plan.errors)")
            let left: RunDocument = try plan.document()
            for store in stage.destinations {
                let destination = try #require(left[store.shop])
                let remaining = destination.corrections.map { "\($0.sku) \($0.outcome) \($0.reason ?? "")" }
                let dear = "\(oddities.dear.sku) held price step too large"
                #expect(remaining == (store.shop == Scenarios.euro ? [dear] : []))
                Self.expectFindings(of: destination, at: store, source)
            }

            stage.resetCounters()
            let third = try await stage.synctec("run", "--json")
            #expect(third.status == 1, "\(third.errors)")
            #expect(stage.writes == 0)
            #expect(try third.document(RunDocument.self).destinations.map(\.plan) == left.destinations.map(\.plan))
        }
    }

    private struct Oddities {
        /// The row of a price that is too far off to be set back without being asked.
        let dear: ExpectedRows.Row
        /// A SKU whose vendor the settings leave to the destination.
        let ignored: String
    }

    /// Puts a price far off, and another vendor under an exception, in products that did not drift themselves.
    private static func addOddities(_ stage: Stage) throws -> Oddities {
        let store = stage.destinations[0]
        let source = Catalogue(stage.source)
        let catalogue = Catalogue(store)
        let drifted = Set((store.truth?.drifts ?? []).map(\.sku))
        let clean = catalogue.items.keys.sorted().filter { sku in
            guard let item = catalogue.only(sku), source.only(sku)?.isActive == true else { return false }
            let siblings = item.product["variants"]?.elements?.compactMap { $0["sku"]?.text } ?? []
            return siblings.count == 1 && !drifted.contains(sku)
        }
        let dear = try #require(clean.first)
        let ignored = try #require(clean.last)
        let price = try #require(catalogue.only(dear)?.text("price"))
        let whole = try #require(price.split(separator: ".").first)
        let raised = "\((Int(whole) ?? 0) * 4).00"
        try store.edit(sku: dear, set: ["price": .string(raised)])
        try store.edit(sku: ignored, set: ["vendor": "A house of our own"])
        return Oddities(
            dear: .init(
                sku: dear,
                field: "price",
                source: source.only(dear)?.text("price") ?? "",
                old: raised,
                new: price
            ),
            ignored: ignored
        )
    }

    /// Every field that drifted on a shared SKU has the value it had before, in the store itself.
    private static func expectValues(of store: SimulatedStore) {
        let catalogue = Catalogue(store)
        for drift in store.truth?.drifts ?? [] {
            let found = catalogue.only(drift.sku)?.text(drift.field)
            let wanted = drift.sourceStatus == "ACTIVE" ? drift.expected : drift.drifted
            #expect(found ?? "" == wanted ?? "", "\(drift.field) of \(drift.sku)")
        }
    }

    private static func expectFindings(
        of destination: RunDocument.Destination,
        at store: SimulatedStore,
        _ source: Catalogue
    ) {
        let catalogue = Catalogue(store)
        let kinds = Set(destination.findings.map(\.kind)).subtracting(["blank sku", "held"])
        var found: [String: Set<String>] = [:]
        for kind in kinds { found[kind] = Set(destination.findings.filter { $0.kind == kind }.compactMap(\.sku)) }
        #expect(found == ExpectedRows.findings(catalogue, source))
        let blank = destination.findings.filter { $0.kind == "blank sku" }
        #expect(blank.count { $0.shop == store.shop } == catalogue.blanks)
        #expect(blank.count { $0.shop != store.shop } == source.blanks)
        for sku in source.duplicates.union(catalogue.duplicates) {
            let holders = destination.findings.filter { $0.kind == "duplicate sku" && $0.sku == sku }
            #expect(holders.count == (source.items[sku]?.count ?? 0) + (catalogue.items[sku]?.count ?? 0), "\(sku)")
        }
    }
}
