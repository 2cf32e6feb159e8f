import Catalog
import Pricing
import Reconciliation
import Snapshots

/// Reads the full values of rows back from the snapshots' files: only of those that somebody has to look at.
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

    /// Both sides of some pairs, as far as a planner looks at them.
    ///
    /// Of products only the title is read where a pair has no difference in them, and nothing of the source's. Of a source's
    /// variant whose amounts or stock alone differ, the packed row tells all.
    func pairs(_ pairs: some Collection<RowDifference>) throws(SnapshotError) -> PairRecords {
        var wantedThere = Wanted()
        for pair in pairs {
            wantedThere.add(pair.destination, fields: Self.productFields(pair), in: comparison.destination)
        }
        let recordsThere = try wantedThere.table(from: destination)
        var wantedHere = Wanted()
        var packed = RecordTable()
        let (here, there) = (comparison.source.variants, comparison.destination.variants)
        for pair in pairs {
            let row = here[pair.source]
            let productFields = Self.productFields(pair)
            let isPacked =
                pair.fields.union(pair.undecided).subtracting(productFields).isSubset(of: Self.packedFields)
                && row.flags.isDisjoint(with: Self.unreadableAmounts) && row.sku == there[pair.destination].sku
            let product = comparison.source.productID(Int(row.product))
            if isPacked, let partner = recordsThere.variants[pair.destination] {
                packed.variants[pair.source] = VariantRecord(row, product, of: comparison.source, sku: partner.sku)
            } else {
                wantedHere.addVariant(pair.source)
            }
            if productFields.isEmpty {
                packed.products[product] = ProductRecord(unread: product)
            } else {
                wantedHere.addProduct(Int(row.product))
            }
        }
        var recordsHere = try wantedHere.table(from: source)
        recordsHere.variants.merge(packed.variants) { read, _ in read }
        recordsHere.products.merge(packed.products) { read, _ in read }
        return PairRecords(source: recordsHere, destination: recordsThere)
    }

    private static let packedFields = FieldSet([.price, .compareAtPrice, .cost, .inventory])
    private static let unreadableAmounts: VariantRow.Flags = [
        .priceUnreadable, .compareAtPriceUnreadable, .costUnreadable,
    ]

    private static func productFields(_ pair: RowDifference) -> FieldSet {
        pair.fields.union(pair.undecided).intersection(ofProducts)
    }

    /// Variants by row number, with their products.
    static func table(of rows: [Int], in snapshot: PackedSnapshot) throws(SnapshotError) -> RecordTable {
        var wanted = Wanted()
        for row in rows { wanted.add(row, fields: FieldSet(), in: snapshot) }
        return try wanted.table(from: RecordSource(snapshot))
    }

    private static let ofProducts = FieldSet(CatalogField.allCases.filter { $0.owner == .product })

    /// The rows of one snapshot to be read.
    private struct Wanted {
        private var variants: [Int] = []
        /// Whether more than the title is wanted of a product.
        private var products: [Int: Bool] = [:]

        mutating func addVariant(_ row: Int) { variants.append(row) }

        mutating func addProduct(_ index: Int) { products[index] = true }

        mutating func add(_ row: Int, fields: FieldSet, in snapshot: PackedSnapshot) {
            variants.append(row)
            let product = Int(snapshot.variants[row].product)
            if !fields.isEmpty {
                products[product] = true
            } else if products[product] == nil {
                products[product] = false
            }
        }

        func table(from source: RecordSource) throws(SnapshotError) -> RecordTable {
            var table = RecordTable()
            table.variants.reserveCapacity(variants.count)
            table.products.reserveCapacity(products.count)
            for (row, variant) in zip(variants, try source.variants(variants)) {
                table.variants[row] = variant
            }
            let whole = products.compactMap { $0.value ? $0.key : nil }
            for product in try source.products(whole) { table.products[product.id] = product }
            let titled = products.compactMap { $0.value ? nil : $0.key }
            for product in try source.titles(titled) { table.products[product.id] = product }
            return table
        }
    }
}

extension VariantRecord {
    /// What a packed row tells of a variant whose amounts can be read: ids and amounts.
    fileprivate init(_ row: VariantRow, _ product: ResourceID, of snapshot: PackedSnapshot, sku: String?) {
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

extension ProductRecord {
    /// A product nobody looks at.
    fileprivate init(unread id: ResourceID) {
        self.init(
            id: id,
            handle: "",
            title: "",
            descriptionHTML: "",
            vendor: "",
            productType: "",
            tags: [],
            status: "",
            seoTitle: nil,
            seoDescription: nil
        )
    }
}
