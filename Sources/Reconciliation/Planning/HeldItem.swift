public import Catalog

/// A field of a SKU, or a whole SKU, that the plan does not touch although it differs.
public struct HeldItem: Sendable, Hashable, Codable {
    /// The SKU.
    public let sku: SKU
    /// The field, or `nil` where the whole SKU is held.
    public let field: CatalogField?
    /// Why.
    public let reason: HoldReason
    /// The source's own value, as text; empty where there is none.
    public let source: String
    /// The value the destination has, as text.
    public let old: String
    /// The value that would have been written, as text.
    public let wanted: String
    /// The number of the price rule (from 1) that made the wanted amount; `nil` where none did.
    public let rule: Int?
    /// Who moved.
    public let verdict: Verdict
    /// The ids at the destination, where there is one match.
    public let target: CorrectionTarget?
    /// The title of the product, for people.
    public let product: String

    /// An item with what is known of it.
    public init(
        sku: SKU,
        field: CatalogField?,
        reason: HoldReason,
        source: String = "",
        old: String = "",
        wanted: String = "",
        rule: Int? = nil,
        verdict: Verdict,
        target: CorrectionTarget?,
        product: String
    ) {
        self.sku = sku
        self.field = field
        self.reason = reason
        self.source = source
        self.old = old
        self.wanted = wanted
        self.rule = rule
        self.verdict = verdict
        self.target = target
        self.product = product
    }
}

/// Why an item is held or refused.
///
/// The raw value is the reports' word for it.
public enum HoldReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The SKU stands on several variants of the source (FAULTS MA-1).
    case duplicateAtSource = "duplicate at source"
    /// The SKU stands on several variants of the destination (FAULTS MA-1).
    case duplicateAtDestination = "duplicate at destination"
    /// The SKU is on another variant than at the last run (FAULTS MA-4).
    case moved = "sku moved"
    /// Variants of one destination product come from several source products, so that its product fields have no one value.
    case mixedProduct = "product fields disagree"
    /// The price would move further than one step may (FAULTS MO-5).
    case priceStep = "price step too large"
    /// The price would be under the share of the last written price that the built-in floor allows (FAULTS MO-4).
    case underLastPrice = "under the last price floor"
    /// The price would be zero or less (FAULTS MO-4).
    case noPrice = "price zero or less"
    /// An amount has more decimals than its currency, or another currency than its shop (FAULTS MO-2, MO-8).
    case unreadableAmount = "amount not readable"
    /// A price rule or the rate gives no price.
    case noRate = "no accepted rate"
    /// Corrections of this field did not hold three times (FAULTS PL-7).
    case contested = "contested"
    /// The store refused this write with the same error three times (FAULTS AP-2).
    case parked = "parked"
    /// The value is over a limit of the platform (FAULTS AP-9).
    case overLimit = "over a platform limit"
    /// The source's status or another enum has a value this program does not know, or its weight or country does not read.
    case unknownValue = "unknown value"

    /// Whether the value itself is refused, rather than waiting for a person.
    public var isRefusal: Bool {
        switch self {
        case .underLastPrice, .noPrice, .unreadableAmount, .noRate, .overLimit, .unknownValue: true
        default: false
        }
    }

    /// Whether there is another value that would have been written; an absent one is a value as well.
    public var hasWantedValue: Bool {
        switch self {
        case .priceStep, .underLastPrice, .contested, .parked, .mixedProduct, .overLimit: true
        default: false
        }
    }

    /// Whether `approve --held` can release it.
    public var isReleasable: Bool {
        self == .priceStep || self == .moved
    }
}

extension HeldItem {
    /// Sorts by SKU, field, reason and location.
    static func sort(_ held: inout [HeldItem]) {
        SKUOrder.sort(&held, by: \.sku, then: stands)
    }

    /// Sorted lists in one.
    static func merged(_ lists: [[HeldItem]]) -> [HeldItem] {
        SKUOrder.merged(lists, by: \.sku, then: stands)
    }

    /// The order of held items of one SKU.
    @Sendable private static func stands(_ left: HeldItem, before right: HeldItem) -> Bool {
        (left.field?.position ?? -1, left.reason.rawValue, left.target?.location ?? 0)
            < (right.field?.position ?? -1, right.reason.rawValue, right.target?.location ?? 0)
    }
}
