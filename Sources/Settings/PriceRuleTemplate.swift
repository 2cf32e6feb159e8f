public import Catalog
public import Pricing

/// A price rule as the settings file has it: its amounts are numbers whose currency is known only when the shops are read.
public struct PriceRuleTemplate: Sendable, Hashable {
    /// Which items the rule is for.
    public enum Match: Sendable, Hashable {
        /// Every item.
        case all
        /// The variant with exactly this SKU, as the source writes it.
        case sku(SKU)
        /// Products in the collection of exactly this title or handle.
        case collection(String)
        /// Products of exactly this vendor.
        case vendor(String)
        /// Products of exactly this type.
        case type(String)
        /// Products with this tag.
        case tag(String)
    }

    /// A lowest price.
    public enum Floor: Sendable, Hashable {
        /// The converted cost.
        case cost
        /// An amount in the destination's currency.
        case amount(ExactDecimal)
    }

    /// A highest price.
    public enum Ceiling: Sendable, Hashable {
        /// The converted compare-at price.
        case compareAt
        /// An amount in the destination's currency.
        case amount(ExactDecimal)
    }

    /// The one rounding at the end.
    public enum Rounding: Sendable, Hashable {
        /// To the minor unit, halves to the even one.
        case halfEven
        /// To whole units.
        case whole
        /// To the nearest multiple of 5 whole units.
        case nearestFive
        /// To an ending such as ".99", as the file has it.
        case ending(String)
    }

    /// Where the rule begins in the file.
    public let position: SettingsPosition
    /// Where the rule stands, such as `destinations[1].price_rules[0]`.
    public let path: String
    /// Which items it is for.
    public let match: Match
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
    public let rounding: Rounding
    /// The lowest price.
    public let floor: Floor?
    /// Another lowest price, in the destination's currency.
    public let minimum: ExactDecimal?
    /// The highest price.
    public let ceiling: Ceiling?

    /// Whether no item can pass this rule by.
    var takesEverything: Bool {
        match == .all && from == nil && below == nil && costFrom == nil && costBelow == nil
    }
}
