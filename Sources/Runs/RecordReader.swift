import Catalog
import Reconciliation
import Snapshots

/// Reads the full values of rows back from the snapshots' files: only of those that somebody has to look at.
enum RecordReader {
    /// Both sides of some pairs: of products only the title, where a pair has no difference in them.
    static func pairs(
        _ pairs: some Collection<RowDifference>,
        of comparison: CatalogComparison
    ) throws(SnapshotError) -> PairRecords {
        var source = Wanted()
        var destination = Wanted()
        for pair in pairs {
            let fields = pair.fields.union(pair.undecided).intersection(Self.ofProducts)
            source.add(pair.source, fields: fields, in: comparison.source)
            destination.add(pair.destination, fields: fields, in: comparison.destination)
        }
        return PairRecords(
            source: try source.table(in: comparison.source),
            destination: try destination.table(in: comparison.destination)
        )
    }

    /// Variants by row number, with their products.
    static func table(of rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> RecordTable {
        var wanted = Wanted()
        for row in rows { wanted.add(row, fields: FieldSet(), in: snapshot) }
        return try wanted.table(in: snapshot)
    }

    private static let ofProducts = FieldSet(CatalogField.allCases.filter { $0.owner == .product })

    /// The rows of one snapshot to be read.
    private struct Wanted {
        private var variants: [Int] = []
        /// Whether more than the title is wanted of a product.
        private var products: [Int: Bool] = [:]

        mutating func add(_ row: Int, fields: FieldSet, in snapshot: PackedSnapshot) {
            variants.append(row)
            let product = Int(snapshot.variants[row].product)
            if !fields.isEmpty {
                products[product] = true
            } else if products[product] == nil {
                products[product] = false
            }
        }

        func table(in snapshot: PackedSnapshot) throws(SnapshotError) -> RecordTable {
            var table = RecordTable()
            table.variants.reserveCapacity(variants.count)
            table.products.reserveCapacity(products.count)
            for (row, variant) in zip(variants, try snapshot.records(ofVariants: variants)) {
                table.variants[row] = variant
            }
            let whole = products.compactMap { $0.value ? $0.key : nil }
            for product in try snapshot.records(ofProducts: whole) { table.products[product.id] = product }
            let titled = products.compactMap { $0.value ? nil : $0.key }
            for product in try snapshot.titles(ofProducts: titled) { table.products[product.id] = product }
            return table
        }
    }
}
