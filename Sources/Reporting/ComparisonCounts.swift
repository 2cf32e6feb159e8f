public import Catalog
public import Reconciliation
import Snapshots

/// What two catalogues have in common and where they differ, counted row by row, whatever is held, refused or planned of it.
public struct ComparisonCounts: Sendable, Hashable {
    /// One side's SKU hygiene.
    public struct Side: Sendable, Hashable {
        /// Products.
        public let products: Int
        /// Variants.
        public let variants: Int
        /// Variants without a SKU.
        public let blankSKURows: Int
        /// Different SKUs that stand on several variants of this side.
        public let duplicateSKUs: Int
        /// The variants that bear them.
        public let duplicateRows: Int
    }

    /// The source.
    public let source: Side
    /// The destination.
    public let destination: Side
    /// SKUs that only the source has, and shares.
    public let missing: Int
    /// SKUs that only the destination has.
    public let extra: Int
    /// SKUs that the destination has and the source does not share.
    public let unshared: Int
    /// SKUs once on both sides, and shared.
    public let compared: Int
    /// For every compared field the compared SKUs that differ in it; a product's field counts for each of its variants.
    public let drift: [CatalogField: Int]
    /// The sum of ``drift``.
    public let driftRows: Int
    /// Compared SKUs that differ in at least one field.
    public let driftedSKUs: Int
    /// Fields of compared SKUs that nobody can judge: an amount or weight that does not read, or a price no rule gives.
    public let undecided: Int

    /// Counts a comparison in which these fields were compared.
    public init(_ comparison: CatalogComparison, of fields: FieldSet) {
        var drift = Dictionary(uniqueKeysWithValues: fields.fields.map { ($0, 0) })
        var counts = [Int](repeating: 0, count: CatalogField.allCases.count)
        var drifted = 0
        var undecided = 0
        for difference in comparison.differences {
            if !difference.fields.isEmpty { drifted += 1 }
            undecided += difference.undecided.rawValue.nonzeroBitCount
            var bits = difference.fields.rawValue
            while bits != 0 {
                counts[bits.trailingZeroBitCount] += 1
                bits &= bits - 1
            }
        }
        for field in CatalogField.allCases where counts[field.position] > 0 { drift[field] = counts[field.position] }
        self.drift = drift
        driftRows = counts.reduce(0, +)
        driftedSKUs = drifted
        self.undecided = undecided
        missing = comparison.missing.count
        extra = comparison.extra.count
        unshared = comparison.unshared.count
        compared = comparison.matched
        let left = comparison.source.statistics
        let right = comparison.destination.statistics
        let sources = comparison.duplicates.map(\.source.count).filter { $0 > 1 }
        let destinations = comparison.duplicates.map(\.destination.count).filter { $0 > 1 }
        source = Side(
            products: left.products,
            variants: left.variants,
            blankSKURows: left.blankSKUs,
            duplicateSKUs: sources.count,
            duplicateRows: sources.reduce(0, +)
        )
        destination = Side(
            products: right.products,
            variants: right.variants,
            blankSKURows: right.blankSKUs,
            duplicateSKUs: destinations.count,
            duplicateRows: destinations.reduce(0, +)
        )
    }
}
