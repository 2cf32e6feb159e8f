import Pricing
import Testing

@Suite struct PricingErrorTests {
    @Test(arguments: [
        (
            PricingError.amountTooFine("12.505", .eur),
            "12.505 has more decimals than EUR allows (2): it is refused, not rounded."
        ),
        (
            .differentCurrencies(.eur, .usd),
            "Amounts in EUR and USD can't be added or compared: convert one of them first."
        ),
        (
            .ratesMalformed(origin: "file rates.csv", line: 3, value: "-0.9", problem: .notPositive),
            "file rates.csv, line 3: the rate -0.9 is not above zero."
        ),
        (
            .rateMissing(from: .usd, to: .kwd, origin: "ECB daily reference rates"),
            "There is no rate from USD to KWD in ECB daily reference rates: add it, or use another source of rates."
        ),
        (
            .markupLeavesNothing(rule: 2, Percent(-100)),
            "Price rule 2 has a markup of -100%: that leaves no price; it must be above -100%."
        ),
        (
            .endingTooFine(".99", .jpy),
            "The ending .99 has more decimals than JPY (0): use “nearest” instead."
        ),
    ])
    func `errors are sentences with what, where and the numbers`(error: PricingError, sentence: String) {
        #expect(error.description == sentence)
    }

    @Test func `numbers too long for exact arithmetic are named`() throws {
        let long = try rate("0.123456789012345679", .kwd, .eur)
        let longMarkup = PriceRule(markup: try percent("0.000000000000000001%"))
        #expect(throws: PricingError.ruleTooLong(rule: 1)) { try PriceBook(rules: [longMarkup], rate: long) }
        let crossed = try ExchangeRate(
            from: .jpy,
            to: .kwd,
            numerator: ExactDecimal(parsing: "999999999999999989"),
            denominator: ExactDecimal(parsing: "0.999999999999999967"),
            date: day("2026-07-06"),
            origin: "seed"
        )
        #expect(throws: PricingError.rateTooLong(from: .jpy, to: .kwd)) { try PriceBook(rules: [], rate: crossed) }
    }
}
