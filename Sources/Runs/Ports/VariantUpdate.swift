public import Catalog

/// New values of one variant.
public struct VariantUpdate: Sendable, Hashable {
    /// The number of the variant.
    public let variant: Int64
    /// What shall stand in it; other fields stay as they are.
    public let values: [CatalogField: FieldValue]

    /// Puts the parts together.
    public init(variant: Int64, values: [CatalogField: FieldValue]) {
        self.variant = variant
        self.values = values
    }
}
