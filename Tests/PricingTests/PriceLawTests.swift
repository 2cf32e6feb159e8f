@testable import Pricing
import Testing

/// Laws that hold for every rule, rate and price, over many seeds.
@Suite struct PriceLawTests {
    static let seeds: [UInt64] = [21, 22, 23, 24, 25, 26]

    private struct Case {
        let rule: PriceRule
        let rate: ExchangeRate
        let book: PriceBook
    }

    private func makeCase(_ random: inout SplitMix64) throws -> Case {
        let currencies: [Currency] = [.jpy, .krw, .eur, .usd, .gbp, .kwd, .bhd]
        let (from, to) = (random.pick(currencies), random.pick(currencies))
        let whole = to.minorUnitsPerWhole
        func maybe(_ range: ClosedRange<Int64>) -> Money? {
            random.next() % 3 == 0 ? Money(minorUnits: random.number(range), currency: to) : nil
        }
        let endings = [".99", ".95", ".5", ".00", ".49"]
        var roundings: [PriceRounding] = [
            .halfEven, .halfEven, .whole, .nearest(ExactDecimal(5)), .nearest(ExactDecimal(100)),
        ]
        if to.minorUnits >= 2 {
            roundings += try [
                .ending(PriceEnding(parsing: random.pick(endings))), .nearest(ExactDecimal(parsing: "0.05")),
            ]
        }
        let offset = maybe(-5 * whole...5 * whole)
        let floor: PriceFloor? =
            switch random.next() % 4 {
            case 0: .cost
            case 1: maybe(1...50 * whole).map(PriceFloor.amount)
            default: nil
            }
        let ceiling: PriceCeiling? =
            switch random.next() % 4 {
            case 0: .compareAt
            case 1: maybe(50 * whole...900 * whole).map(PriceCeiling.amount)
            default: nil
            }
        let rule = PriceRule(
            markup: Percent(try ExactDecimal(parsing: "\(random.number(-99...300)).\(random.number(0...99))")),
            offset: offset,
            rounding: random.pick(roundings),
            floor: floor,
            minimum: maybe(1...10 * whole),
            ceiling: ceiling
        )
        let rate =
            from == to
            ? try ExchangeRate.identity(to, date: day("2026-07-06"))
            : try ExchangeRate(
                from: from,
                to: to,
                numerator: ExactDecimal(parsing: "\(random.number(0...200)).\(random.number(1...99999))"),
                denominator: ExactDecimal(parsing: "\(random.number(0...2)).\(random.number(1...9999))"),
                date: day("2026-07-06"),
                origin: "seed"
            )
        return Case(rule: rule, rate: rate, book: try PriceBook(rules: [rule], rate: rate))
    }

    private func amount(_ random: inout SplitMix64, _ currency: Currency) -> Money {
        Money(minorUnits: random.number(0...1_000_000) >> Int64(random.next() % 16), currency: currency)
    }

    @Test(arguments: seeds)
    func `no price is zero or negative, below its floor, or above its ceiling`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var raised = 0
        var lowered = 0
        for _ in 0..<250 {
            let some = try makeCase(&random)
            for _ in 0..<8 {
                let (source, cost) = (amount(&random, some.rate.from), amount(&random, some.rate.from))
                let compareAt = random.next() % 2 == 0 ? amount(&random, some.rate.from) : nil
                let result = some.book.price(source: source, cost: cost, compareAt: compareAt, rule: 0)
                guard let price = result.price.money else { continue }
                raised += result.marks.contains(.raisedToFloor) ? 1 : 0
                lowered += result.marks.contains(.loweredToCeiling) ? 1 : 0
                #expect(price.minorUnits > 0)
                if let minimum = some.rule.minimum { #expect(price.minorUnits >= minimum.minorUnits) }
                if case .amount(let floor) = some.rule.floor { #expect(price.minorUnits >= floor.minorUnits) }
                if case .amount(let ceiling) = some.rule.ceiling { #expect(price.minorUnits <= ceiling.minorUnits) }
                if some.rule.floor == .cost {
                    // Not below the exact cost: price × denominator ≥ cost × numerator, in minor units.
                    let factor = try #require(Fraction.perMinorUnit(some.rate))
                    #expect(
                        Int128(price.minorUnits) * factor.denominator >= Int128(cost.minorUnits) * factor.numerator
                    )
                }
                if let compareAt = result.compareAt.money { #expect(compareAt.minorUnits > price.minorUnits) }
            }
        }
        #expect(raised > 20 && lowered > 5, "the cases must reach the limits")
    }

    /// MO-7.
    @Test(arguments: seeds)
    func `MO-7: rounding a rounded price leaves it`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            let some = try makeCase(&random)
            let source = amount(&random, some.rate.from)
            guard let price = some.book.price(source: source, cost: source, compareAt: nil, rule: 0).price.money
            else { continue }
            let identity = try ExchangeRate.identity(price.currency, date: day("2026-07-06"))
            let again = try PriceBook(rules: [PriceRule(rounding: some.rule.rounding)], rate: identity)
            #expect(again.price(source: price, cost: nil, compareAt: nil, rule: 0).price == .priced(price))
        }
    }

    @Test(arguments: seeds)
    func `a higher source price never makes a lower price`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<150 {
            let some = try makeCase(&random)
            let cost = amount(&random, some.rate.from)
            var units = random.number(1...20_000)
            var last: Int64 = 0
            for _ in 0..<15 {
                let source = Money(minorUnits: units, currency: some.rate.from)
                if let price = some.book.price(source: source, cost: cost, compareAt: nil, rule: 0).price.money {
                    #expect(price.minorUnits >= last, "\(source) under \(some.rule)")
                    last = price.minorUnits
                } else {
                    #expect(last == 0, "a price was refused above one that was made")
                }
                units += random.number(1...300)
            }
        }
    }

    @Test(arguments: seeds)
    func `64 and 128 bits give the same result`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            let some = try makeCase(&random)
            let source = Money(
                minorUnits: random.number(0...Int64.max) >> Int64(random.next() % 60),
                currency: some.rate.from
            )
            let cost = random.next() % 2 == 0 ? amount(&random, some.rate.from) : nil
            let compareAt = random.next() % 2 == 0 ? amount(&random, some.rate.from) : nil
            let usual = some.book.price(source: source, cost: cost, compareAt: compareAt, rule: 0)
            let wide = some.book.priceInWideNumbers(source: source, cost: cost, compareAt: compareAt, rule: 0)
            if let wide { #expect(usual == wide) } else { #expect(usual.price == .refused(.outOfRange)) }
        }
    }

    /// round_half_even(source × rate × (1 + markup / 100)), against whole numbers of any size.
    @Test(arguments: seeds)
    func `plain rules are exact against whole numbers of any size`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            let rateDigits = random.number(1...999_999)
            let markup = random.number(-9999...50_000)
            let source = random.number(1...10_000_000)
            let fraction = String(rateDigits)
            let padded = String(repeating: "0", count: max(5 - fraction.count, 0)) + fraction
            let sign = markup < 0 ? "-" : ""
            let cents = abs(markup) % 100
            let book = try PriceBook(
                rules: [
                    PriceRule(
                        markup: percent("\(sign)\(abs(markup) / 100).\(cents < 10 ? "0" : "")\(cents)%")
                    )
                ],
                rate: rate("\(padded.dropLast(4)).\(padded.suffix(4))", .usd, .eur)
            )
            let amount = Money(minorUnits: source, currency: .usd)
            let result = book.price(source: amount, cost: amount, compareAt: nil, rule: 0)
            let plain = Natural(UInt64(source)) * Natural(UInt64(rateDigits))
            let markedUp = plain * Natural(UInt64(10_000 + markup))
            let price = UInt64(result.price.money?.minorUnits ?? 0)
            #expect(Natural.isHalfEven(price, of: markedUp, over: .power(ofTen: 8)))
            let cost = UInt64(try #require(result.cost).minorUnits)
            #expect(Natural.isHalfEven(cost, of: plain, over: .power(ofTen: 4)))
        }
    }
}
