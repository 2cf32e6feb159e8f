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
    /// Whether the destination's inventory items are wanted, which rows do not have.
    private let readsItems: Bool

    init(_ comparison: CatalogComparison, readsItems: Bool) {
        self.comparison = comparison
        self.readsItems = readsItems
        source = RecordSource(comparison.source)
        destination = RecordSource(comparison.destination)
    }

    /// Both sides of some pairs in their order, as far as a planner looks at them.
    ///
    /// Of products only what differs is read, and the destination's title. Of a variant whose amounts or stock alone differ, the
    /// packed row tells all but its inventory item.
    func pairs(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> [PairRecord?] {
        let variantsThere = try variantsThere(pairs)
        let productsThere = try productsThere(pairs)
        let productsHere = try productsHere(pairs)
        let variantsHere = try variantsHere(pairs, partners: variantsThere)
        return pairs.enumerated().map { place, pair in
            guard let here = variantsHere[place], let there = variantsThere[place] else { return nil }
            return PairRecord(pair, source: here, of: productsHere[place], destination: there, of: productsThere[place])
        }
    }

    private func variantsThere(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> [VariantRecord?] {
        let store = comparison.destination
        var variants = WantedVariants(count: pairs.count)
        for pair in pairs {
            let fields = pair.fields.union(pair.undecided)
            if !readsItems, Self.isPacked(fields, of: store.variants[pair.destination]),
                let sku = store.packedSKU(ofVariant: pair.destination)
            {
                variants.append(VariantRecord(pair.destination, of: store, sku: sku))
            } else {
                variants.append(row: pair.destination, fields)
            }
        }
        return try variants.records(of: destination)
    }

    private func variantsHere(
        _ pairs: some Collection<RowDifference>,
        partners: [VariantRecord?]
    ) throws(SnapshotError) -> [VariantRecord?] {
        let (store, there) = (comparison.source, comparison.destination.variants)
        var variants = WantedVariants(count: pairs.count)
        for (place, pair) in pairs.enumerated() {
            let row = store.variants[pair.source]
            let fields = pair.fields.union(pair.undecided)
            if Self.isPacked(fields, of: row), row.sku == there[pair.destination].sku {
                variants.append(VariantRecord(pair.source, of: store, sku: partners[place]?.sku))
            } else {
                // Price rules look at all amounts, whichever differs.
                variants.append(row: pair.source, fields.union(Self.packedFields))
            }
        }
        return try variants.records(of: source)
    }

    /// Whether a row tells all that is wanted of its variant.
    private static func isPacked(_ fields: FieldSet, of row: VariantRow) -> Bool {
        fields.subtracting(ofProducts).isSubset(of: packedFields) && row.flags.isDisjoint(with: unreadableAmounts)
    }

    private func productsThere(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> [ProductRecord] {
        let rows = comparison.destination.variants
        var runs = ProductRuns()
        for pair in pairs {
            runs.append(Int(rows[pair.destination].product), Self.productFields(pair).union(FieldSet(.title)))
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

/// The variants of pairs in their order: some known from their rows, the others to be read.
private struct WantedVariants {
    private var records: [VariantRecord?] = []
    private var wanted: [(row: Int, fields: FieldSet)] = []
    /// The places of those that are to be read.
    private var unread: [Int] = []

    init(count: Int) {
        records.reserveCapacity(count)
    }

    /// Adds a variant that is known.
    mutating func append(_ record: VariantRecord) { records.append(record) }

    /// Adds a variant that is to be read.
    mutating func append(row: Int, _ fields: FieldSet) {
        unread.append(records.count)
        wanted.append((row, fields))
        records.append(nil)
    }

    /// All of them.
    consuming func records(of file: RecordSource) throws(SnapshotError) -> [VariantRecord?] {
        for (place, record) in zip(unread, try file.variants(wanted)) { records[place] = record }
        return records
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
    fileprivate convenience init(_ index: Int, of snapshot: PackedSnapshot, sku: String?) {
        let row = snapshot.variants[index]
        func amount(_ units: Int64) -> FieldValue {
            guard units != VariantRow.noNumber else { return .absent }
            return .amount(Money(minorUnits: units, currency: snapshot.currency))
        }
        self.init(
            id: ResourceID(.variant, row.id),
            product: snapshot.productID(Int(row.product)),
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
