import Foundation
import Pricing
import Testing

@Suite struct PriceBookTests {
    /// The bare result of one rule for all products.
    private func priced(
        _ source: String,
        cost: String? = nil,
        compareAt: String? = nil,
        rate text: String = "1",
        from: Currency = .usd,
        to: Currency = .eur,
        _ rule: PriceRule
    ) throws -> PricedResult {
        try PriceBook(rules: [rule], rate: rate(text, from, to)).price(
            source: money(source, from),
            cost: cost.map { try money($0, from) },
            compareAt: compareAt.map { try money($0, from) },
            candidateRules: [0]
        )
    }

    @Test(arguments: [
        ("19.99", "0.9250", "0%", "18.49"), ("0.20", "0.925", "0%", "0.18"), ("0.60", "0.925", "0%", "0.56"),
        ("1.00", "0.925", "0%", "0.92"), ("10.00", "0.925", "35%", "12.49"), ("10.00", "0.925", "-10%", "8.32"),
        ("10.00", "0.925", "12.5%", "10.41"), ("10.00", "1", "-99.9%", "0.01"), ("100.00", "0.925", "250%", "323.75"),
    ])
    func `price is source × rate × markup, rounded once, half to even`(
        source: String,
        rate: String,
        markup: String,
        expected: String
    ) throws {
        let result = try priced(source, rate: rate, PriceRule(markup: percent(markup)))
        #expect(try result.price == .priced(money(expected, .eur)))
        #expect(result.rule == 0)
        #expect(result.compareAt == .none)
        #expect(result.cost == nil)
    }

    @Test func `cost is converted plainly, compare-at like the price`() throws {
        let rule = try PriceRule(markup: percent("20%"), offset: money("1.00", .eur))
        let result = try priced("10.00", cost: "5.00", compareAt: "12.00", rate: "0.925", rule)
        #expect(try result.price == .priced(money("12.10", .eur)))
        #expect(try result.compareAt == .price(money("14.32", .eur)))
        #expect(try result.cost == money("4.62", .eur))
    }

    @Test(arguments: [
        (".99", "12.40", "11.99"), (".99", "12.49", "12.99"), (".99", "12.48", "11.99"), (".99", "0.01", "0.99"),
        (".99", "12.99", "12.99"), (".95", "10.45", "10.95"), (".95", "10.44", "9.95"), (".5", "3.00", "3.50"),
        (".00", "3.50", "4.00"), (".49", "100.00", "100.49"),
    ])
    func `an ending is the nearest one, upwards from halfway`(ending: String, source: String, expected: String) throws {
        let rule = try PriceRule(rounding: .ending(PriceEnding(parsing: ending)))
        #expect(try priced(source, rule).price == .priced(money(expected, .eur)))
    }

    @Test(arguments: [
        ("5", "12.49", "10.00"), ("5", "12.50", "15.00"), ("5", "2.00", "5.00"), ("0.05", "12.52", "12.50"),
        ("100", "149.99", "100.00"), ("100", "150.00", "200.00"),
    ])
    func `the nearest multiple of a step, upwards from halfway`(step: String, source: String, expected: String) throws {
        let rule = try PriceRule(rounding: .nearest(ExactDecimal(parsing: step)))
        #expect(try priced(source, rule).price == .priced(money(expected, .eur)))
    }

    @Test(arguments: [("12.49", "12.00"), ("12.50", "13.00"), ("0.10", "1.00"), ("13.50", "14.00")])
    func `whole units, upwards from halfway, and never zero`(source: String, expected: String) throws {
        #expect(try priced(source, PriceRule(rounding: .whole)).price == .priced(money(expected, .eur)))
    }

    @Test(arguments: [("999", "1000"), ("1049", "1000"), ("1050", "1100"), ("3", "100")])
    func `yen round to hundreds`(source: String, expected: String) throws {
        let rule = PriceRule(rounding: .nearest(ExactDecimal(100)))
        let result = try priced(source, from: .krw, to: .jpy, rule)
        #expect(try result.price == .priced(money(expected, .jpy)))
    }

    @Test(arguments: [("9.60", "10.100"), ("9.00", "9.100")])
    func `dinars take an ending of fewer decimals`(source: String, expected: String) throws {
        let rule = try PriceRule(rounding: .ending(PriceEnding(parsing: ".1")))
        #expect(try priced(source, to: .kwd, rule).price == .priced(money(expected, .kwd)))
    }

    @Test func `roundings that make no sense in a currency are refused before any price`() throws {
        let charm = PriceRounding.ending(try PriceEnding(parsing: ".99"))
        #expect(throws: PricingError.endingTooFine(".99", .jpy)) { try charm.check(in: .jpy) }
        let fine = PriceRule(rounding: .ending(try PriceEnding(parsing: ".995")))
        #expect(throws: PricingError.endingTooFine(".995", .eur)) { try priced("1.00", fine) }
        let cents = PriceRounding.nearest(try ExactDecimal(parsing: "0.05"))
        #expect(throws: PricingError.stepTooFine("0.05", .jpy)) { try cents.check(in: .jpy) }
        #expect(throws: PricingError.stepNotPositive("0")) {
            try PriceRounding.nearest(ExactDecimal(0)).check(in: .eur)
        }
        #expect(throws: PricingError.stepNotPositive("-5")) {
            try PriceRounding.nearest(ExactDecimal(-5)).check(in: .eur)
        }
        for text in ["", ".", "99", "0.99", ".9x", ".99999", ".-9"] {
            #expect(throws: PricingError.notEnding(text)) { try PriceEnding(parsing: text) }
        }
    }

    /// Price, cost, floor, minimum, ending; what comes out.
    @Test(
        arguments: [
            ("10.00", "12.00", PriceFloor.cost, nil, ".99", "12.99", true),
            ("10.00", "12.99", .cost, nil, ".99", "12.99", true), ("13.30", "12.99", .cost, nil, ".99", "12.99", false),
            ("13.30", "13.00", .cost, nil, ".99", "13.99", false),
            ("10.00", "12.00", .cost, "20.00", nil, "20.00", true),
            ("10.00", "12.00", .cost, "11.00", nil, "12.00", true), ("10.00", nil, .cost, "11.00", nil, "11.00", true),
            ("10.00", nil, nil, "9.00", nil, "10.00", false), ("0.01", nil, nil, "0.50", nil, "0.50", true),
        ] as [(String, String?, PriceFloor?, String?, String?, String, Bool)]
    )
    func `the price is never below its floor, even by rounding`(
        source: String,
        cost: String?,
        floor: PriceFloor?,
        minimum: String?,
        ending: String?,
        expected: String,
        isRaised: Bool
    ) throws {
        let rounding = try ending.map { PriceRounding.ending(try PriceEnding(parsing: $0)) } ?? .halfEven
        let rule = PriceRule(rounding: rounding, floor: floor, minimum: try minimum.map { try money($0, .eur) })
        let result = try priced(source, cost: cost, rule)
        #expect(try result.price == .priced(money(expected, .eur)))
        #expect(result.marks.contains(.raisedToFloor) == isRaised)
        #expect(result.marks.contains(.floorCostMissing) == (floor == .cost && cost == nil))
    }

    @Test func `a floor between two minor units is rounded up, never down`() throws {
        // The cost is 0.925 × 0.50 = 0.4625 EUR: half-even makes 0.46 of it, which would be below.
        let result = try priced("0.10", cost: "0.50", rate: "0.925", PriceRule(floor: .cost))
        #expect(try result.price == .priced(money("0.47", .eur)))
        #expect(try result.cost == money("0.46", .eur))
    }

    @Test(arguments: [
        ("14.00", "12.00", ".99", "11.99", true), ("14.00", "15.00", ".99", "13.99", false),
        ("13.80", "13.90", ".99", "12.99", true), ("14.00", "14.00", nil, "14.00", false),
        ("30.00", "14.00", nil, "14.00", true),
    ])
    func `the price is never above its ceiling, even by rounding`(
        source: String,
        most: String,
        ending: String?,
        expected: String,
        isLowered: Bool
    ) throws {
        let rounding = try ending.map { PriceRounding.ending(try PriceEnding(parsing: $0)) } ?? .halfEven
        let rule = try PriceRule(rounding: rounding, ceiling: .amount(money(most, .eur)))
        let result = try priced(source, rule)
        #expect(try result.price == .priced(money(expected, .eur)))
        #expect(result.marks.contains(.loweredToCeiling) == isLowered)
    }

    @Test func `the compare-at price can be the ceiling`() throws {
        let rule = try PriceRule(minimum: money("8.00", .eur), ceiling: .compareAt)
        let lowered = try priced("12.00", compareAt: "10.00", rule)
        #expect(try lowered.price == .priced(money("10.00", .eur)))
        #expect(lowered.compareAt == .cleared)
        #expect(try priced("12.00", rule).price == .priced(money("12.00", .eur)))
        #expect(try priced("12.00", compareAt: "7.00", rule).price == .refused(.floorAboveCeiling))
    }

    @Test func `no price between floor and ceiling is refused`() throws {
        let rounding = PriceRounding.ending(try PriceEnding(parsing: ".99"))
        let between = try PriceRule(
            rounding: rounding,
            minimum: money("10.00", .eur),
            ceiling: .amount(money("10.50", .eur))
        )
        #expect(try priced("10.20", between).price == .refused(.floorAboveCeiling))
        let low = try PriceRule(rounding: rounding, ceiling: .amount(money("0.50", .eur)))
        #expect(try priced("10.20", low).price == .refused(.floorAboveCeiling))
    }

    /// MO-4.
    @Test(
        arguments: [
            ("0.00", "0%", nil, PriceRefusal.sourceNotPositive), ("-1.00", "0%", nil, .sourceNotPositive),
            ("0.01", "-90%", nil, .notAboveZero), ("0.01", "-50%", nil, .notAboveZero),
            ("1.00", "0%", "-1.00", .notAboveZero),
            ("1.00", "0%", "-2.00", .notAboveZero),
        ] as [(String, String, String?, PriceRefusal)]
    )
    func `MO-4: a price that is not above zero is never made`(
        source: String,
        markup: String,
        offset: String?,
        refusal: PriceRefusal
    ) throws {
        let rule = try PriceRule(markup: percent(markup), offset: offset.map { try money($0, .eur) })
        let result = try priced(source, cost: "1.00", compareAt: "5.00", rule)
        #expect(result.price == .refused(refusal))
        #expect(result.compareAt == .held)
    }

    /// MO-4.
    @Test(arguments: [PriceRounding.halfEven, .whole, .nearest(ExactDecimal(5))])
    func `MO-4: no rounding makes a price of a value that is not above zero`(rounding: PriceRounding) throws {
        for offset in ["-1.00", "-3.00"] {
            let rule = try PriceRule(offset: money(offset, .eur), rounding: rounding)
            #expect(try priced("1.00", rule).price == .refused(.notAboveZero))
            let ending = try PriceRule(offset: money(offset, .eur), rounding: .ending(PriceEnding(parsing: ".99")))
            #expect(try priced("1.00", ending).price == .refused(.notAboveZero))
        }
    }

    /// MO-4.
    @Test(arguments: [("0.10", "0.60", "1"), ("0.30", "0.40", "1"), ("0.40", "0.20", "1"), ("0.40", "0.00", nil)])
    func `MO-4: a value under half a minor unit is priced only where a floor asks for more`(
        source: String,
        cost: String,
        expected: String?
    ) throws {
        let result = try priced(source, cost: cost, to: .jpy, PriceRule(floor: .cost))
        #expect(try result.price == expected.map { .priced(try money($0, .jpy)) } ?? .refused(.notAboveZero))
    }

    /// MO-4.
    @Test(arguments: ["-100%", "-100.5%", "-250%"])
    func `MO-4: a markup that leaves nothing is refused before any price`(markup: String) throws {
        let rule = try PriceRule(markup: percent(markup))
        #expect(throws: PricingError.markupLeavesNothing(rule: 1, rule.markup)) { try priced("10.00", rule) }
    }

    /// MO-4.
    @Test func `MO-4: a source price of zero is refused although the floor is above zero`() throws {
        let rule = try PriceRule(floor: .cost, minimum: money("5.00", .eur))
        #expect(try priced("0.00", cost: "4.00", rule).price == .refused(.sourceNotPositive))
    }

    @Test func `a price too large to count is refused`() throws {
        let book = try PriceBook(rules: [], rate: rate("999999", .usd, .jpy))
        let most = Money(minorUnits: .max, currency: .usd)
        #expect(book.price(source: most, cost: nil, compareAt: nil, rule: nil).price == .refused(.outOfRange))
    }

    /// MO-6.
    @Test(
        arguments: [
            (nil, nil), ("0.00", "cleared"), ("-1.00", "cleared"), ("5.00", "cleared"), ("10.30", "cleared"),
            ("10.48", "cleared"), ("10.49", "10.99"), ("11.00", "10.99"),
        ] as [(String?, String?)]
    )
    func `MO-6: null stays null, and what is not above the price is cleared`(compareAt: String?, expected: String?)
        throws
    {
        let rule = try PriceRule(rounding: .ending(PriceEnding(parsing: ".99")))
        let result = try priced("10.30", compareAt: compareAt, rule)
        let verdict: CompareAtVerdict =
            switch expected {
            case nil: .none
            case "cleared": .cleared
            case let text?: .price(try money(text, .eur))
            }
        #expect(try result.price == .priced(money("9.99", .eur)))
        #expect(result.compareAt == verdict)
    }

    /// MO-8.
    @Test func `MO-8: amounts in another currency than the rate's are refused`() throws {
        let book = try PriceBook(rules: [PriceRule()], rate: rate("0.925", .usd, .eur))
        let (dollars, euros) = (try money("10.00", .usd), try money("10.00", .eur))
        for (source, cost, compareAt) in [(euros, nil, nil), (dollars, euros, nil), (dollars, nil, euros)] {
            let result = book.price(source: source, cost: cost, compareAt: compareAt, candidateRules: [0])
            #expect(result.price == .refused(.otherCurrency))
        }
    }

    @Test(
        arguments: [
            ("5.00", "1.00", 0), ("10.00", "1.00", 1), ("49.99", "1.00", 1), ("50.00", "30.00", 2),
            ("50.00", "1.00", 3),
            ("60.00", nil, 3),
        ] as [(String, String?, Int)]
    )
    func `the first rule whose tier fits counts`(source: String, cost: String?, rule: Int) throws {
        let book = try PriceBook(
            rules: [
                PriceRule(tier: PriceTier(priceBelow: money("10.00", .usd)), markup: percent("10%")),
                PriceRule(tier: PriceTier(priceFrom: money("10.00", .usd), priceBelow: money("50.00", .usd))),
                PriceRule(tier: PriceTier(costFrom: money("20.00", .usd), costBelow: money("40.00", .usd))),
                PriceRule(markup: percent("-10%")),
            ],
            rate: rate("0.925", .usd, .eur)
        )
        let subject = try PriceSubject(
            sourcePrice: money(source, .usd),
            sourceCost: cost.map { try money($0, .usd) },
            candidateRules: [0, 1, 2, 3]
        )
        #expect(book.price(for: subject).rule == rule)
    }

    @Test func `without a fitting rule the price is converted plainly`() throws {
        let book = try PriceBook(
            rules: [PriceRule(tier: PriceTier(priceBelow: money("1.00", .usd)), markup: percent("50%"))],
            rate: rate("0.925", .usd, .eur)
        )
        for candidates in [[], [0], [7], [-1]] {
            let subject = try PriceSubject(sourcePrice: money("1.00", .usd), candidateRules: candidates)
            #expect(try book.price(for: subject).price == .priced(money("0.92", .eur)))
            #expect(book.price(for: subject).rule == nil)
        }
    }

    @Test func `rules with amounts in the wrong currency, or that can't fit, are refused`() throws {
        let (euros, dollars) = (try money("5.00", .eur), try money("5.00", .usd))
        let rate = try rate("0.925", .usd, .eur)
        let rules = [
            ("offset", PriceRule(offset: dollars)), ("floor", PriceRule(floor: .amount(dollars))),
            ("minimum", PriceRule(minimum: dollars)), ("ceiling", PriceRule(ceiling: .amount(dollars))),
            ("cost_below", PriceRule(tier: PriceTier(costBelow: euros))),
        ]
        for (key, rule) in rules {
            let (expected, found): (Currency, Currency) = key == "cost_below" ? (.usd, .eur) : (.eur, .usd)
            #expect(throws: PricingError.ruleInOtherCurrency(rule: 2, key: key, expected: expected, found: found)) {
                try PriceBook(rules: [PriceRule(), rule], rate: rate)
            }
        }
        let empty = PriceTier(priceFrom: dollars, priceBelow: dollars)
        #expect(throws: PricingError.ruleContradicts(rule: 1, key: "price", from: dollars, below: dollars)) {
            try PriceBook(rules: [PriceRule(tier: empty)], rate: rate)
        }
        let zero = try money("0.00", .eur)
        #expect(throws: PricingError.ruleLimitNotPositive(rule: 1, key: "minimum", zero)) {
            try PriceBook(rules: [PriceRule(minimum: zero)], rate: rate)
        }
    }

    @Test func `rules travel`() throws {
        let rule = try PriceRule(
            match: .sku(["A", "B"]),
            tier: PriceTier(costFrom: money("1.00", .usd)),
            markup: percent("-12.5%"),
            offset: money("-0.50", .eur),
            rounding: .ending(PriceEnding(parsing: ".05")),
            floor: .cost,
            minimum: money("1.00", .eur),
            ceiling: .amount(money("100.00", .eur))
        )
        #expect(try JSONDecoder().decode(PriceRule.self, from: JSONEncoder().encode(rule)) == rule)
    }
}
