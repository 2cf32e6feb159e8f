import Catalog
import Reconciliation
import Snapshots
import Testing

@Suite struct StockTests {
    @Test func `negative stock is 0 and listed: AP-8`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.change("S-1") { $0.levels = [1: -3] }
        let run = try bench.run()
        #expect(run.brief == ["S-1 inventory=0"])
        #expect(run.comparison.negativeStock == [0])
        #expect(run.plan.corrections.first?.source == .quantity(-3))
    }

    @Test(arguments: [(false, true), (true, false), (false, false)])
    func `untracked stock is not written: AP-8`(source: Bool, destination: Bool) throws {
        var bench = Bench(.plain(count: 1))
        bench.source.changeVariants { variant in
            variant.tracked = source
            variant.levels = [1: 3]
        }
        bench.destination.changeVariants { $0.tracked = destination }
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test func `where tracking is locked, it and the stock are in one plan`() throws {
        var bench = Bench(.plain(count: 1))
        bench.locked = FieldSet([.tracked, .inventory])
        bench.source.changeVariants { $0.levels = [1: 3] }
        bench.destination.changeVariants { $0.tracked = false }
        #expect(try bench.run().brief == ["S-1 inventory=3", "S-1 tracked=true"])
    }

    @Test(arguments: [(10, 2, 8), (2, 2, 0), (1, 2, 0), (-5, 2, 0)] as [(Int64, Int64, Int64)])
    func `the buffer is kept back: AP-8`(available: Int64, buffer: Int64, target: Int64) throws {
        var bench = Bench(.plain(count: 1))
        bench.groups[0].buffer = buffer
        bench.source.changeVariants { $0.levels = [1: available] }
        bench.destination.changeVariants { $0.levels = [1: 99] }
        #expect(try bench.run().brief == ["S-1 inventory=\(target)"])
    }

    @Test func `locations of a group are added up, and each group goes to its own location`() throws {
        var bench = Bench(.plain(count: 1))
        bench.groups = [TestGroup(source: [1, 2], destination: 1), TestGroup(source: [3], destination: 2)]
        bench.source.changeVariants { $0.levels = [1: 4, 2: 5, 3: 6, 9: 100] }
        bench.destination.changeVariants { $0.levels = [1: 1, 2: 6, 7: 100] }
        let run = try bench.run()
        #expect(run.brief == ["S-1 inventory=9"])
        #expect(run.plan.corrections.first?.target.location == 1)
    }

    @Test(arguments: [(Int64(5), 1), (0, 0), (-1, 0)])
    func `without a level an item is activated only for something to sell`(available: Int64, corrections: Int) throws {
        var bench = Bench(.plain(count: 2))
        bench.source.change("S-1") { $0.levels = [1: available] }
        bench.destination.change("S-1") { $0.levels = [:] }
        let run = try bench.run()
        #expect(run.plan.corrections.count == corrections)
        #expect(run.plan.corrections.allSatisfy { $0.target.activates && $0.old == .absent })
        try bench.cycle()
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test func `leaving a team empties all stock and touches nothing else`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.changeVariants { $0.price = "120.00" }
        bench.source.products[0].status = "DRAFT"
        let comparison = try bench.compare()
        let leaving = CatalogComparison(
            source: .init(comparison.source),
            destination: comparison.destination,
            rules: comparison.rules.emptyingStock
        )
        #expect(leaving.differences.map(\.fields) == [.inventory, .inventory, .inventory])
    }
}
