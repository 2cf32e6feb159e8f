import Pricing
import Settings
import Testing

struct PriceRuleTemplateTests {
    private func destination(_ rules: String) throws -> DestinationSettings {
        try #require(try parsed(minimal(destination: ", price_rules: \(rules)")).destinations.first)
    }

    @Test
    func `every part of a rule gets its currency`() throws {
        let rules = try destination(
            """
            [{ match: { sku: ["A", B] }, from: "10.00", below: 100, cost_from: 1.5, cost_below: 2, markup: -5.5%, \
            offset: "-1.50", ending: ".99", floor: cost, minimum: 4.99, ceiling: compare-at }, \
            { match: { type: Lamp }, rounding: nearest-0.05, floor: "9.99", ceiling: 99 }, { rounding: whole }]
            """
        ).priceRules(source: .usd, destination: .eur)
        let first = try PriceRule(
            match: .sku(["A", "B"]),
            tier: PriceTier(
                priceFrom: Money(parsing: "10", as: .usd),
                priceBelow: Money(parsing: "100", as: .usd),
                costFrom: Money(parsing: "1.50", as: .usd),
                costBelow: Money(parsing: "2", as: .usd)
            ),
            markup: Percent(parsing: "-5.5%"),
            offset: Money(parsing: "-1.50", as: .eur),
            rounding: .ending(PriceEnding(parsing: ".99")),
            floor: .cost,
            minimum: Money(parsing: "4.99", as: .eur),
            ceiling: .compareAt
        )
        let second = try PriceRule(
            match: .productType("Lamp"),
            rounding: .nearest(ExactDecimal(parsing: "0.05")),
            floor: .amount(Money(parsing: "9.99", as: .eur)),
            ceiling: .amount(Money(parsing: "99", as: .eur))
        )
        #expect(rules == [first, second, PriceRule(rounding: .whole)])
    }

    @Test
    func `what a currency can't have is told with its place, all at once`() throws {
        let destination = try destination(
            "[{ from: 5, ending: .99 }, { match: { tag: x }, minimum: 4.99 }, { markup: 5% }]"
        )
        #expect(destination.problems(sourceCurrency: .usd, destinationCurrency: .eur).isEmpty)
        let lines = destination.problems(sourceCurrency: .usd, destinationCurrency: .jpy).map(\.description)
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("/etc/synctec/team.yaml:3:64: destinations[0].price_rules[0]: ") == true)
        #expect(lines.last?.hasPrefix("/etc/synctec/team.yaml:3:90: destinations[0].price_rules[1]: ") == true)
        #expect(lines.allSatisfy { $0.hasSuffix("; prices at lumen-home.myshopify.com are in JPY") })
        #expect(throws: SettingsErrors.self) { try destination.priceRules(source: .usd, destination: .jpy) }
    }
}
