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
        for row in rows {
            let variant = try snapshot.variantRecord(row)
            table.variants[row] = variant
            guard table.products[variant.product] == nil else { continue }
            table.products[variant.product] = try snapshot.productRecord(Int(snapshot.variants[row].product))
        }
        return table
    }
}
