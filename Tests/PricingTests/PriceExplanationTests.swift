import Pricing
import Testing

@Suite struct PriceExplanationTests {
    @Test func `tells every step from the source price to the result`() throws {
        let book = try PriceBook(
            rules: [
                PriceRule(match: .tag("sale")),
                PriceRule(
                    match: .vendor("Acme"),
                    tier: PriceTier(priceFrom: money("10.00", .usd)),
                    markup: percent("35%"),
                    offset: money("-0.50", .eur),
                    rounding: .ending(PriceEnding(parsing: ".99")),
                    floor: .cost,
                    minimum: money("5.00", .eur),
                    ceiling: .compareAt
                ),
            ],
            rate: RateTable(ecbDailyXML: Array(ecbDaily.utf8)).rate(from: .usd, to: .eur)
        )
        let subject = try PriceSubject(
            sourcePrice: money("19.99", .usd),
            sourceCost: money("11.00", .usd),
            sourceCompareAt: money("29.99", .usd),
            candidateRules: [1]
        )
        let explanation = book.explanation(for: subject)
        #expect(
            explanation.description == """
                source      price 19.99 USD, compare-at 29.99 USD, cost 11.00 USD
                rate        1 USD = 0.8760403 EUR (2026-07-06, ECB daily reference rates)
                rule        2 of 2: vendor Acme, price from 10.00 USD
                converted   17.5120455540955 EUR
                markup      35%: 23.6412614980289 EUR
                offset      -0.50 EUR: 23.1412614980289 EUR
                floor       cost, minimum 5.00 EUR: not reached
                ceiling     compare-at price: not reached
                rounding    to the nearest price ending in .99
                price       22.99 EUR
                compare-at  34.99 EUR
                cost        9.64 EUR
                """
        )
        #expect(explanation.result == book.price(for: subject))
    }

    @Test func `tells why there is no price`() throws {
        let book = try PriceBook(rules: [], rate: .identity(.eur, date: day("2026-07-06")))
        let subject = try PriceSubject(sourcePrice: money("0.00", .eur), candidateRules: [])
        #expect(
            book.explanation(for: subject).description == """
                source      price 0.00 EUR, no cost
                rate        none: both stores are in EUR
                rule        none set: plain conversion
                price       none. The source's price is zero or negative: no price is made of it.
                compare-at  left as it is
                """
        )
    }

    @Test func `tells which limit was hit, and a negative value on the way`() throws {
        let book = try PriceBook(
            rules: [PriceRule(offset: money("-20.00", .eur), floor: .cost, minimum: money("5.00", .eur))],
            rate: rate("0.925", .usd, .eur)
        )
        let subject = try PriceSubject(sourcePrice: money("10.00", .usd), candidateRules: [0])
        #expect(
            book.explanation(for: subject).description == """
                source      price 10.00 USD, no cost
                rate        1 USD = 0.925 EUR (2026-07-06, table in settings)
                rule        1 of 1: all products
                converted   9.25 EUR
                offset      -20.00 EUR: -10.75 EUR
                floor       cost, but the source gives none, minimum 5.00 EUR: raises the price
                rounding    half-even to the minor unit
                price       5.00 EUR
                compare-at  none
                """
        )
    }
}
