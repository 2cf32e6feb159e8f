/// A destination's price rules with the rate of this run: makes prices of the source's.
///
/// Whether a rule's match fits a row is the caller's to decide, since rows are packed; the book looks at the tiers. Pricing
/// allocates nothing, and needs no 128-bit arithmetic for ordinary amounts and rates.
///
/// A class of constants, so that handing it on for each row copies nothing.
public final class PriceBook: Sendable {
    /// The rules in the settings' order.
    public let rules: [PriceRule]
    /// The rate, from the source's currency to the destination's.
    public let rate: ExchangeRate
    private let compiled: [CompiledRule]
    private let plain: CompiledRule

    /// Works out every rule with the rate, and checks it.
    ///
    /// - Throws: what ``PriceRule/check(number:source:destination:)`` throws, or ``PricingError/ruleTooLong(rule:)``.
    public init(rules: [PriceRule], rate: ExchangeRate) throws(PricingError) {
        var compiled: [CompiledRule] = []
        compiled.reserveCapacity(rules.count)
        for (offset, rule) in rules.enumerated() {
            compiled.append(try CompiledRule(rule, number: offset + 1, rate: rate))
        }
        self.rules = rules
        self.rate = rate
        self.compiled = compiled
        plain = try CompiledRule(PriceRule(), number: nil, rate: rate)
    }

    /// Prices one variant by the first candidate whose tier fits, else by plain conversion.
    ///
    /// - Parameters:
    ///   - source: the source's price.
    ///   - cost: the source's cost, in the same currency.
    ///   - compareAt: the source's compare-at price, in the same currency.
    ///   - candidateRules: indices of the rules whose match fits the row, in the rules' order.
    /// - Returns: price, compare-at price and cost, with the rule that counted.
    @inlinable
    public func price(
        source: Money,
        cost: Money?,
        compareAt: Money?,
        candidateRules: some Sequence<Int>
    ) -> PricedResult {
        for rule in candidateRules where fits(rule: rule, source: source, cost: cost) {
            return price(source: source, cost: cost, compareAt: compareAt, rule: rule)
        }
        return price(source: source, cost: cost, compareAt: compareAt, rule: nil)
    }

    /// Prices one variant by one rule whatever its tier says, or by plain conversion for nil and unknown indices.
    public func price(source: Money, cost: Money?, compareAt: Money?, rule: Int?) -> PricedResult {
        guard source.currency == rate.from,
            cost.map({ $0.currency == rate.from }) ?? true,
            compareAt.map({ $0.currency == rate.from }) ?? true
        else {
            return PricedResult(
                price: .refused(.otherCurrency),
                compareAt: .held,
                cost: nil,
                rule: rule,
                marks: []
            )
        }
        if let rule, compiled.indices.contains(rule) {
            return compiled[rule].price(
                source.minorUnits,
                cost: cost?.minorUnits,
                compareAt: compareAt?.minorUnits,
                rule: rule
            )
        }
        return plain.price(source.minorUnits, cost: cost?.minorUnits, compareAt: compareAt?.minorUnits, rule: nil)
    }

    /// Prices one variant.
    public func price(for subject: PriceSubject) -> PricedResult {
        price(
            source: subject.sourcePrice,
            cost: subject.sourceCost,
            compareAt: subject.sourceCompareAt,
            candidateRules: subject.candidateRules
        )
    }

    /// Whether a rule's tier takes these amounts of the source; false for an unknown index.
    public func fits(rule: Int, source: Money, cost: Money?) -> Bool {
        guard compiled.indices.contains(rule) else { return false }
        return compiled[rule].fits(price: source.minorUnits, cost: cost?.minorUnits)
    }

    /// A result worked out in 128 bits only; nil where even those overflow.
    ///
    /// The tests compare it with the usual way.
    func priceInWideNumbers(source: Money, cost: Money?, compareAt: Money?, rule: Int?) -> PricedResult? {
        (rule.map { compiled[$0] } ?? plain).priceInWideNumbers(
            source.minorUnits,
            cost: cost?.minorUnits,
            compareAt: compareAt?.minorUnits,
            rule: rule
        )
    }
}

/// What a price is made of: the source's amounts and the rules whose match fits.
public struct PriceSubject: Hashable, Sendable {
    /// The source's price.
    public var sourcePrice: Money
    /// The source's cost, in the same currency; nil where unknown.
    public var sourceCost: Money?
    /// The source's compare-at price, in the same currency.
    public var sourceCompareAt: Money?
    /// Indices of the rules whose match fits, in the rules' order.
    public var candidateRules: [Int]

    /// A subject; amounts that are left out are unknown or not there.
    public init(
        sourcePrice: Money,
        sourceCost: Money? = nil,
        sourceCompareAt: Money? = nil,
        candidateRules: [Int]
    ) {
        self.sourcePrice = sourcePrice
        self.sourceCost = sourceCost
        self.sourceCompareAt = sourceCompareAt
        self.candidateRules = candidateRules
    }
}
