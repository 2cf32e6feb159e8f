public import Catalog

/// Full values of rows that differ, read back from a snapshot.
public struct RecordTable: Sendable {
    /// Variants by row number.
    public var variants: [Int: VariantRecord]
    /// Products by id, with the title at least, and with those other fields in which a pair of theirs differs.
    public var products: [ResourceID: ProductRecord]

    /// A table of these records.
    public init(variants: [Int: VariantRecord] = [:], products: [ResourceID: ProductRecord] = [:]) {
        self.variants = variants
        self.products = products
    }

    /// A variant with its product; `nil` where either was not read.
    func pair(_ row: Int) -> (variant: VariantRecord, product: ProductRecord)? {
        guard let variant = variants[row], let product = products[variant.product] else { return nil }
        return (variant, product)
    }
}

/// Full values of both sides of the pairs that differ.
public struct PairRecords: Sendable {
    /// The source's rows.
    public var source: RecordTable
    /// The destination's rows.
    public var destination: RecordTable

    /// Both sides.
    public init(source: RecordTable, destination: RecordTable) {
        self.source = source
        self.destination = destination
    }
}
