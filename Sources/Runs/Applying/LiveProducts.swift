import Catalog
import Reconciliation

/// What the store has now in the fields of some corrections.
struct LiveProducts: Sendable {
    var variants: [Int64: LiveVariant]
    var products: [Int64: ProductRecord]

    func value(of item: Numbered) -> FieldValue? {
        let target = item.correction.target
        return item.correction.field.owner == .product
            ? products[target.product]?[item.correction.field] : variants[target.variant]?.values[item.correction.field]
    }
}

extension CorrectionApplier {
    /// Why an item need not or must not be written.
    func objection(to item: Numbered, _ live: LiveProducts) -> CorrectionOutcome? {
        let correction = item.correction
        guard let variant = live.variants[correction.target.variant], let found = live.value(of: item) else {
            return .left(reason: "it is gone from the store")
        }
        let expected = aliases[correction.sku] ?? correction.sku
        guard let sku = SKU(variant.sku), sku == expected, variant.product == correction.target.product else {
            return .moved(found: "the SKU \(variant.sku ?? "") on this variant")
        }
        if equality.same(found, correction.new, field: correction.field) { return .alreadyThere }
        guard equality.same(found, correction.old, field: correction.field) else {
            return .moved(found: found.displayText)
        }
        return nil
    }
}
