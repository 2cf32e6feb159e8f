import Catalog

extension FieldSet {
    /// The fields of a product.
    static let ofProducts = FieldSet(CatalogField.allCases.filter { $0.owner == .product })
    /// Price, compare-at price and cost.
    static let money = FieldSet(CatalogField.allCases.filter(\.isMoney))
}
