/// How prices are made of the source's for the products it matches.
///
/// Of a destination's rules, the first that fits counts. The order of steps is fixed: convert × markup, plus offset, then floors and ceiling on the exact value, then one
/// rounding, which still respects floors and ceiling.
public struct PriceRule: Hashable, Sendable, Codable {
    /// Which products the rule is for.
    public var match: PriceMatch
    /// The range of source prices and costs it is for.
    public var tier: PriceTier
    /// Added to the converted price; above −100 %, negative for a mark-down.
    public var markup: Percent
    /// Added after the markup, in the destination's currency; may be negative.
    public var offset: Money?
    /// How the exact value becomes a price.
    public var rounding: PriceRounding
    /// What the price never goes below.
    public var floor: PriceFloor?
    /// Another amount the price never goes below, in the destination's currency.
    public var minimum: Money?
    /// What the price never goes above.
    public var ceiling: PriceCeiling?

    /// A rule; what is left out changes nothing.
    public init(
        match: PriceMatch = .all,
        tier: PriceTier = PriceTier(),
        markup: Percent = .zero,
        offset: Money? = nil,
        rounding: PriceRounding = .halfEven,
        floor: PriceFloor? = nil,
        minimum: Money? = nil,
        ceiling: PriceCeiling? = nil
    ) {
        self.match = match
        self.tier = tier
        self.markup = markup
        self.offset = offset
        self.rounding = rounding
        self.floor = floor
        self.minimum = minimum
        self.ceiling = ceiling
    }

    /// Checks the rule by itself, before any rate is known.
    ///
    /// - Parameters:
    ///   - number: its place among the destination's rules, counted from 1, for the message.
    ///   - source: the currency of the source store.
    ///   - destination: the currency of the destination store.
    /// - Throws: the first thing that is wrong with the rule, naming its number and key.
    public func check(number: Int, source: Currency, destination: Currency) throws(PricingError) {
        guard markup > Percent(-100) else { throw .markupLeavesNothing(rule: number, markup) }
        _ = try rounding.grid(in: destination)
        try tier.check(rule: number, source: source)
        if let offset { try require(offset, in: destination, key: "offset", rule: number) }
        if case .amount(let amount) = floor { try requireLimit(amount, in: destination, key: "floor", rule: number) }
        if let minimum { try requireLimit(minimum, in: destination, key: "minimum", rule: number) }
        if case .amount(let amount) = ceiling {
            try requireLimit(amount, in: destination, key: "ceiling", rule: number)
        }
    }

    private func require(_ amount: Money, in currency: Currency, key: String, rule: Int) throws(PricingError) {
        guard amount.currency == currency else {
            throw .ruleInOtherCurrency(rule: rule, key: key, expected: currency, found: amount.currency)
        }
    }

    private func requireLimit(_ amount: Money, in currency: Currency, key: String, rule: Int) throws(PricingError) {
        try require(amount, in: currency, key: key, rule: rule)
        guard amount.minorUnits > 0 else { throw .ruleLimitNotPositive(rule: rule, key: key, amount) }
    }
}

/// What a price never goes below.
public enum PriceFloor: Hashable, Sendable, Codable {
    /// The plainly converted cost. Without a cost there is no such floor; the result says so.
    case cost
    /// An amount in the destination's currency.
    case amount(Money)
}

/// What a price never goes above.
public enum PriceCeiling: Hashable, Sendable, Codable {
    /// The compare-at price, converted, marked up and offset by the same rule. Without one there is no ceiling.
    case compareAt
    /// An amount in the destination's currency.
    case amount(Money)
}
