import Pricing
import Testing

@Suite struct ConversionTests {
    /// MO-2: every pair of currencies with 0, 2 and 3 decimals, both directions.
    @Test(arguments: [
        ("1000", Currency.jpy, "9.35", Currency.krw, "9350"), ("9351", .krw, "0.1069", .jpy, "1000"),
        ("1000", .jpy, "0.00616", .usd, "6.16"), ("6.16", .usd, "162.33903", .jpy, "1000"),
        ("1000", .jpy, "0.0018915", .kwd, "1.892"), ("1.891", .kwd, "528.7", .jpy, "1000"),
        ("19.99", .usd, "0.9250", .eur, "18.49"), ("18.49", .eur, "1.0810811", .usd, "19.99"),
        ("19.99", .usd, "0.30725", .kwd, "6.142"), ("6.142", .kwd, "3.2547", .usd, "19.99"),
        ("1.250", .kwd, "1.22645", .bhd, "1.533"), ("1.533", .bhd, "0.81536", .kwd, "1.250"),
    ])
    func `MO-2: converts between currencies of 0, 2 and 3 decimals`(
        amount: String,
        from: Currency,
        rate text: String,
        to: Currency,
        expected: String
    ) throws {
        let converted = try money(amount, from).converted(to: to, at: rate(text, from, to))
        #expect(converted.decimalText == expected)
        #expect(converted.currency == to)
    }

    @Test(arguments: [
        (Int64(250), Int64(2)), (350, 4), (249, 2), (251, 3), (-250, -2), (-350, -4), (-251, -3), (50, 0), (150, 2),
        (0, 0),
    ])
    func `rounds once, half to even`(cents: Int64, yen: Int64) throws {
        let converted = try Money(minorUnits: cents, currency: .usd).converted(to: .jpy, at: rate("1", .usd, .jpy))
        #expect(converted.minorUnits == yen)
    }

    /// MO-3.
    @Test func `MO-3: refuses a rate for another pair`() throws {
        let rate = try rate("0.925", .usd, .eur)
        #expect(throws: PricingError.self) { try money("1", .eur).converted(to: .usd, at: rate) }
        #expect(throws: PricingError.self) { try money("1", .usd).converted(to: .jpy, at: rate) }
    }

    @Test func `refuses a result that can't be counted`() throws {
        let most = Money(minorUnits: .max, currency: .usd)
        #expect(throws: PricingError.self) { try most.converted(to: .jpy, at: rate("999999", .usd, .jpy)) }
        #expect(throws: PricingError.self) {
            try most.converted(to: .jpy, at: rate("0.000000000000000001", .usd, .jpy).inverted())
        }
        #expect(try most.converted(to: .eur, at: rate("1", .usd, .eur)).minorUnits == .max)
    }

    @Test(arguments: [
        ("12.50", PriceRounding.whole, "13.00"), ("12.49", .whole, "12.00"), ("-12.51", .whole, "-13.00"),
    ])
    func `rounds as asked`(amount: String, rounding: PriceRounding, expected: String) throws {
        let identity = try ExchangeRate.identity(.eur, date: day("2026-07-06"))
        #expect(try money(amount, .eur).converted(to: .eur, at: identity, rounding: rounding).decimalText == expected)
    }

    /// Against the reference of any size, over rates crossed through a base.
    @Test(arguments: [UInt64(11), 12, 13, 14])
    func `is exact against whole numbers of any size`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let currencies: [Currency] = [.jpy, .krw, .eur, .usd, .kwd, .bhd]
        for _ in 0..<1500 {
            let (from, to) = (random.pick(currencies), random.pick(currencies))
            guard from != to else { continue }
            let top = UInt64(random.number(1...99_999_999))
            let bottom = UInt64(random.number(1...99_999_999))
            let (topScale, bottomScale) = (Int(random.number(0...6)), Int(random.number(0...6)))
            let source = Money(minorUnits: random.number(0...99_999_999), currency: from)
            let rate = try ExchangeRate(
                from: from,
                to: to,
                numerator: ExactDecimal(parsing: decimal(top, scale: topScale)),
                denominator: ExactDecimal(parsing: decimal(bottom, scale: bottomScale)),
                date: day("2026-07-06"),
                origin: "seed"
            )
            guard let result = try? source.converted(to: to, at: rate) else { continue }
            let numerator =
                Natural(UInt64(source.minorUnits)) * Natural(top) * .power(ofTen: to.minorUnits + bottomScale)
            let denominator = Natural(bottom) * .power(ofTen: from.minorUnits + topScale)
            #expect(
                Natural.isHalfEven(UInt64(result.minorUnits), of: numerator, over: denominator),
                "\(source) × \(top)e-\(topScale) / \(bottom)e-\(bottomScale) gave \(result)"
            )
        }
    }

    private func decimal(_ digits: UInt64, scale: Int) -> String {
        let text = String(digits)
        let padded = String(repeating: "0", count: max(scale + 1 - text.count, 0)) + text
        return scale == 0 ? padded : "\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}

extension ExchangeRate {
    /// The same rate turned round, for the same pair: only to make numbers large.
    fileprivate func inverted() throws -> ExchangeRate {
        try ExchangeRate(
            from: from,
            to: to,
            numerator: denominator,
            denominator: numerator,
            date: date,
            origin: origin
        )
    }
}
