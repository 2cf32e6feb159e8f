import Catalog
import Reconciliation
import Snapshots
import Testing

/// The comparison and the plan against a slow, plain model, over many random stores.
@Suite struct ReferenceModelTests {
    @Test(arguments: 0..<UInt64(150))
    func `matches are what the model says: MA-1, MA-2, MA-3`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        let bench = stores.bench()
        let model = ReferenceModel(bench)
        let comparison = try bench.compare()
        var pairs: Set<[Int64]> = []
        for (row, partner) in comparison.partners.enumerated() where partner != 0 {
            pairs.insert([comparison.source.variants[Int(partner) - 1].id, comparison.destination.variants[row].id])
        }
        #expect(pairs == Set(model.matched.values.map { [$0.source, $0.destination] }))
        #expect(
            [comparison.matched, comparison.missing.count, comparison.extra.count, comparison.unshared.count]
                == [model.matched.count, model.missing, model.extra, model.unshared]
        )
        #expect(comparison.duplicates.count == model.duplicates.count)
    }

    @Test(arguments: 0..<UInt64(150))
    func `a comparison in parts is the comparison`(seed: UInt64) async throws {
        var stores = RandomStores(seed: seed)
        let bench = stores.bench()
        let whole = try bench.compare()
        let joined = try await bench.compareInParts()
        #expect(joined.partners == whole.partners && joined.matched == whole.matched)
        #expect(joined.differences == whole.differences)
        #expect([joined.missing, joined.extra, joined.unshared] == [whole.missing, whole.extra, whole.unshared])
        #expect([joined.moved, joined.negativeStock] == [whole.moved, whole.negativeStock])
        #expect(joined.mixedProducts == whole.mixedProducts && joined.duplicates == whole.duplicates)
        #expect(joined.inStock == whole.inStock && joined.destinationSKUs == whole.destinationSKUs)
    }

    @Test(arguments: 0..<UInt64(150))
    func `corrections and held items are what the model says`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        let bench = stores.bench()
        let model = ReferenceModel(bench)
        let plan = try bench.run().plan
        let corrections = plan.corrections.map { correction in
            ReferenceModel.Expectation(
                sku: correction.sku.text,
                field: correction.field.rawValue + (correction.target.location.map { "@\($0)" } ?? ""),
                value: correction.new.displayText
            )
        }
        let held = plan.held.map {
            ReferenceModel.Expectation(sku: $0.sku.text, field: $0.field?.rawValue ?? "", value: $0.reason.rawValue)
        }
        #expect(Set(corrections).symmetricDifference(model.corrections) == [])
        #expect(corrections.count == model.corrections.count)
        #expect(Set(held).symmetricDifference(model.held) == [])
        #expect(held.count == model.held.count)
    }
}
