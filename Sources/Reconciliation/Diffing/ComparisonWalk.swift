import Catalog
import Pricing
import Snapshots

/// The one pass behind a ``CatalogComparison``.
///
/// Nothing is allocated for a row that is in step: rows are read where they lie, and what is known of a row is a bit.
struct ComparisonWalk {
    private let sourceIndex: SKUIndex
    private let destinationIndex: SKUIndex
    private let source: PackedSnapshot
    private let destination: PackedSnapshot
    private let sourceRows: UnsafeBufferPointer<VariantRow>
    private let sourceProducts: UnsafeBufferPointer<ProductRow>
    private let destinationRows: UnsafeBufferPointer<VariantRow>
    private let destinationProducts: UnsafeBufferPointer<ProductRow>
    private let rules: ComparisonRules
    private let links: LinkTable
    private let comparable: FieldSet
    /// The locked fields of a row that no exception is for.
    private let locked: FieldSet
    private let hasExceptions: Bool
    private let aliases: AliasTable

    private(set) var partners: [UInt32]
    private(set) var matched = 0
    private(set) var differences: [RowDifference] = []
    private(set) var missing: [Int] = []
    private(set) var extra: [Int] = []
    private(set) var unshared: [Int] = []
    private(set) var duplicates: [DuplicateSKU] = []
    private(set) var moved: [Int] = []
    private(set) var mixedProducts: Set<Int> = []
    private(set) var inStock = 0
    private(set) var negativeStock: [Int] = []
    /// How many matched rows have each field locked, by its position; counted only where exceptions make a difference.
    private(set) var lockedCounts: [Int]

    /// The source's rows that are spoken for: matched, or part of a duplicate.
    private var taken: RowBits
    /// The destination's rows that are part of a duplicate.
    private var setAside: RowBits
    /// The source's product each of the destination's products was first matched with, + 1.
    private var productPartners: [UInt32]
    /// Where the next partner and the next link are, if both stores and the last run have the items in one order.
    ///
    /// Mostly they do; then a comparison runs along memory instead of jumping about in it.
    private var likelyPartner = 0
    private var likelyLink = 0
    /// Product differences of the last pair of products, since a product's variants follow one another.
    private var lastProducts: (source: UInt32, destination: UInt32)?
    private var lastProductDifferences = FieldSet()

    init(source: SKUIndex, destination: SKUIndex, rules: ComparisonRules, links: LinkTable) {
        sourceIndex = source
        destinationIndex = destination
        self.source = source.snapshot
        self.destination = destination.snapshot
        sourceRows = source.snapshot.variants
        sourceProducts = source.snapshot.products
        destinationRows = destination.snapshot.variants
        destinationProducts = destination.snapshot.products
        self.rules = rules
        self.links = links
        comparable = source.snapshot.fields.intersection(destination.snapshot.fields)
        locked = rules.locked.intersection(comparable)
        hasExceptions = !rules.exceptions.isEmpty
        aliases = AliasTable(rules.aliases)
        partners = Array(repeating: 0, count: destinationRows.count)
        taken = RowBits(count: sourceRows.count)
        setAside = RowBits(count: destinationRows.count)
        productPartners = Array(repeating: 0, count: destinationProducts.count)
        lockedCounts = hasExceptions ? Array(repeating: 0, count: CatalogField.allCases.count) : []
    }

    mutating func compareAll() {
        setDuplicatesAside()
        for row in destinationRows.indices {
            let sku = destinationRows[row].sku
            guard !sku.isNone, !setAside.contains(row) else { continue }
            place(row, sku: sku)
        }
        for row in sourceRows.indices where !taken.contains(row) && !sourceRows[row].sku.isNone {
            if rules.share.shares(sourceProducts[Int(sourceRows[row].product)]) { missing.append(row) }
        }
    }

    /// Every SKU that stands more than once in a store leaves the comparison, with all its holders on both sides.
    private mutating func setDuplicatesAside() {
        for rows in sourceIndex.duplicates {
            let partners = destinationHolders(ofSource: sourceRows[rows[0]].sku)
            duplicates.append(DuplicateSKU(source: rows, destination: partners))
            rows.forEach { taken.insert($0) }
            partners.forEach { setAside.insert($0) }
        }
        for rows in destinationIndex.duplicates where !setAside.contains(rows[0]) {
            var partners: [Int] = []
            if let wanted = aliases.sourceSKU(ofDestination: destinationRows[rows[0]].sku),
                case .one(let row) = sourceIndex.lookup(wanted)
            {
                partners = [row]
                taken.insert(row)
            }
            duplicates.append(DuplicateSKU(source: partners, destination: rows))
            rows.forEach { setAside.insert($0) }
        }
    }

    /// The destination's rows that stand for a SKU of the source.
    private func destinationHolders(ofSource sku: Fingerprint) -> [Int] {
        let wanted = aliases.destinationSKU(ofSource: sku)
        guard aliases.sourceSKU(ofDestination: wanted) == sku else { return [] }
        return switch destinationIndex.lookup(wanted) {
        case .none: []
        case .one(let row): [row]
        case .many(let first): destinationIndex.rows(sharingWith: first)
        }
    }

    private mutating func place(_ row: Int, sku: Fingerprint) {
        guard let wanted = aliases.sourceSKU(ofDestination: sku), let partner = onlySourceRow(of: wanted) else {
            extra.append(row)
            return
        }
        taken.insert(partner)
        likelyPartner = partner + 1
        guard rules.share.shares(sourceProducts[Int(sourceRows[partner].product)]) else {
            unshared.append(row)
            return
        }
        partners[row] = UInt32(partner + 1)
        matched += 1
        compare(source: partner, destination: row)
    }

    private func onlySourceRow(of sku: Fingerprint) -> Int? {
        // Duplicates are taken already, so a free row with that SKU is the only one.
        if likelyPartner < sourceRows.count, sourceRows[likelyPartner].sku == sku, !taken.contains(likelyPartner) {
            return likelyPartner
        }
        guard case .one(let row) = sourceIndex.lookup(sku) else { return nil }
        return row
    }

    private mutating func compare(source left: Int, destination right: Int) {
        let from = sourceRows[left]
        let to = destinationRows[right]
        if let link = links.index(of: from.sku, tryingFirst: likelyLink) {
            likelyLink = link + 1
            if !links.rows[link].joins(from, to) { moved.append(right) }
        }
        noteProducts(from.product, to.product)
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
        guard rules.prices != nil else { return }
        let expected = ExpectedMoney(
            from,
            of: source.currency,
            to: destination.currency,
            product: sourceProducts[Int(from.product)],
            collections: rules.collections(ofProduct: Int(from.product)),
            matches: rules.priceMatches,
            book: rules.prices
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
        !comparable.contains(.tracked) || row.flags.contains(.tracked)
    }

    private mutating func lockedFields(of row: VariantRow) -> FieldSet {
        guard hasExceptions else { return locked }
        let product = Int(row.product)
        let fields = rules.locked(
            sku: row.sku,
            product: sourceProducts[product],
            collections: rules.collections(ofProduct: product)
        ).intersection(comparable)
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
        lastProductDifferences = sourceProducts[Int(left)].differences(
            from: destinationProducts[Int(right)],
            among: Self.ofProducts
        )
        return lastProductDifferences
    }

    private mutating func noteProducts(_ left: UInt32, _ right: UInt32) {
        let known = productPartners[Int(right)]
        if known == 0 {
            productPartners[Int(right)] = left + 1
        } else if known != left + 1 {
            mixedProducts.insert(Int(right))
        }
    }

    private mutating func stockDiffers(_ left: Int, _ right: Int) -> Bool {
        var differs = false
        var hasStock = false
        var isNegative = false
        for group in rules.stock {
            let available = source.available(ofVariant: left, at: group.source)
            let there = destination.available(ofVariant: right, at: group.destination)
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
