public import Catalog

/// New values of one variant.
public struct VariantUpdate: Sendable, Hashable {
    public let variant: Int64
    public let values: [CatalogField: FieldValue]

    public init(variant: Int64, values: [CatalogField: FieldValue]) {
        self.variant = variant
        self.values = values
    }
}
