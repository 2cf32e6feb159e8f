import Catalog
import Pricing
import Reconciliation
import Snapshots

/// Reads the full values of pairs back from the snapshots' files: only of those that somebody has to look at.
///
/// Not Sendable: each thread that plans has its own.
final class RecordReader {
    private let comparison: CatalogComparison
    private let source: RecordSource
    private let destination: RecordSource

    init(_ comparison: CatalogComparison) {
        self.comparison = comparison
        source = RecordSource(comparison.source)
        destination = RecordSource(comparison.destination)
    }

    /// Both sides of some pairs in their order, as far as a planner looks at them.
    ///
    /// Of products only what differs is read, and the destination's title. Of a source's variant whose amounts or stock alone differ,
    /// the packed row tells all.
    func pairs(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> [PairRecord?] {
        let variantsThere = try destination.variants(pairs.map { ($0.destination, $0.fields.union($0.undecided)) })
        let productsThere = try productsThere(pairs)
        let productsHere = try productsHere(pairs)
        let variantsHere = try variantsHere(pairs, partners: variantsThere)
        return pairs.enumerated().map { place, pair in
            PairRecord(
                pair,
                source: variantsHere[place],
                of: productsHere[place],
                destination: variantsThere[place],
                of: productsThere[place]
            )
        }
    }

    private func variantsHere(
        _ pairs: some Collection<RowDifference>,
        partners: [VariantRecord]
    ) throws(SnapshotError) -> [VariantRecord] {
        let (here, there) = (comparison.source.variants, comparison.destination.variants)
        var records = partners
        var unpacked: [(place: Int, row: Int, fields: FieldSet)] = []
        for (place, pair) in pairs.enumerated() {
            let row = here[pair.source]
            let fields = pair.fields.union(pair.undecided).subtracting(Self.ofProducts)
            if fields.isSubset(of: Self.packedFields), row.flags.isDisjoint(with: Self.unreadableAmounts),
                row.sku == there[pair.destination].sku
            {
                let product = comparison.source.productID(Int(row.product))
                records[place] = VariantRecord(row, product, of: comparison.source, sku: partners[place].sku)
            } else {
                // Price rules look at all amounts, whichever differs.
                unpacked.append((place, pair.source, fields.union(Self.packedFields)))
            }
        }
        let found = try source.variants(unpacked.map { ($0.row, $0.fields) })
        for (entry, record) in zip(unpacked, found) { records[entry.place] = record }
        return records
    }

    private func productsThere(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> [ProductRecord] {
        let rows = comparison.destination.variants
        var runs = ProductRuns()
        for pair in pairs {
            runs.append(Int(rows[pair.destination].product), Self.productFields(pair).union(FieldSet([.title])))
        }
        return runs.spread(try destination.products(runs.wanted))
    }

    private func productsHere(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> [ProductRecord?] {
        let rows = comparison.source.variants
        var runs = ProductRuns()
        for pair in pairs { runs.append(Int(rows[pair.source].product), Self.productFields(pair)) }
        var found = try source.products(runs.wanted.filter { !$0.fields.isEmpty }).makeIterator()
        return runs.spread(runs.wanted.map { $0.fields.isEmpty ? nil : found.next() })
    }

    private static let packedFields = FieldSet([.price, .compareAtPrice, .cost, .inventory])
    private static let ofProducts = FieldSet(CatalogField.allCases.filter { $0.owner == .product })
    private static let unreadableAmounts: VariantRow.Flags = [
        .priceUnreadable, .compareAtPriceUnreadable, .costUnreadable,
    ]

    private static func productFields(_ pair: RowDifference) -> FieldSet {
        pair.fields.union(pair.undecided).intersection(ofProducts)
    }
}

/// The products of pairs in their order: those of one product mostly follow one another, and share one record.
private struct ProductRuns {
    /// Each product once, with all that is wanted of it.
    private(set) var wanted: [(row: Int, fields: FieldSet)] = []
    /// The product of each pair, by its place.
    private var places: [Int] = []

    /// Adds the product of the next pair.
    mutating func append(_ product: Int, _ fields: FieldSet) {
        if let last = wanted.last, last.row == product {
            wanted[wanted.count - 1].fields.formUnion(fields)
        } else {
            wanted.append((product, fields))
        }
        places.append(wanted.count - 1)
    }

    /// The record of each pair, of those that were read for ``wanted``.
    func spread<Record>(_ records: [Record]) -> [Record] { places.map { records[$0] } }
}

extension VariantRecord {
    /// What a packed row tells of a variant whose amounts can be read: ids and amounts.
    fileprivate convenience init(_ row: VariantRow, _ product: ResourceID, of snapshot: PackedSnapshot, sku: String?) {
        func amount(_ units: Int64) -> FieldValue {
            guard units != VariantRow.noNumber else { return .absent }
            return .amount(Money(minorUnits: units, currency: snapshot.currency))
        }
        self.init(
            id: ResourceID(.variant, row.id),
            product: product,
            inventoryItem: ResourceID(.inventoryItem, 0),
            title: "",
            sku: sku,
            barcode: nil,
            price: amount(row.price),
            compareAtPrice: amount(row.compareAtPrice),
            cost: amount(row.cost),
            taxable: row.flags.contains(.taxable),
            inventoryPolicy: "",
            tracked: row.flags.contains(.tracked),
            requiresShipping: row.flags.contains(.requiresShipping),
            countryOfOrigin: nil,
            hsCode: nil,
            weight: nil
        )
    }
}
