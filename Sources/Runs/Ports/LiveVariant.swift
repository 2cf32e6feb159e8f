public import Catalog

/// Some fields of a variant as a store has them now, and what it is known by.
public struct LiveVariant: Sendable, Hashable {
    /// The number of its product.
    public let product: Int64
    /// The SKU's text, blank or not; `nil` where the store has null.
    public let sku: String?
    /// The fields that were asked for.
    public let values: [CatalogField: FieldValue]

    /// Puts the parts together.
    public init(product: Int64, sku: String?, values: [CatalogField: FieldValue]) {
        self.product = product
        self.sku = sku
        self.values = values
    }

    /// The part of a whole record that was asked for.
    public init(_ record: VariantRecord, fields: FieldSet) {
        self.init(
            product: record.product.number,
            sku: record.sku,
            values: Dictionary(
                fields.fields.compactMap { field in record[field].map { (field, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }
}

extension Store {
    /// Reads whole records and keeps what was asked for.
    ///
    /// An adapter that can read less for less does so.
    public func variants(
        _ numbers: [Int64],
        fields: FieldSet
    ) async throws(StoreError) -> [Int64: LiveVariant] {
        try await variants(numbers).mapValues { LiveVariant($0, fields: fields) }
    }

    /// No way to write in bulk.
    public var bulk: (any BulkWriting)? { nil }
}
