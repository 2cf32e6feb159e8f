import Reconciliation

/// A query that Shopify carries out by itself, writing its result to a file.
struct BulkQuery: Sendable {
    let name: String
    let text: String
    /// The name of the result on local disk.
    let fileName: String

    static let catalog = BulkQuery(
        name: "CatalogByBulk",
        text: String(decoding: PackageResources.CatalogByBulk_graphql, as: UTF8.self),
        fileName: "catalog.jsonl"
    )
    static let collections = BulkQuery(
        name: "CollectionsByBulk",
        text: String(decoding: PackageResources.CollectionsByBulk_graphql, as: UTF8.self),
        fileName: "collections.jsonl"
    )

    static let variants = BulkQuery(
        name: "VariantsByBulk",
        text: String(decoding: PackageResources.VariantsByBulk_graphql, as: UTF8.self),
        fileName: "variants.jsonl"
    )
    static let products = BulkQuery(
        name: "ProductsByBulk",
        text: String(decoding: PackageResources.ProductsByBulk_graphql, as: UTF8.self),
        fileName: "products.jsonl"
    )

    /// Tells a changed query: an export of another one is of no use.
    var digest: String { SHA256Digest(of: text.utf8).hex }

    /// Whether the store names this query, however it lays out white space.
    func isText(_ other: String) -> Bool {
        Self.words(text) == Self.words(other)
    }

    private static func words(_ text: String) -> [[UInt8]] {
        text.utf8.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }.map(Array.init)
    }
}
