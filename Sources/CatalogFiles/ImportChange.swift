public import Catalog

/// One value that an import has to set in the store an export came from.
public struct ImportChange: Sendable, Hashable {
    /// The line on which the product begins in the export.
    public let product: Int64
    /// The line of the variant in the export.
    public let variant: Int64
    /// The field.
    public let field: CatalogField
    /// What it shall be.
    public let value: FieldValue

    /// A value for a row of an export.
    public init(product: Int64, variant: Int64, field: CatalogField, value: FieldValue) {
        self.product = product
        self.variant = variant
        self.field = field
        self.value = value
    }
}
