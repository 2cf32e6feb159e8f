/// A price rule with its rate, worked out so far that a price takes a few multiplications and one division.
///
/// All numerators stand over one denominator, `whole`. A price is first worked out in 64 bits; where that overflows, the
/// same code runs in 128.
struct CompiledRule: Sendable {
    private let tier: PriceBounds
    private let terms: RuleTerms
    private let wide: RuleScale<Int128>
    private let narrow: RuleScale<Int64>?

    /// `number` counts from 1; nil for the plain conversion that stands behind all rules.
    init(_ rule: PriceRule, number: Int?, rate: ExchangeRate) throws(PricingError) {
        try rule.check(number: number ?? 0, source: rate.from, destination: rate.to)
        guard let wide = RuleScale(rule, rate: rate) else {
            throw number.map { .ruleTooLong(rule: $0) } ?? .rateTooLong(from: rate.from, to: rate.to)
        }
        self.wide = wide
        narrow = RuleScale(exactly: wide)
        tier = PriceBounds(rule.tier)
        terms = RuleTerms(
            grid: try rule.rounding.grid(in: rate.to),
            currency: rate.to,
            hasCostFloor: rule.floor == .cost,
            hasCompareAtCeiling: rule.ceiling == .compareAt
        )
    }

    /// Whether the tier takes these minor units of the source.
    func fits(price: Int64, cost: Int64?) -> Bool { tier.contains(price: price, cost: cost) }

    /// The result for minor units of the source.
    func price(_ price: Int64, cost: Int64?, compareAt: Int64?, rule: Int?) -> PricedResult {
        if let narrow, let result = narrow.price(price, cost: cost, compareAt: compareAt, terms, rule: rule) {
            return result
        }
        return wide.price(price, cost: cost, compareAt: compareAt, terms, rule: rule)
            ?? PricedResult(price: .refused(.outOfRange), compareAt: .held, cost: nil, rule: rule, marks: [])
    }

    /// The same in 128 bits only, for tests and for the explanation.
    func priceInWideNumbers(_ price: Int64, cost: Int64?, compareAt: Int64?, rule: Int?) -> PricedResult? {
        wide.price(price, cost: cost, compareAt: compareAt, terms, rule: rule)
    }
}

/// A tier in minor units.
private struct PriceBounds: Sendable {
    private let isOpen: Bool
    private let hasCostBound: Bool
    private let priceFrom: Int64
    private let priceBelow: Int64?
    private let costFrom: Int64
    private let costBelow: Int64?

    init(_ tier: PriceTier) {
        isOpen = tier.isOpen
        hasCostBound = tier.costFrom != nil || tier.costBelow != nil
        priceFrom = tier.priceFrom?.minorUnits ?? .min
        priceBelow = tier.priceBelow?.minorUnits
        costFrom = tier.costFrom?.minorUnits ?? .min
        costBelow = tier.costBelow?.minorUnits
    }

    func contains(price: Int64, cost: Int64?) -> Bool {
        if isOpen { return true }
        guard price >= priceFrom, price < priceBelow ?? .max else { return false }
        guard hasCostBound else { return true }
        guard let cost else { return false }
        return cost >= costFrom && cost < costBelow ?? .max
    }
}

/// What of a compiled rule doesn't depend on the width of its numbers.
struct RuleTerms: Sendable {
    let grid: PriceGrid
    let currency: Currency
    let hasCostFloor: Bool
    let hasCompareAtCeiling: Bool
}
