import Catalog
import Pricing
import Reconciliation
import Testing

@Suite struct FieldTests {
    @Test(arguments: CatalogField.allCases.filter { $0 != .inventory && !$0.isMoney })
    func `every field that is copied is found, written and then in step`(field: CatalogField) throws {
        var bench = Bench(.plain(count: 1))
        bench.locked = FieldSet([field])
        bench.share = .everything
        bench.source.products[0].change(field)
        let run = try bench.run()
        #expect(run.plan.corrections.map(\.field) == [field])
        try bench.cycle()
        #expect(try bench.run().plan.corrections.isEmpty)
        bench.locked = FieldSet(CatalogField.allCases.filter { $0 != field })
        bench.source = .plain(count: 1)
        bench.destination = bench.source.copied()
        bench.source.products[0].change(field)
        // Not locked, not looked at.
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test(arguments: [
        (CatalogField.title, 255, true), (.title, 256, false), (.tags, 250, true), (.tags, 251, false),
        (.vendor, 256, false),
        (.seoTitle, 256, false),
    ])
    func `what is over a platform limit is refused by name: AP-9`(field: CatalogField, size: Int, fits: Bool) throws {
        var bench = Bench(.plain(count: 2))
        bench.locked = FieldSet([field])
        let text = String(repeating: "\u{E9}", count: size)
        switch field {
        case .title: bench.source.products[0].title = text
        case .vendor: bench.source.products[0].vendor = text
        case .seoTitle: bench.source.products[0].seoTitle = text
        default: bench.source.products[0].tags = (0..<size).map { "tag \($0)" }
        }
        let run = try bench.run()
        #expect(run.plan.corrections.count == (fits ? 1 : 0))
        #expect(run.heldBrief == (fits ? [] : ["S-1 \(field.rawValue): over a platform limit"]))
    }

    @Test func `a tag too long is refused, not cut: AP-9`() throws {
        var bench = Bench(.plain(count: 1))
        bench.locked = FieldSet([.tags])
        bench.source.products[0].tags = ["wholesale", String(repeating: "x", count: 256)]
        #expect(try bench.run().heldBrief == ["S-1 tags: over a platform limit"])
    }

    @Test func `a status that came later is not written`() throws {
        var bench = Bench(.plain(count: 1))
        bench.locked = FieldSet([.status])
        bench.share = .everything
        bench.source.products[0].status = "SLEEPING"
        #expect(try bench.run().heldBrief == ["S-1 status: unknown value"])
    }

    @Test(arguments: [("-1", "KILOGRAMS"), ("1", "STONES")])
    func `a weight that does not read is not taken for none`(value: String, unit: String) throws {
        var bench = Bench(.plain(count: 2))
        bench.locked = FieldSet([.weight, .title])
        bench.source.change("S-1") { $0.weight = (value, unit) }
        bench.source.products[0].title = "Other"
        let run = try bench.run()
        #expect(run.brief == ["S-1 title=Other"])
        #expect(run.heldBrief == ["S-1 weight: unknown value"])
        bench.destination.change("S-2") { $0.weight = (value, unit) }
        #expect(try bench.run().brief == ["S-1 title=Other", "S-2 weight=0.5 kg"])
    }

    @Test func `variants from several products leave their product's fields alone`() throws {
        var bench = Bench(.plain(["A", "B", "C"]))
        let moved = bench.destination.products.remove(at: 1)
        bench.destination.products[0].variants += moved.variants
        bench.source.products[1].variants[0].price = "101.00"
        let run = try bench.run()
        #expect(run.brief == ["B price=101.00"])
        #expect(run.heldBrief == ["B title: product fields disagree"])
        #expect(run.comparison.mixedProducts == [0])
    }

    @Test func `of several exceptions the last that matches decides`() throws {
        var bench = Bench(.plain(["A", "B", "C", "D"]))
        bench.tags = ["wholesale", "own"]
        bench.source.products[1].tags = ["own"]
        bench.source.products[2].tags = ["Own"]
        bench.source.products[2].vendor = "Birch"
        bench.destination.products[2].vendor = "Birch"
        bench.collections = [4: 1]
        bench.source.changeVariants { $0.price = "110.00" }
        let price = FieldSet([.price])
        bench.exceptions = [
            LockException(match: .vendor(bench.fingerprint("Birch", .vendor)), lock: FieldSet(), unlock: price),
            LockException(match: .tag(2), lock: FieldSet(), unlock: price),
            LockException(match: .collection(1), lock: FieldSet(), unlock: price),
            LockException(match: .skus([bench.fingerprint("C")]), lock: price, unlock: FieldSet()),
        ]
        #expect(try bench.run().brief == ["A price=110.00", "C price=110.00"])
        bench.exceptions.reverse()
        #expect(try bench.run().brief == ["A price=110.00"])
    }

    @Test func `an exception can lock what is open for the others`() throws {
        var bench = Bench(.plain(["A", "B"]))
        bench.locked = FieldSet()
        bench.exceptions = [
            LockException(match: .skus([bench.fingerprint("B")]), lock: FieldSet([.price, .title]), unlock: FieldSet())
        ]
        bench.source.changeVariants { $0.price = "110.00" }
        #expect(try bench.run().brief == ["B price=110.00"])
    }

    @Test func `the first price rule that matches makes the price, and is named`() throws {
        var bench = Bench(.plain(["A", "B", "C"]))
        bench.source.products[1].vendor = "Birch"
        bench.destination.products[1].vendor = "Birch"
        bench.collections = [3: 1]
        bench.priceRules = [
            PriceRule(match: .sku(["A"]), markup: Percent(10)), PriceRule(match: .vendor("Birch"), markup: Percent(20)),
            PriceRule(match: .collection("sale"), markup: Percent(30)), PriceRule(markup: Percent(40)),
        ]
        let run = try bench.run()
        #expect(run.brief == ["A price=110.00", "B price=120.00", "C price=130.00"])
        #expect(run.plan.corrections.map(\.rule) == [1, 2, 3])
    }
}

extension TestProduct {
    /// Gives a field another value.
    fileprivate mutating func change(_ field: CatalogField) {
        switch field {
        case .title: title = "Other"
        case .description: description = "<p>Other</p>"
        case .vendor: vendor = "Other"
        case .productType: type = "Other"
        case .tags: tags.append("other")
        case .status: status = "UNLISTED"
        case .handle: handle = "other"
        case .seoTitle: seoTitle = "Other"
        case .seoDescription: seoDescription = "Other"
        case .barcode: variants[0].barcode = "4006381333931"
        case .weight: variants[0].weight = ("1.5", "POUNDS")
        case .taxable: variants[0].taxable = false
        case .requiresShipping: variants[0].requiresShipping = false
        case .countryOfOrigin: variants[0].country = "NL"
        case .hsCode: variants[0].hsCode = "940510"
        case .inventoryPolicy: variants[0].policy = "CONTINUE"
        case .tracked: variants[0].tracked = false
        case .price, .compareAtPrice, .cost, .inventory: break
        }
    }
}
