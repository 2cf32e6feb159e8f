public import Catalog

/// A field that does not take its correction.
public struct AttemptRecord: Sendable, Hashable {
    /// What went wrong each time.
    public enum Kind: String, Sendable, Hashable {
        /// It was written, and had drifted again at the next run.
        case unheld
        /// The store refused it with the same code.
        case failed
    }

    /// The item.
    public let sku: SKU
    /// The field of the item.
    public let field: CatalogField
    /// What went wrong.
    public let kind: Kind
    /// How many times it went so.
    public let count: Int
    /// The value that was written, or the error's code.
    public let detail: String

    /// Puts the parts together.
    public init(sku: SKU, field: CatalogField, kind: Kind, count: Int, detail: String) {
        self.sku = sku
        self.field = field
        self.kind = kind
        self.count = count
        self.detail = detail
    }
}
