import Catalog
import Reconciliation
import Testing

@Suite struct MatchingTests {
    @Test func `a SKU that stands twice at the source is never written: MA-1`() throws {
        var bench = Bench(.plain(["A", "B", "C"]))
        bench.source.products[1].variants[0].sku = "A"
        bench.source.changeVariants { $0.price = "110.00" }
        let run = try bench.run()
        #expect(run.brief == ["C price=110.00"])
        #expect(run.comparison.duplicates == [DuplicateSKU(source: [0, 1], destination: [0])])
        #expect(run.comparison.extra == [1])
    }

    @Test func `a SKU that stands twice at the destination is never written: MA-1`() throws {
        var bench = Bench(.plain(["A", "B", "C"]))
        bench.destination.products[1].variants[0].sku = "A"
        bench.source.changeVariants { $0.price = "110.00" }
        let run = try bench.run()
        #expect(run.brief == ["C price=110.00"])
        #expect(run.comparison.duplicates == [DuplicateSKU(source: [0], destination: [0, 1])])
        #expect(run.comparison.missing == [1])
    }

    @Test func `a SKU that stands twice in both stores is one finding: MA-1`() throws {
        var bench = Bench(.plain(["A", "A", "C"]))
        bench.source.changeVariants { $0.price = "110.00" }
        let run = try bench.run()
        #expect(run.brief == ["C price=110.00"])
        #expect(run.comparison.duplicates == [DuplicateSKU(source: [0, 1], destination: [0, 1])])
        #expect(run.summary(run.plan.corrections.map { _ in .planned }).contradictions == [])
    }

    @Test func `duplicates are found through aliases: MA-1`() throws {
        var bench = Bench(.plain(["A", "B", "C"]))
        bench.aliases = ["A": "X"]
        bench.destination.change("A") { $0.sku = "X" }
        bench.destination.change("B") { $0.sku = "X" }
        bench.source.changeVariants { $0.price = "110.00" }
        let run = try bench.run()
        #expect(run.brief == ["C price=110.00"])
        #expect(run.comparison.duplicates == [DuplicateSKU(source: [0], destination: [0, 1])])
        #expect(run.comparison.missing == [1])
    }

    @Test func `holders of a SKU that stands twice count for no field: MA-1`() throws {
        var bench = Bench(.plain(["A", "B", "C", "D"]))
        bench.exceptions = [LockException(match: .skus([bench.fingerprint("D")]), lock: [], unlock: FieldSet(.price))]
        bench.destination.change("B") { $0.sku = "A" }
        let run = try bench.run()
        #expect(run.comparison.matched == 2)
        #expect(run.facts.locked[.price] == 1)
        #expect(run.facts.locked[.title] == 2)
    }

    @Test func `a duplicate under another SKU's alias belongs to that SKU: MA-1`() throws {
        // The source's own "X" stands twice; at the destination "X" means the source's "A", and stands twice as well.
        var bench = Bench(.plain(["X", "X", "A"]))
        bench.aliases = ["A": "X"]
        bench.destination.products.removeLast()
        let comparison = try bench.compare()
        #expect(comparison.matched == 0)
        #expect(comparison.missing == [])
        #expect(
            Set(comparison.duplicates)
                == [DuplicateSKU(source: [0, 1], destination: []), DuplicateSKU(source: [2], destination: [0, 1])]
        )
    }

    @Test func `two SKUs with one alias are paired with nothing`() throws {
        var bench = Bench(.plain(["A", "B"]))
        bench.aliases = ["A": "X", "B": "X"]
        bench.destination.products.removeLast()
        bench.destination.changeVariants { $0.sku = "X" }
        let comparison = try bench.compare()
        #expect(comparison.matched == 0)
        #expect(comparison.extra == [0])
        #expect(comparison.missing == [0, 1])
    }

    @Test func `an alias pairs, and takes the destination's own SKU out of its way`() throws {
        var bench = Bench(.plain(["A", "B"]))
        bench.aliases = ["A": "B", "B": "A"]
        bench.locked = FieldSet([.price])
        bench.source.change("A") { $0.price = "110.00" }
        let run = try bench.run()
        #expect(run.brief == ["A price=110.00"])
        #expect(run.plan.corrections.first?.target.variant == bench.destination.products[1].variants[0].id)
    }

    @Test func `blank SKUs are counted and never matched: MA-2`() throws {
        let blanks: [String?] = [
            nil, "", " ", "\t", "\u{A0}", "\u{3000}", "\u{2003}", "\u{85}", "\u{1680}", "\u{2028}",
        ]
        var bench = Bench(.plain(["A"]))
        for index in 0..<50 {
            var product = TestProduct(id: Int64(100 + index), title: "Blank", variants: [])
            product.variants = [TestVariant(id: Int64(100 + index), sku: blanks[index % blanks.count])]
            bench.source.products.append(product)
        }
        bench.destination = bench.source.copied()
        bench.source.products[10].title = "Other"
        let run = try bench.run()
        #expect(run.comparison.matched == 1)
        #expect(run.plan.corrections.isEmpty)
        let summary = run.summary([])
        #expect([summary.sourceBlanks, summary.destinationBlanks] == [50, 50])
        #expect(run.comparison.missing.isEmpty && run.comparison.extra.isEmpty)
    }

    @Test(arguments: [
        ("abc-1", "ABC-1"), ("abc-1", "abc-1 "), ("caf\u{E9}", "cafe\u{301}"), ("00123", "123"), ("1E5", "100000"),
        ("1.0", "1"), ("A\u{200B}", "A"), ("\u{FF21}1", "A1"),
    ])
    func `SKUs that look alike are not paired: MA-3`(left: String, right: String) throws {
        var bench = Bench(.plain([left]))
        bench.destination.changeVariants { $0.sku = right }
        let comparison = try bench.compare()
        #expect(comparison.matched == 0)
        #expect([comparison.missing.count, comparison.extra.count] == [1, 1])
    }

    @Test func `near misses are suggested where there is just one: MA-3`() throws {
        let skus = try ["abc-1", "X", "Y-1"].map { try #require(SKU($0)) }
        let others = try ["ABC 1", "y1", "Y.1"].map { try #require(SKU($0)) }
        #expect(NearMisses.partners(of: skus, among: others) == [skus[0]: others[0]])
    }

    @Test func `an item the source no longer has is only reported: MA-5`() throws {
        var bench = Bench(.plain(count: 10))
        try bench.cycle()
        bench.source.products.removeLast()
        bench.source.products[0].status = "ARCHIVED"
        let run = try bench.run()
        #expect(run.plan.corrections.isEmpty && run.plan.held.isEmpty)
        #expect(run.comparison.extra.count == 1)
        #expect(run.comparison.unshared.count == 1)
        #expect(run.summary([]).count(.unshared) == 1)
        #expect(run.hits == [])
    }

    @Test func `thirty in a hundred gone from the source writes nothing and brakes: MA-5`() throws {
        var bench = Bench(.plain(count: 100))
        try bench.cycle()
        bench.source.products.removeLast(30)
        let run = try bench.run()
        #expect(run.plan.corrections.isEmpty)
        #expect(run.brakes == [.snapshotShrinks])
    }

    @Test func `only products with a shared tag are synced`() throws {
        var bench = Bench(.plain(count: 3))
        bench.share = .tagged(1)
        bench.source.products[0].tags = ["retail"]
        bench.source.products[1].tags = ["Wholesale", "new"]
        bench.source.changeVariants { $0.price = "110.00" }
        let run = try bench.run()
        #expect(run.brief == ["S-2 price=110.00", "S-3 price=110.00"])
        #expect(run.comparison.unshared == [0])
    }
}
