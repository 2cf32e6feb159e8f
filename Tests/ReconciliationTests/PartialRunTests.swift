import Catalog
import Reconciliation
import Testing

/// Runs that were stopped, braked or refused in part.
@Suite struct PartialRunTests {
    /// Two stores that were in step, and then both moved.
    private func moved(seed: UInt64) throws -> Bench {
        var stores = RandomStores(seed: seed)
        var bench = stores.bench()
        bench.limits = .loose
        try bench.cycle()
        stores.drift(&bench.source)
        stores.drift(&bench.destination)
        return bench
    }

    @Test(arguments: 0..<UInt64(40))
    func `a run that wrote nothing makes the very same plan again, verdicts included: PL-6`(seed: UInt64) throws {
        var bench = try moved(seed: seed)
        bench.limits = BrakeLimits()
        let first = try bench.run()
        for _ in 0..<2 {
            _ = try bench.apply(try bench.run()) { _ in .left(reason: "late") }
            let next = try bench.run()
            #expect(Set(next.plan.corrections).symmetricDifference(first.plan.corrections) == [])
            #expect(Set(next.plan.held).symmetricDifference(first.plan.held) == [])
            #expect(try next.plan.hash() == first.plan.hash())
        }
    }

    @Test(arguments: 0..<UInt64(40))
    func `runs that stop half-way end where one whole run would: invariant 8`(seed: UInt64) throws {
        var whole = try moved(seed: seed)
        var parts = whole
        try whole.cycle()
        var generator = SplitMix64(seed: seed)
        for _ in 0..<4 {
            _ = try parts.apply(try parts.run()) { _ in generator.number(0...2) == 0 ? nil : .left(reason: "late") }
        }
        try parts.cycle()
        #expect(parts.destination.lines() == whole.destination.lines())
        #expect(try parts.run().plan.corrections.isEmpty)
    }

    @Test(arguments: 0..<UInt64(20))
    func `what was written in part keeps the verdict of the rest`(seed: UInt64) throws {
        var bench = try moved(seed: seed)
        let first = try bench.run()
        let verdicts = Dictionary(
            first.plan.corrections.map { (AttemptKey(sku: $0.sku, field: $0.field), $0.verdict) },
            uniquingKeysWith: { left, _ in left }
        )
        var generator = SplitMix64(seed: seed)
        _ = try bench.apply(first) { correction in
            // Stock and product fields are several corrections of one thing, so they are written or left as one.
            correction.field.isMoney && generator.number(0...1) == 0 ? nil : .left(reason: "late")
        }
        for correction in try bench.run().plan.corrections {
            #expect(correction.verdict == verdicts[AttemptKey(sku: correction.sku, field: correction.field)])
        }
    }
}
