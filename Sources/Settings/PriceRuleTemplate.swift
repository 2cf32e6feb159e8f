public import Pricing

/// A price rule as the settings file has it: the currencies of its amounts are known only when the shops are read.
public struct PriceRuleTemplate: Sendable, Hashable {
    /// A lowest price.
    public enum Floor: Sendable, Hashable {
        /// The converted cost.
        case cost
        /// An amount in the destination's currency.
        case amount(ExactDecimal)
    }

    /// A highest price.
    public enum Ceiling: Sendable, Hashable {
        /// The compare-at price: converted, marked up and offset by the same rule.
        case compareAt
        /// An amount in the destination's currency.
        case amount(ExactDecimal)
    }

    /// Where the rule begins in the file, for what turns out to be wrong once the currencies are known.
    public let place: SettingsPlace
    /// Which items it is for.
    public let match: PriceMatch
    /// From this source price on, in the source's currency.
    public let from: ExactDecimal?
    /// Below this source price, in the source's currency.
    public let below: ExactDecimal?
    /// From this cost on, in the source's currency.
    public let costFrom: ExactDecimal?
    /// Below this cost, in the source's currency.
    public let costBelow: ExactDecimal?
    /// Added to the converted price, as its share; above −100 %.
    public let markup: Percent
    /// Added after the markup, in the destination's currency.
    public let offset: ExactDecimal?
    /// How the price is rounded.
    public let rounding: PriceRounding
    /// The lowest price.
    public let floor: Floor?
    /// Another lowest price, in the destination's currency.
    public let minimum: ExactDecimal?
    /// The highest price.
    public let ceiling: Ceiling?

    /// The rule with its amounts in their currencies, checked.
    ///
    /// - Throws: what doesn't go together with the currencies, such as the ending ".99" in JPY.
    public func rule(
        number: Int,
        source: Currency,
        destination: Currency
    ) throws(PricingError) -> PriceRule {
        let floorAmount: PriceFloor? =
            switch floor {
            case .cost: .cost
            case .amount(let amount): .amount(try Money(parsing: amount.description, as: destination))
            case nil: nil
            }
        let ceilingAmount: PriceCeiling? =
            switch ceiling {
            case .compareAt: .compareAt
            case .amount(let amount): .amount(try Money(parsing: amount.description, as: destination))
            case nil: nil
            }
        let rule = PriceRule(
            match: match,
            tier: PriceTier(
                priceFrom: try Self.money(from, source),
                priceBelow: try Self.money(below, source),
                costFrom: try Self.money(costFrom, source),
                costBelow: try Self.money(costBelow, source)
            ),
            markup: markup,
            offset: try Self.money(offset, destination),
            rounding: rounding,
            floor: floorAmount,
            minimum: try Self.money(minimum, destination),
            ceiling: ceilingAmount
        )
        try rule.check(number: number, source: source, destination: destination)
        return rule
    }

    private static func money(_ amount: ExactDecimal?, _ currency: Currency) throws(PricingError) -> Money? {
        guard let amount else { return nil }
        return try Money(parsing: amount.description, as: currency)
    }
}

extension DestinationSettings {
    /// The price rules with their amounts in the shops' currencies.
    ///
    /// - Throws: everything that doesn't go together with the currencies, with its place in the settings file.
    public func priceRules(source: Currency, destination: Currency) throws(SettingsErrors) -> [PriceRule] {
        var rules: [PriceRule] = []
        var errors: [SettingsError] = []
        for (index, template) in priceRules.enumerated() {
            do {
                rules.append(try template.rule(number: index + 1, source: source, destination: destination))
            } catch {
                errors.append(
                    SettingsError(template.place, "\(error)", "prices at \(store.shop) are in \(destination)")
                )
            }
        }
        guard errors.isEmpty else { throw SettingsErrors(errors) }
        return rules
    }

    /// What of the price rules doesn't go together with the shops' currencies; `check` tells it before any run.
    public func problems(sourceCurrency: Currency, destinationCurrency: Currency) -> [SettingsError] {
        do {
            _ = try priceRules(source: sourceCurrency, destination: destinationCurrency)
            return []
        } catch {
            return error.errors
        }
    }
}
