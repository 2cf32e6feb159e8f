/// What a price book makes of one variant.
public struct PricedResult: Hashable, Sendable {
    /// The price, or why there is none.
    public let price: PriceVerdict
    /// What becomes of the compare-at price.
    public let compareAt: CompareAtVerdict
    /// The plainly converted cost; nil where the source has none.
    public let cost: Money?
    /// The rule that counted, as an index into the book's rules; nil for a plain conversion.
    public let rule: Int?
    /// What happened on the way.
    public let marks: PriceMarks
}

/// The price, or why there is none.
public enum PriceVerdict: Hashable, Sendable {
    /// A price above zero, within floors and ceiling.
    case priced(Money)
    /// No price is to be written (FAULTS MO-4).
    case refused(PriceRefusal)

    /// The price, nil if it was refused.
    public var money: Money? {
        guard case .priced(let money) = self else { return nil }
        return money
    }
}

/// Why a variant gets no price (FAULTS MO-4).
public enum PriceRefusal: UInt8, Hashable, Sendable, Codable {
    /// The source's price is zero or negative.
    case sourceNotPositive
    /// The computed price is zero, negative, or rounds to zero.
    case notAboveZero
    /// No price lies between floor and ceiling.
    case floorAboveCeiling
    /// The price can't be counted in 63 bits.
    case outOfRange
    /// The source's amounts are not in the currency the rate is from (FAULTS MO-8).
    case otherCurrency
}

extension PriceRefusal: CustomStringConvertible {
    /// A full sentence.
    public var description: String {
        switch self {
        case .sourceNotPositive: "The source's price is zero or negative: no price is made of it."
        case .notAboveZero: "The computed price is not above zero: it is never written; look at markup and offset."
        case .floorAboveCeiling: "No price lies between the rule's floor and its ceiling: change one of them."
        case .outOfRange: "The computed price is too large to be counted: look at the rate and the markup."
        case .otherCurrency: "The source's amounts are in another currency than the rate is from: check both stores."
        }
    }
}

/// What becomes of a compare-at price (FAULTS MO-6).
public enum CompareAtVerdict: Hashable, Sendable {
    /// The source has none, and the destination is to have none.
    case none
    /// Converted, marked up and rounded as the price.
    case price(Money)
    /// The source has one, but it is not above the price here (or not above zero): the field is cleared and listed.
    case cleared
    /// The price was refused; the destination's compare-at price stays as it is.
    case held

    /// The compare-at price to have, nil for none.
    public var money: Money? {
        guard case .price(let money) = self else { return nil }
        return money
    }
}

/// What happened on the way to a price.
public struct PriceMarks: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Marks of these bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The floor or the minimum raised the price.
    public static let raisedToFloor = PriceMarks(rawValue: 1)
    /// The ceiling lowered the price.
    public static let loweredToCeiling = PriceMarks(rawValue: 2)
    /// The rule's floor is the cost, but the source gives none, so that floor did not apply.
    public static let floorCostMissing = PriceMarks(rawValue: 4)
}
