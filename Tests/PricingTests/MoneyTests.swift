import Foundation
import Pricing
import Testing

@Suite struct MoneyTests {
    @Test(arguments: [
        ("12", Currency.eur, Int64(1200), "12.00"), ("12.5", .eur, 1250, "12.50"), ("12.50", .eur, 1250, "12.50"),
        ("12.500", .eur, 1250, "12.50"), ("12.50000000000000000000000", .eur, 1250, "12.50"), ("0", .eur, 0, "0.00"),
        ("-0.00", .eur, 0, "0.00"), ("-0.05", .eur, -5, "-0.05"), ("007.10", .eur, 710, "7.10"),
        ("1000", .jpy, 1000, "1000"), ("1000.000", .jpy, 1000, "1000"), ("-3", .jpy, -3, "-3"),
        ("1.25", .kwd, 1250, "1.250"), ("0.001", .kwd, 1, "0.001"),
        ("92233720368547758.07", .eur, .max, "92233720368547758.07"),
    ])
    func `reads decimal text exactly and prints it with the currency's decimals`(
        text: String,
        currency: Currency,
        minorUnits: Int64,
        printed: String
    ) throws {
        let amount = try money(text, currency)
        #expect(amount == Money(minorUnits: minorUnits, currency: currency))
        #expect(amount.decimalText == printed)
    }

    @Test(arguments: [
        "", "-", ".", ".5", "12.", "-.5", "+12", " 12", "12 ", "1 2", "1e3", "1E3", "0x10", "1,50", "1.2.3", "--1",
        "1-",
        "NaN", "inf", "１２", "12.5€", "null",
    ])
    func `refuses whatever is not plain decimal text`(text: String) {
        #expect(throws: PricingError.amountNotDecimal(text)) { try money(text, .eur) }
    }

    /// MO-2.
    @Test(arguments: [
        ("12.505", Currency.eur), ("0.001", .usd), ("1000.5", .jpy), ("0.10", .krw), ("1.2505", .kwd), ("1.0001", .bhd),
    ])
    func `MO-2: refuses more decimals than the currency has instead of rounding`(text: String, currency: Currency) {
        #expect(throws: PricingError.amountTooFine(text, currency)) { try money(text, currency) }
    }

    @Test(arguments: [
        ("92233720368547758.08", Currency.eur), ("9223372036854775808", .jpy), ("99999999999999999999", .jpy),
        ("9223372036854776", .kwd), ("100000000000000000000000000000", .eur),
    ])
    func `refuses amounts that can't be counted`(text: String, currency: Currency) {
        #expect(throws: PricingError.amountTooLarge(text, currency)) { try money(text, currency) }
    }

    @Test func `the least amount prints although it has no opposite`() {
        #expect(Money(minorUnits: .min, currency: .eur).decimalText == "-92233720368547758.08")
    }

    /// MO-1, by seeds: every number of decimals, amounts of every length.
    @Test(arguments: [("JPY", UInt64(1)), ("EUR", 2), ("KWD", 3), ("CLF", 4)])
    func `MO-1: what is printed reads back as the same amount`(text: String, seed: UInt64) throws {
        let currency = try code(text)
        var random = SplitMix64(seed: seed)
        for _ in 0..<250_000 {
            let units = Int64(bitPattern: random.next()) >> Int64(random.next() % 64)
            guard units != .min else { continue }
            let amount = Money(minorUnits: units, currency: currency)
            let printed = amount.decimalText
            let again = try Money(parsing: printed, as: currency)
            guard again == amount, again.decimalText.utf8.elementsEqual(printed.utf8) else {
                Issue.record("\(units) printed as \(printed) and read as \(again)")
                return
            }
        }
    }

    /// MO-8.
    @Test func `MO-8: amounts of different currencies neither add nor compare`() throws {
        let (euros, dollars) = (try money("1.00", .eur), try money("1.00", .usd))
        #expect(throws: PricingError.differentCurrencies(.eur, .usd)) { try euros.adding(dollars) }
        #expect(throws: PricingError.differentCurrencies(.eur, .usd)) { try euros.subtracting(dollars) }
        #expect(throws: PricingError.differentCurrencies(.eur, .usd)) { try euros.isLess(than: dollars) }
        #expect(euros != dollars)
    }

    @Test func `sums, differences and products are exact or refused`() throws {
        let (ten, three) = (try money("0.10", .eur), try money("0.30", .eur))
        #expect(try ten.adding(ten).adding(ten) == three)
        #expect(try ten.subtracting(three) == money("-0.20", .eur))
        #expect(try ten.multiplied(by: 3) == three)
        #expect(try ten.isLess(than: three))
        let most = Money(minorUnits: .max, currency: .eur)
        #expect(throws: PricingError.self) { try most.adding(ten) }
        #expect(throws: PricingError.self) { try Money(minorUnits: .min, currency: .eur).subtracting(ten) }
        #expect(throws: PricingError.self) { try most.multiplied(by: 2) }
    }

    @Test func `an amount travels as text, never as a number`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(money("12.50", .eur))
        #expect(String(decoding: json, as: UTF8.self) == #"{"amount":"12.50","currency":"EUR"}"#)
        #expect(try JSONDecoder().decode(Money.self, from: json) == money("12.50", .eur))
    }

    @Test func `reads bytes that are no string`() throws {
        let bytes = Array("x12.50x".utf8)
        #expect(try Money(parsing: bytes[1..<6], as: .eur) == money("12.50", .eur))
    }
}
