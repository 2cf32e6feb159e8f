public import Catalog
import Pricing

/// One field of one SKU that has to change at a destination.
///
/// A class of constants: a plan of many is sorted and handed on without copying them.
public final class Correction: Sendable, Hashable, Codable {
    /// The SKU at the source.
    public let sku: SKU
    /// The field.
    public let field: CatalogField
    /// What is written.
    public let target: CorrectionTarget
    /// The source's own value, in the source's currency for money.
    public let source: FieldValue
    /// The value the snapshot found at the destination: the precondition of the write.
    public let old: FieldValue
    /// The value to write.
    public let new: FieldValue
    /// Who moved.
    public let verdict: Verdict
    /// How a money value came about: the number of the price rule (from 1) where one matched.
    public let rule: Int?
    /// The title of the destination's product, for people.
    public let product: String

    /// A correction of these values.
    public init(
        sku: SKU,
        field: CatalogField,
        target: CorrectionTarget,
        source: FieldValue,
        old: FieldValue,
        new: FieldValue,
        verdict: Verdict,
        rule: Int?,
        product: String
    ) {
        self.sku = sku
        self.field = field
        self.target = target
        self.source = source
        self.old = old
        self.new = new
        self.verdict = verdict
        self.rule = rule
        self.product = product
    }

    /// Whether both write the same to the same place, for the same reason.
    public static func == (left: Correction, right: Correction) -> Bool {
        left.sku == right.sku
            && left.field == right.field
            && left.target == right.target
            && left.source == right.source
            && left.old == right.old
            && left.new == right.new
            && left.verdict == right.verdict
            && left.rule == right.rule
            && left.product == right.product
    }

    /// What is written where; the rest follows from it but for different plans.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(field)
        hasher.combine(target)
        hasher.combine(new)
    }
}

/// Where a correction is written: ids of the destination store.
public struct CorrectionTarget: Sendable, Hashable, Codable {
    /// The product's number.
    public let product: Int64
    /// The variant's number.
    public let variant: Int64
    /// The number of the variant's inventory item.
    public let inventoryItem: Int64
    /// The number of the location, for stock.
    public let location: Int64?
    /// Whether the item has no level at the location yet, so that it is activated there instead of set.
    public let activates: Bool

    /// A target of these ids.
    public init(product: Int64, variant: Int64, inventoryItem: Int64, location: Int64? = nil, activates: Bool = false) {
        self.product = product
        self.variant = variant
        self.inventoryItem = inventoryItem
        self.location = location
        self.activates = activates
    }
}

extension Correction: Comparable {
    /// By SKU, then field, then target: the order in which a plan is printed and applied.
    public static func < (left: Correction, right: Correction) -> Bool {
        left.sku == right.sku ? left.stands(before: right) : left.sku < right.sku
    }

    /// The order of corrections of one SKU.
    func stands(before other: Correction) -> Bool {
        if field != other.field { return field < other.field }
        return (target.variant, target.location ?? 0) < (other.target.variant, other.target.location ?? 0)
    }
}

extension Correction {
    /// Sorts by SKU, field and target.
    static func sort(_ corrections: inout [Correction]) {
        SKUOrder.sort(&corrections, by: \.sku) { $0.stands(before: $1) }
    }

    /// Sorted lists in one.
    static func merged(_ lists: [[Correction]]) -> [Correction] {
        SKUOrder.merged(lists, by: \.sku) { $0.stands(before: $1) }
    }
}
