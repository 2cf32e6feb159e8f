import Catalog
import Pricing
import Snapshots

/// One part of the pass behind a ``CatalogComparison``: some of the destination's rows in the order of its file.
///
/// Nothing is allocated for a row that is in step: rows are read where they lie, and what is known of a row is a bit.
struct ComparisonWalk: Sendable {
    private let terms: ComparisonTerms
    private let rows: Range<Int>

    /// For each of these rows the source's partner + 1; 0 where it has none.
    private(set) var partners: [UInt32]
    private(set) var matched = 0
    private(set) var differences: [RowDifference] = []
    private(set) var extra: [Int] = []
    private(set) var unshared: [Int] = []
    private(set) var moved: [Int] = []
    private(set) var inStock = 0
    private(set) var negativeStock: [Int] = []
    /// How many matched rows have each field locked, by its position; counted only where exceptions make a difference.
    private(set) var lockedCounts: [Int]
    /// The source's rows that are spoken for: matched, or part of a duplicate.
    private(set) var taken: RowBits
    /// The source's product each of the destination's products was first matched with.
    private(set) var productPartners: ProductPartners
    /// The destination's rows that are part of a duplicate.
    private let setAside: RowBits
    /// Where the next link is, if the source and the last run have the items in one order, as they mostly do.
    private var likelyLink = 0
    /// Product differences of the last pair of products, since a product's variants follow one another.
    private var lastProducts: (source: UInt32, destination: UInt32)?
    private var lastProductDifferences = FieldSet()

    /// Prepares the part of these rows.
    init(_ rows: Range<Int>, terms: ComparisonTerms, duplicates: DuplicateRows) {
        self.terms = terms
        self.rows = rows
        partners = Array(repeating: 0, count: rows.count)
        taken = duplicates.taken
        setAside = duplicates.setAside
        productPartners = ProductPartners(products: terms.destinationProducts.count)
        lockedCounts = terms.hasExceptions ? Array(repeating: 0, count: CatalogField.allCases.count) : []
    }

    /// Compares the rows.
    mutating func compareAll() {
        var start = rows.lowerBound
        while start < rows.upperBound {
            let block = start..<min(start + SKUIndex.approachedRows, rows.upperBound)
            terms.sourceIndex.approach(block, of: terms.destination)
            for row in block {
                let sku = terms.destinationRows[row].sku
                guard !sku.isNone, !setAside.contains(row) else { continue }
                place(row, sku: sku)
            }
            start = block.upperBound
        }
    }

    private mutating func place(_ row: Int, sku: Fingerprint) {
        guard let wanted = terms.aliases.sourceSKU(ofDestination: sku), let partner = onlySourceRow(of: wanted) else {
            extra.append(row)
            return
        }
        taken.insert(partner)
        guard terms.rules.share.shares(terms.sourceProducts[Int(terms.sourceRows[partner].product)]) else {
            unshared.append(row)
            return
        }
        partners[row - rows.lowerBound] = UInt32(partner + 1)
        matched += 1
        compare(source: partner, destination: row)
    }

    private func onlySourceRow(of sku: Fingerprint) -> Int? {
        guard case .one(let row) = terms.sourceIndex.lookup(sku) else { return nil }
        return row
    }

    private mutating func compare(source left: Int, destination right: Int) {
        let from = terms.sourceRows[left]
        let to = terms.destinationRows[right]
        if let link = terms.links.index(of: from.sku, tryingFirst: likelyLink) {
            likelyLink = link + 1
            if !terms.links.rows[link].joins(from, to) { moved.append(right) }
        }
        productPartners.note(source: from.product, destination: to.product)
        let fields = lockedFields(of: from)
        var found = productDifferences(from.product, to.product).intersection(fields)
        found.formUnion(from.differences(from: to, among: fields))
        var undecided = from.unreadableFields.intersection(fields)
        if !fields.isDisjoint(with: Self.money) { compareMoney(from, to, fields, &found, &undecided) }
        if fields.contains(.inventory), isTracked(from) {
            // Where tracking itself is locked, the destination's item is tracked by the time its stock is written.
            let isTrackedThere = fields.contains(.tracked) || isTracked(to)
            if stockDiffers(left, right) && isTrackedThere { found.insert(.inventory) }
        }
        found.subtract(undecided)
        guard !found.isEmpty || !undecided.isEmpty else { return }
        differences.append(RowDifference(source: left, destination: right, fields: found, undecided: undecided))
    }

    private func compareMoney(
        _ from: VariantRow,
        _ to: VariantRow,
        _ fields: FieldSet,
        _ found: inout FieldSet,
        _ undecided: inout FieldSet
    ) {
        // Without any rate nothing is undecided row by row: the brake on the rate speaks for all.
        guard let prices = terms.prices else { return }
        let expected = ExpectedMoney(
            from,
            of: terms.source.currency,
            to: terms.destination.currency,
            product: terms.sourceProducts[Int(from.product)],
            collections: terms.rules.collections(ofProduct: Int(from.product)),
            matches: terms.rules.priceMatches,
            book: prices
        )
        func judge(
            _ field: CatalogField,
            _ amount: ExpectedMoney.Amount,
            _ actual: Int64,
            _ unreadable: VariantRow.Flags
        ) {
            guard fields.contains(field) else { return }
            if let packed = amount.packed {
                if packed != actual || to.flags.contains(unreadable) { found.insert(field) }
            } else if field == .price || from.has(field, unreadable) || actual != VariantRow.noNumber
                || to.flags.contains(unreadable)
            {
                // What neither store has stays so, whatever the price (FAULTS MO-6).
                undecided.insert(field)
            }
        }
        judge(.price, expected.price, to.price, .priceUnreadable)
        judge(.compareAtPrice, expected.compareAtPrice, to.compareAtPrice, .compareAtPriceUnreadable)
        judge(.cost, expected.cost, to.cost, .costUnreadable)
    }

    /// Untracked items have no stock to mirror (FAULTS AP-8); snapshots that don't tell are taken as tracked.
    private func isTracked(_ row: VariantRow) -> Bool {
        !terms.comparable.contains(.tracked) || row.flags.contains(.tracked)
    }

    private mutating func lockedFields(of row: VariantRow) -> FieldSet {
        guard terms.hasExceptions else { return terms.locked }
        let product = Int(row.product)
        let fields = terms.rules.locked(
            sku: row.sku,
            product: terms.sourceProducts[product],
            collections: terms.rules.collections(ofProduct: product)
        ).intersection(terms.comparable)
        var bits = fields.rawValue
        while bits != 0 {
            lockedCounts[bits.trailingZeroBitCount] += 1
            bits &= bits - 1
        }
        return fields
    }

    private mutating func productDifferences(_ left: UInt32, _ right: UInt32) -> FieldSet {
        if let last = lastProducts, last.source == left, last.destination == right { return lastProductDifferences }
        lastProducts = (left, right)
        lastProductDifferences = terms.sourceProducts[Int(left)].differences(
            from: terms.destinationProducts[Int(right)],
            among: Self.ofProducts
        )
        return lastProductDifferences
    }

    private mutating func stockDiffers(_ left: Int, _ right: Int) -> Bool {
        var differs = false
        var hasStock = false
        var isNegative = false
        for group in terms.rules.stock {
            let available = terms.source.available(ofVariant: left, at: group.source)
            let there = terms.destination.available(ofVariant: right, at: group.destination)
            if available.sum < 0 { isNegative = true }
            if there.sum > 0 { hasStock = true }
            if group.differs(target: group.target(sourceAvailable: available.sum), there: there) { differs = true }
        }
        if hasStock { inStock += 1 }
        if isNegative { negativeStock.append(left) }
        return differs
    }

    private static let money = FieldSet.money
    private static let ofProducts = FieldSet.ofProducts
}

extension VariantRow {
    /// Whether the source has such an amount, be it one that cannot be read; a compare-at price of 0 is none.
    fileprivate func has(_ field: CatalogField, _ unreadable: Flags) -> Bool {
        if flags.contains(unreadable) { return true }
        let amount = amount(of: field)
        return amount != Self.noNumber && (amount != 0 || field != .compareAtPrice)
    }
}
