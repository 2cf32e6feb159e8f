import Catalog
import Foundation
import Pricing
import Reconciliation
import Testing

/// What holds for every pair of stores.
@Suite struct PlanLawTests {
    @Test(arguments: 0..<UInt64(40))
    func `a store against itself differs nowhere`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        var source = stores.store()
        source.changeVariants { variant in
            // Prices of nothing are never in step, and negative stock is never copied.
            if variant.price == "0.00" { variant.price = "5.00" }
            if variant.compareAt.map({ $0.count <= variant.price.count }) == true { variant.compareAt = nil }
            variant.levels = variant.levels.mapValues { max(0, $0) }
        }
        var bench = Bench(source)
        bench.locked = .all
        bench.share = .everything
        bench.groups = [1, 2, 3].map { TestGroup(source: [$0], destination: $0) }
        let comparison = try bench.compare()
        #expect(comparison.differences.isEmpty)
        #expect(comparison.missing.isEmpty && comparison.extra.isEmpty && comparison.unshared.isEmpty)
    }

    @Test(arguments: 0..<UInt64(80))
    func `a plan applied leaves nothing to plan: MO-7, invariant 7`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        var bench = stores.bench()
        bench.limits = .loose
        let before = try bench.cycle()
        let after = try bench.run()
        #expect(after.plan.corrections.isEmpty)
        #expect(after.heldBrief == before.heldBrief)
    }

    @Test(arguments: ["half-even", ".99", ".95", "whole", "nearest 5"], 0..<UInt64(8))
    func `prices settle under every rounding, rate and markup: MO-7`(name: String, seed: UInt64) throws {
        let rounding: PriceRounding =
            switch name {
            case "half-even": .halfEven
            case "whole": .whole
            case "nearest 5": .nearest(ExactDecimal(5))
            default: .ending(try PriceEnding(parsing: name))
            }
        var stores = RandomStores(seed: seed)
        var bench = stores.bench()
        bench.limits = .loose
        bench.priceRules[0].rounding = rounding
        try bench.cycle()
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test(arguments: 0..<UInt64(40))
    func `row order changes nothing`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        var bench = stores.bench()
        let plan = try bench.run().plan
        bench.order = .interleaved(seed: seed + 1)
        let interleaved = try bench.run().plan
        bench.order = .grouped
        var generator = SplitMix64(seed: seed + 2)
        bench.source.products.shuffle(using: &generator)
        bench.destination.products.shuffle(using: &generator)
        let shuffled = try bench.run().plan
        #expect(try plan.document() == interleaved.document())
        #expect(try plan.document() == shuffled.document())
        #expect(try plan.hash() == shuffled.hash())
    }

    @Test(arguments: 0..<UInt64(60))
    func `sums close: invariant 11`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        let bench = stores.bench()
        let run = try bench.run()
        var generator = SplitMix64(seed: seed)
        let outcomes = run.plan.corrections.map { _ -> CorrectionOutcome in
            generator.pick([
                .planned, .applied, .alreadyThere, .moved(found: "1"), .braked(.priceChanges), .left(reason: "late"),
                .failed(code: "X", message: "no"), .unheld(found: "2"),
            ])
        }
        let summary = run.summary(outcomes)
        #expect(summary.contradictions == [])
        let comparison = run.comparison
        let aside = comparison.duplicates.reduce(into: (source: 0, destination: 0)) { sums, duplicate in
            sums.source += duplicate.source.count
            sums.destination += duplicate.destination.count
        }
        // Every variant read has exactly one place.
        #expect(
            summary.destinationVariants == summary.destinationBlanks + aside.destination + summary.matched
                + summary.count(.extra) + summary.count(.unshared)
        )
        let unsharedElsewhere =
            summary.sourceVariants
            - (summary.sourceBlanks + aside.source + summary.matched + summary.count(.missing)
                + summary.count(.unshared))
        #expect(unsharedElsewhere >= 0)
        if bench.share == .everything { #expect(unsharedElsewhere == 0) }
    }

    @Test func `a correction without an outcome leaves the sums open: invariant 11`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.products[0].title = "New"
        let run = try bench.run()
        #expect(run.plan.corrections.count == 1)
        #expect(!run.summary([]).contradictions.isEmpty)
    }

    @Test(arguments: 0..<UInt64(30))
    func `the plan's document reads back equal, and its hash with it`(seed: UInt64) throws {
        var stores = RandomStores(seed: seed)
        let plan = try stores.bench().run().plan
        let read = try CorrectionPlan(document: plan.document())
        #expect(read == plan)
        #expect(try read.document() == plan.document())
        #expect(try read.hash() == plan.hash())
    }

    @Test(arguments: ["caf\u{E9}", "cafe\u{301}", "a\u{0}b", "\u{2028}", "\"\\/", "=1+1", "\u{1F600}"])
    func `a plan keeps texts byte for byte: HI-5`(text: String) throws {
        var bench = Bench(.plain(["S" + text]))
        bench.source.products[0].title = "T" + text
        let plan = try bench.run().plan
        let read = try CorrectionPlan(document: plan.document())
        #expect(read.corrections.first?.new.displayText.utf8.elementsEqual(("T" + text).utf8) == true)
        #expect(read.corrections.first?.sku.text.utf8.elementsEqual(("S" + text).utf8) == true)
    }

    @Test func `a stage's hash does not feel the other stages`() throws {
        var bench = Bench(.plain(count: 5))
        bench.source.change("S-1") { $0.price = "101.00" }
        let first = try bench.run().plan
        bench.source.change("S-2") { $0.levels = [1: 4] }
        bench.source.products[2].title = "Other"
        let second = try bench.run().plan
        #expect(try first.hash(of: .prices) == second.hash(of: .prices))
        #expect(try first.hash(of: .stock) != second.hash(of: .stock))
        #expect(try first.hash(of: .content) != second.hash(of: .content))
        #expect(try first.hash() != second.hash())
    }

    @Test func `a document of another form is refused`() throws {
        let document = try Bench(.plain(count: 1)).run().plan.document()
        let other = String(decoding: document, as: UTF8.self).replacing("\"form\":1", with: "\"form\":2")
        let data = Data(other.utf8)
        #expect(throws: PlanError.self) {
            _ = try CorrectionPlan(document: data)
        }
    }
}

extension BrakeLimits {
    /// Limits that nothing in a test of another thing meets.
    static var loose: BrakeLimits {
        var limits = BrakeLimits()
        limits.priceChanges = Percent(1000)
        limits.stockToZero = Percent(1000)
        limits.snapshotShrinks = Percent(1000)
        limits.priceStepDown = Percent(100)
        limits.priceStepUp = Percent(1_000_000)
        limits.lastPriceFloor = Percent(0)
        limits.heldItems = 1_000_000
        limits.allOfOneField = 1_000_000
        return limits
    }
}
