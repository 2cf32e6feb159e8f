/// The range of source prices and costs that a price rule is for, in the source's currency.
///
/// "From" takes the amount itself, "below" does not, so that tiers can follow one another without a gap. A variant without
/// a cost is in no range of costs.
public struct PriceTier: Hashable, Sendable, Codable {
    /// The least source price.
    public var priceFrom: Money?
    /// What the source price must be less than.
    public var priceBelow: Money?
    /// The least source cost.
    public var costFrom: Money?
    /// What the source cost must be less than.
    public var costBelow: Money?

    /// A range; bounds that are left out are open.
    public init(
        priceFrom: Money? = nil,
        priceBelow: Money? = nil,
        costFrom: Money? = nil,
        costBelow: Money? = nil
    ) {
        self.priceFrom = priceFrom
        self.priceBelow = priceBelow
        self.costFrom = costFrom
        self.costBelow = costBelow
    }

    /// Whether every price and cost is in the range, known or not.
    public var isOpen: Bool { priceFrom == nil && priceBelow == nil && costFrom == nil && costBelow == nil }

    func check(rule: Int, source: Currency) throws(PricingError) {
        let bounds = [
            ("price_from", priceFrom), ("price_below", priceBelow), ("cost_from", costFrom), ("cost_below", costBelow),
        ]
        for case (let key, let amount?) in bounds where amount.currency != source {
            throw .ruleInOtherCurrency(rule: rule, key: key, expected: source, found: amount.currency)
        }
        for (key, from, below) in [("price", priceFrom, priceBelow), ("cost", costFrom, costBelow)] {
            if let from, let below, from.minorUnits >= below.minorUnits {
                throw .ruleContradicts(rule: rule, key: key, from: from, below: below)
            }
        }
    }
}

extension PriceTier: CustomStringConvertible {
    /// As in "price from 10.00 USD, price below 50.00 USD"; empty for an open range.
    public var description: String {
        [
            priceFrom.map { "price from \($0)" }, priceBelow.map { "price below \($0)" },
            costFrom.map { "cost from \($0)" }, costBelow.map { "cost below \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }
}
