import Catalog
import Reconciliation
import Snapshots

/// Reads the full values of rows back from the snapshots' files: only of those that somebody has to look at.
enum RecordReader {
    /// Both sides of every difference and of every moved SKU.
    static func pairs(of comparison: CatalogComparison) throws(SnapshotError) -> PairRecords {
        var sources: Set<Int> = []
        var destinations: Set<Int> = []
        for difference in comparison.differences {
            sources.insert(difference.source)
            destinations.insert(difference.destination)
        }
        for row in comparison.moved {
            sources.insert(Int(comparison.partners[row]) - 1)
            destinations.insert(row)
        }
        return PairRecords(
            source: try table(of: sources.sorted(), in: comparison.source),
            destination: try table(of: destinations.sorted(), in: comparison.destination)
        )
    }

    /// Variants by row number, with their products.
    static func table(of rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> RecordTable {
        var table = RecordTable()
        for (row, variant) in zip(rows, try snapshot.records(ofVariants: rows)) { table.variants[row] = variant }
        let variants = snapshot.variants
        let products = Set(rows.map { Int(variants[$0].product) }).sorted()
        for product in try snapshot.records(ofProducts: products) { table.products[product.id] = product }
        return table
    }
}
