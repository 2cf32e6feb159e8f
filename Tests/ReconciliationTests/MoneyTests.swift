import Catalog
import Pricing
import Reconciliation
import Snapshots
import Testing

@Suite struct MoneyTests {
    @Test(arguments: ["1.005", "abc", "", "1e2", "99999999999999999999"])
    func `an amount that its currency cannot hold is held, not rounded: MO-2`(amount: String) throws {
        var bench = Bench(.plain(count: 2))
        bench.source.change("S-1") { $0.price = amount }
        let run = try bench.run()
        #expect(run.plan.corrections.isEmpty)
        #expect(run.heldBrief == ["S-1 price: amount not readable"])
        #expect(run.summary([]).count(.refused) == 1)
    }

    @Test func `an unreadable price at the destination is set right: MO-2`() throws {
        var bench = Bench(.plain(count: 2))
        bench.destination.change("S-1") { $0.price = "100.005" }
        let run = try bench.run()
        #expect(run.brief == ["S-1 price=100.00"])
        #expect(run.plan.corrections.first?.old == .unreadable("100.005"))
    }

    @Test func `a cost that cannot be read does not take the cost floor away: MO-2, MO-4`() throws {
        var bench = Bench(.plain(count: 3))
        bench.priceRules = [PriceRule(markup: Percent(-20), floor: .cost)]
        bench.source.change("S-1") { $0.cost = "95.00" }
        bench.source.change("S-2") { $0.cost = "95.005" }
        bench.source.change("S-3") { $0.cost = nil }
        let run = try bench.run()
        #expect(run.brief == ["S-1 price=95.00", "S-1 cost=95.00", "S-3 price=80.00"])
        #expect(run.heldBrief == ["S-2 price: amount not readable", "S-2 cost: amount not readable"])
    }

    @Test func `a cost that cannot be read is in no tier: MO-2`() throws {
        var bench = Bench(.plain(count: 2))
        let bound = Money(minorUnits: 5000, currency: .usd)
        bench.priceRules = [
            PriceRule(tier: PriceTier(costFrom: bound), markup: Percent(10)), PriceRule(markup: Percent(20)),
        ]
        bench.source.change("S-1") { $0.cost = "60.001" }
        bench.source.change("S-2") { $0.cost = "60.00" }
        bench.locked = FieldSet([.price])
        let run = try bench.run()
        #expect(run.brief == ["S-2 price=110.00"])
        #expect(run.heldBrief == ["S-1 price: amount not readable"])
    }

    @Test(arguments: [("100.00", "JPY", "15000"), ("0.10", "KWD", "0.030"), ("12.34", "KRW", "1851")])
    func `prices cross between currencies of other decimals: MO-2`(price: String, code: String, expected: String) throws
    {
        var bench = Bench(.plain(count: 1, price: price))
        bench.destination.currency = try #require(Currency(code: code))
        bench.destination.changeVariants { $0.price = expected == "0.030" ? "0.029" : "\((Int(expected) ?? 0) - 1)" }
        bench.rate = code == "KWD" ? "0.3" : "150"
        #expect(try bench.run().brief == ["S-1 price=\(expected)"])
    }

    @Test func `a book for other currencies prices nothing: MO-8`() throws {
        var bench = Bench(.plain(count: 2))
        bench.destination.currency = .eur
        bench.rate = "0.9"
        let book = try bench.priceBook()
        bench.destination.currency = .jpy
        bench.destination.changeVariants { $0.price = "100" }
        bench.source.change("S-1") { variant in
            variant.compareAt = "150.00"
            variant.cost = "60.00"
        }
        var comparison = try bench.compare()
        var rules = comparison.rules
        rules.prices = book
        comparison = CatalogComparison(
            source: .init(comparison.source),
            destination: comparison.destination,
            rules: rules
        )
        let undecided = comparison.differences.map(\.undecided)
        // What neither store has is nothing to decide on.
        #expect(undecided == [FieldSet([.price, .compareAtPrice, .cost]), FieldSet([.price])])
    }

    @Test(arguments: [("0.00", 0), ("0", 0), ("-5.00", 0)])
    func `a price of zero or less is never sent: MO-4`(price: String, corrections: Int) throws {
        var bench = Bench(.plain(count: 2))
        bench.source.change("S-1") { $0.price = price }
        let run = try bench.run()
        #expect(run.plan.corrections.count == corrections)
        #expect(run.heldBrief.first == "S-1 price: price zero or less")
    }

    @Test func `a mark-down to nothing is never sent: MO-4`() throws {
        var bench = Bench(.plain(count: 1, price: "0.01"))
        bench.priceRules = [PriceRule(markup: Percent(-99))]
        #expect(try bench.run().heldBrief.first == "S-1 price: price zero or less")
    }

    @Test(arguments: [("50.00", "price step too large"), ("49.99", "under the last price floor")])
    func `without a floor a price stays above half of the last written one: MO-4`(price: String, reason: String) throws
    {
        var bench = Bench(.plain(count: 3))
        try bench.cycle()
        bench.source.change("S-1") { $0.price = price }
        let run = try bench.run()
        #expect(run.heldBrief == ["S-1 price: \(reason)"])
        // What is under the floor cannot be released one by one.
        let item = try #require(run.plan.held.first)
        bench.memory.released = [ReleasedItem(sku: item.sku, reason: .priceStep, wanted: item.wanted)]
        #expect(try bench.run().plan.corrections.isEmpty == (reason == "under the last price floor"))
    }

    @Test func `a rule's own floor takes the place of the built-in one: MO-4`() throws {
        var bench = Bench(.plain(count: 3))
        bench.priceRules = [PriceRule(minimum: Money(minorUnits: 1000, currency: .usd))]
        try bench.cycle()
        bench.source.change("S-1") { $0.price = "20.00" }
        #expect(try bench.run().heldBrief == ["S-1 price: price step too large"])
    }

    @Test(arguments: [("70.00", false), ("69.99", true), ("150.00", false), ("150.01", true)])
    func `a step of more than -30 or +50 % is held: MO-5`(price: String, isHeld: Bool) throws {
        var bench = Bench(.plain(count: 3))
        bench.source.change("S-1") { $0.price = price }
        let run = try bench.run()
        #expect(run.brief == (isHeld ? [] : ["S-1 price=\(price)"]))
        #expect(run.heldBrief == (isHeld ? ["S-1 price: price step too large"] : []))
    }

    @Test(arguments: [true, false], [1, 10, 11])
    func `199.00 to 19.90 is held on one item, and stops all prices on eleven: MO-5`(isKnown: Bool, count: Int) throws {
        var bench = Bench(.plain(count: 100, price: "199.00"))
        if isKnown { try bench.cycle() }
        for index in 1...count { bench.source.change("S-\(index)") { $0.price = "19.90" } }
        bench.source.change("S-100") { $0.price = "200.00" }
        let run = try bench.run()
        #expect(run.plan.held.count == count)
        #expect(run.plan.held.allSatisfy { $0.old == "199.00" && $0.wanted == "19.90" })
        #expect(run.brakes == (count > 10 ? [.heldItems] : []))
        #expect(run.free.count == (count > 10 ? 0 : 1))
    }

    @Test func `a held price is released by approval of just that price: MO-5`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.change("S-1") { $0.price = "199.00" }
        let item = try #require(bench.run().plan.held.first)
        bench.memory.released = [ReleasedItem(sku: item.sku, reason: item.reason, wanted: item.wanted)]
        #expect(try bench.run().brief == ["S-1 price=199.00"])
        bench.source.change("S-1") { $0.price = "199.01" }
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test(
        arguments: [
            (source: nil, old: "150.00", new: ""), (source: "0", old: "150.00", new: ""),
            (source: "0.00", old: nil, new: nil),
            (source: "100.00", old: "150.00", new: ""), (source: "99.00", old: nil, new: nil),
            (source: "100.01", old: nil, new: "100.01"), (source: "150.00", old: "0.00", new: "150.00"),
            (source: nil, old: "0.00", new: ""),
        ] as [(source: String?, old: String?, new: String?)]
    )
    func `compare-at is copied, cleared or left: MO-6`(row: (source: String?, old: String?, new: String?)) throws {
        var bench = Bench(.plain(count: 1))
        bench.source.changeVariants { $0.compareAt = row.source }
        bench.destination.changeVariants { $0.compareAt = row.old }
        let run = try bench.run()
        #expect(run.brief == (row.new.map { ["S-1 compare_at_price=\($0)"] } ?? []))
        // "0" is never written.
        #expect(run.plan.corrections.allSatisfy { $0.new == .absent || $0.new != .quantity(0) })
        try bench.cycle()
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test func `a new compare-at price waits with the price it belongs to: MO-6`() throws {
        var bench = Bench(.plain(count: 2))
        bench.source.change("S-1") { variant in
            variant.price = "20.00"
            variant.compareAt = "30.00"
        }
        let run = try bench.run()
        // 30.00 beside the old price of 100.00 would be absurd.
        #expect(run.plan.corrections.isEmpty)
        #expect(run.heldBrief == ["S-1 price: price step too large", "S-1 compare_at_price: price step too large"])
    }

    @Test(
        arguments: [
            (source: nil, old: nil, isHeld: false), (source: "0.00", old: nil, isHeld: false),
            (source: nil, old: "0.00", isHeld: true), (source: "12.00", old: nil, isHeld: true),
            (source: nil, old: "12.00", isHeld: true), (source: "1.005", old: nil, isHeld: true),
            (source: nil, old: "1.005", isHeld: true),
        ] as [(source: String?, old: String?, isHeld: Bool)],
        ["0.00", "1.005"]
    )
    func `beside a price that is refused no compare-at price is held where there is none: MO-6`(
        row: (source: String?, old: String?, isHeld: Bool),
        price: String
    ) throws {
        var bench = Bench(.plain(count: 2))
        bench.source.change("S-1") { variant in
            variant.price = price
            variant.compareAt = row.source
        }
        bench.destination.change("S-1") { $0.compareAt = row.old }
        let run = try bench.run()
        #expect(run.plan.corrections.isEmpty)
        #expect(run.plan.held.map(\.field) == (row.isHeld ? [.price, .compareAtPrice] : [.price]))
        #expect(run.plan.held.allSatisfy { $0.reason.isRefusal && $0.wanted.isEmpty && $0.rule == nil })
    }

    @Test func `the rule is named on what it made, and never on a cost`() throws {
        var bench = Bench(.plain(count: 3))
        bench.priceRules = [PriceRule(markup: Percent(10))]
        bench.source.change("S-1") { variant in
            variant.compareAt = "150.00"
            variant.cost = "60.00"
        }
        bench.source.change("S-2") { variant in
            variant.price = "200.00"
            variant.compareAt = "300.00"
        }
        let run = try bench.run()
        #expect(
            run.plan.corrections.map { "\($0.sku) \($0.field.rawValue) \($0.rule ?? 0)" } == [
                "S-1 price 1", "S-1 compare_at_price 1", "S-1 cost 0", "S-3 price 1",
            ]
        )
        #expect(run.plan.held.map(\.wanted) == ["220.00", "330.00"])
        #expect(run.plan.held.map(\.rule) == [1, 1])
        let stored = try CorrectionPlan(document: run.plan.document())
        #expect(stored == run.plan)
    }

    @Test func `a field that is not locked is not touched: MO-6`() throws {
        var bench = Bench(.plain(count: 1))
        bench.locked = FieldSet([.title])
        bench.source.changeVariants { variant in
            variant.price = "0.00"
            variant.compareAt = "120.00"
        }
        let run = try bench.run()
        #expect(run.plan.corrections.isEmpty && run.plan.held.isEmpty)
    }
}
