import Catalog
import Reconciliation
import Testing

/// An approval is of one plan, and releases what is still exactly what the person saw.
@Suite struct BrakeReleaseTests {
    private func braked() throws -> Bench {
        var bench = Bench(.plain(count: 20))
        try bench.cycle()
        for index in 1...10 {
            bench.source.change("S-\(index)") { variant in
                variant.price = "101.00"
                variant.levels = [1: 0]
            }
        }
        return bench
    }

    private func open(_ bench: Bench, approved: [CorrectionPlan]) throws -> [Brake] {
        let run = try bench.run()
        return try BrakeRelease(approved: approved).remaining(of: run.hits, on: run.plan).hits.map(\.brake)
    }

    @Test func `an approved plan is released whole`() throws {
        let bench = try braked()
        let seen = try bench.run()
        #expect(seen.brakes == [.priceChanges, .stockToZero])
        #expect(try open(bench, approved: [seen.plan]) == [])
        #expect(try BrakeRelease(approved: [seen.plan]).remaining(of: seen.hits, on: seen.plan).used)
        #expect(try !BrakeRelease(approved: [seen.plan]).remaining(of: [], on: seen.plan).used)
        #expect(try open(bench, approved: []) == [.priceChanges, .stockToZero])
    }

    @Test func `stock that moved meanwhile does not void the approval of prices, nor the other way`() throws {
        var bench = try braked()
        let seen = try bench.run().plan
        bench.source.change("S-20") { $0.levels = [1: 3] }
        #expect(try open(bench, approved: [seen]) == [])
        bench.source.change("S-11") { $0.levels = [1: 0] }
        #expect(try open(bench, approved: [seen]) == [.stockToZero])
        bench = try braked()
        bench.source.change("S-11") { $0.price = "101.00" }
        #expect(try open(bench, approved: [seen]) == [.priceChanges])
        bench = try braked()
        bench.source.change("S-1") { $0.price = "102.00" }
        #expect(try open(bench, approved: [seen]) == [.priceChanges])
    }

    @Test func `an approval outlives the braked run it was given after: PL-6`() throws {
        var bench = try braked()
        bench.destination.products[15].title = "Drifted"
        let seen = try bench.run()
        _ = try bench.apply(seen)
        let next = try bench.run()
        #expect(try next.plan.hash(of: .prices) == seen.plan.hash(of: .prices))
        #expect(try open(bench, approved: [seen.plan]) == [])
    }

    @Test func `one field is released by what it was, byte for byte`() throws {
        var bench = Bench(.plain(count: 20))
        for index in 0..<20 { bench.source.products[index].title = "Caf\u{E9} \(index)" }
        let seen = try bench.run().plan
        #expect(try open(bench, approved: []) == [.allOfOneField])
        bench.source.products[0].description = "<p>Other</p>"
        #expect(try open(bench, approved: [seen]) == [])
        bench.source.products[0].title = "Other"
        #expect(try open(bench, approved: [seen]) == [.allOfOneField])
    }

    @Test func `a first run is released by an approval under the same rules only`() throws {
        var bench = Bench(.plain(count: 5))
        bench.acceptedRules = nil
        bench.source.change("S-1") { $0.price = "101.00" }
        let seen = try bench.run().plan
        bench.source.change("S-2") { $0.price = "102.00" }
        #expect(try open(bench, approved: [seen]) == [])
        bench.rules = "rules 2"
        #expect(try open(bench, approved: [seen]) == [.firstRun])
    }

    @Test func `a bad rate is released by nobody: MO-3`() throws {
        var bench = Bench(.plain(count: 5))
        let seen = try bench.run().plan
        bench.rate = nil
        #expect(try open(bench, approved: [seen]) == [.exchangeRate])
    }
}
