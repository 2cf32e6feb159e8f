import Catalog
import Pricing
public import Snapshots

/// One part of the pass behind a ``CatalogComparison``: some of the destination's rows in the order of its file.
///
/// Nothing is allocated for a row that is in step: rows are read where they lie, and what is known of a row is a bit.
/// Destination's rows are told by their numbers in the snapshot that was walked. That a SKU stands on several of them cannot be
/// seen by one part; ``ComparisonJoin`` does.
public struct ComparisonWalk: Sendable {
    /// A row of the destination and the source's it stands for.
    struct Pair: Sendable {
        let source: Int
        let destination: Int
    }

    let rows: Range<Int>
    /// The snapshot that was walked.
    public let destination: PackedSnapshot
    private let terms: ComparisonTerms

    /// For each of these rows the number of the source's row it stands for + 1, whether that is shared or not; 0 where it has none,
    /// or several.
    private(set) var partners: [UInt32]
    /// Those of these rows that are matched and have some in stock, from the first.
    private(set) var stocked: RowBits
    private(set) var differences: [RowDifference] = []
    private(set) var extra: [Int] = []
    private(set) var unshared: [Pair] = []
    private(set) var moved: [Pair] = []
    /// Rows whose SKU stands on several of the source's, and the first of those.
    private(set) var ofSeveral: [Pair] = []
    private(set) var negativeStock: [Int] = []
    /// How many matched rows have each field locked, by its position; counted only where exceptions make a difference.
    private(set) var lockedCounts: [Int]
    /// The source's product each of the destination's products was first matched with.
    private(set) var productPartners: ProductPartners
    /// Where the next link is, if the source and the last run have the items in one order, as they mostly do.
    private var likelyLink = 0
    /// Product differences of the last pair of products, since a product's variants follow one another.
    private var lastProducts: (source: UInt32, destination: UInt32)?
    private var lastProductDifferences = FieldSet()

    /// Compares these rows of a snapshot.
    init(_ rows: Range<Int>, of destination: PackedSnapshot, terms: ComparisonTerms) {
        self.terms = terms
        self.destination = destination
        self.rows = rows
        partners = Array(repeating: 0, count: rows.count)
        stocked = RowBits(count: rows.count)
        productPartners = ProductPartners(products: destination.products.count)
        lockedCounts = terms.hasExceptions ? Array(repeating: 0, count: CatalogField.allCases.count) : []
        compareAll()
    }

    /// All rows but those in step, ascending: those without a SKU among them, and `others`.
    public func openRows(and others: [Int]) -> [Int] {
        var open = RowBits(count: rows.count)
        let variants = destination.variants
        for row in rows where variants[row].sku.isNone { open.insert(row - rows.lowerBound) }
        for row in extra { open.insert(row - rows.lowerBound) }
        for difference in differences { open.insert(difference.destination - rows.lowerBound) }
        for pair in unshared { open.insert(pair.destination - rows.lowerBound) }
        for pair in moved { open.insert(pair.destination - rows.lowerBound) }
        for pair in ofSeveral { open.insert(pair.destination - rows.lowerBound) }
        for row in others { open.insert(row - rows.lowerBound) }
        return open.rows.map { $0 + rows.lowerBound }
    }

    private mutating func compareAll() {
        let variants = destination.variants
        var start = rows.lowerBound
        while start < rows.upperBound {
            let block = start..<min(start + SKUIndex.approachedRows, rows.upperBound)
            terms.sourceIndex.approach(block, of: destination)
            for row in block {
                let sku = variants[row].sku
                guard !sku.isNone else { continue }
                place(row, sku: sku)
            }
            start = block.upperBound
        }
    }

    private mutating func place(_ row: Int, sku: Fingerprint) {
        guard let wanted = terms.aliases.sourceSKU(ofDestination: sku) else {
            extra.append(row)
            return
        }
        switch terms.sourceIndex.lookup(wanted) {
        case .none:
            extra.append(row)
        case .many(let first):
            ofSeveral.append(Pair(source: first, destination: row))
        case .one(let partner):
            partners[row - rows.lowerBound] = UInt32(partner + 1)
            guard terms.shares(terms.sourceRows[partner]) else {
                unshared.append(Pair(source: partner, destination: row))
                return
            }
            compare(source: partner, destination: row)
        }
    }

    private mutating func compare(source left: Int, destination right: Int) {
        let from = terms.sourceRows[left]
        let to = destination.variants[right]
        if let link = terms.links.index(of: from.sku, tryingFirst: likelyLink) {
            likelyLink = link + 1
            if !terms.links.rows[link].joins(from, to) { moved.append(Pair(source: left, destination: right)) }
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
            to: terms.destinationCurrency,
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
        let fields = terms.lockedFields(of: row)
        if terms.hasExceptions { lockedCounts.count(fields, times: 1) }
        return fields
    }

    private mutating func productDifferences(_ left: UInt32, _ right: UInt32) -> FieldSet {
        if let last = lastProducts, last.source == left, last.destination == right { return lastProductDifferences }
        lastProducts = (left, right)
        lastProductDifferences = terms.sourceProducts[Int(left)].differences(
            from: destination.products[Int(right)],
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
            let there = destination.available(ofVariant: right, at: group.destination)
            if available.sum < 0 { isNegative = true }
            if there.sum > 0 { hasStock = true }
            if group.differs(target: group.target(sourceAvailable: available.sum), there: there) { differs = true }
        }
        if hasStock { stocked.insert(right - rows.lowerBound) }
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

extension [Int] {
    /// Adds to the count of each of these fields, by its position.
    mutating func count(_ fields: FieldSet, times: Int) {
        var bits = fields.rawValue
        while bits != 0 {
            self[bits.trailingZeroBitCount] += times
            bits &= bits - 1
        }
    }
}
