import Catalog
import Pricing
import Snapshots

/// The one pass behind a ``CatalogComparison``.
struct ComparisonWalk {
    private let sourceIndex: SKUIndex
    private let destinationIndex: SKUIndex
    private let source: PackedSnapshot
    private let destination: PackedSnapshot
    private let rules: ComparisonRules
    private let links: LinkTable
    private let locked: FieldSet
    private let comparable: FieldSet
    /// The source's SKU for a destination's, where an alias says so.
    private let sourceSKUs: [Fingerprint: Fingerprint]

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

    /// Bit set of the source's rows that are spoken for: matched, or part of a duplicate.
    private var taken: [UInt64]
    /// The source's product each of the destination's products was first matched with, + 1.
    private var productPartners: [UInt32]
    /// Product differences of the last pair of products, since a product's variants follow one another.
    private var lastProducts: (source: UInt32, destination: UInt32)?
    private var lastProductDifferences = FieldSet()

    init(source: SKUIndex, destination: SKUIndex, rules: ComparisonRules, links: LinkTable) {
        sourceIndex = source
        destinationIndex = destination
        self.source = source.snapshot
        self.destination = destination.snapshot
        self.rules = rules
        self.links = links
        comparable = source.snapshot.fields.intersection(destination.snapshot.fields)
        locked = rules.locked
        sourceSKUs = Dictionary(rules.aliases.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        partners = Array(repeating: 0, count: destination.snapshot.variants.count)
        taken = Array(repeating: 0, count: source.snapshot.variants.count / 64 + 1)
        productPartners = Array(repeating: 0, count: destination.snapshot.products.count)
    }

    mutating func compareAll() {
        setDuplicatesAside()
        let rows = destination.variants
        for row in 0..<rows.count where partners[row] == 0 && !rows[row].sku.isNone {
            guard !heldDestinations.contains(row) else { continue }
            place(row, sku: rows[row].sku)
        }
        for row in 0..<source.variants.count where !isTaken(row) && !source.variants[row].sku.isNone {
            if rules.share.shares(source.products[Int(source.variants[row].product)]) { missing.append(row) }
        }
    }

    /// The destination's rows that are part of a duplicate.
    private var heldDestinations: Set<Int> = []

    /// Every SKU that stands more than once in a store leaves the comparison, with all its holders on both sides.
    private mutating func setDuplicatesAside() {
        for rows in sourceIndex.duplicates {
            let sku = source.variants[rows[0]].sku
            let partners = destinationRows(ofSource: sku)
            duplicates.append(DuplicateSKU(source: rows, destination: partners))
            rows.forEach { take($0) }
            heldDestinations.formUnion(partners)
        }
        for rows in destinationIndex.duplicates where !heldDestinations.contains(rows[0]) {
            let sku = destination.variants[rows[0]].sku
            var partners: [Int] = []
            if let wanted = sourceSKU(ofDestination: sku), case .one(let row) = sourceIndex.lookup(wanted) {
                partners = [row]
                take(row)
            }
            duplicates.append(DuplicateSKU(source: partners, destination: rows))
            heldDestinations.formUnion(rows)
        }
    }

    private func destinationRows(ofSource sku: Fingerprint) -> [Int] {
        switch destinationIndex.lookup(rules.aliases[sku] ?? sku) {
        case .none: []
        case .one(let row): sourceSKU(ofDestination: destination.variants[row].sku) == sku ? [row] : []
        case .many(let first): destinationIndex.rows(sharingWith: first)
        }
    }

    /// The source's SKU that a destination's stands for; `nil` where the source's own SKU of that text has an alias elsewhere.
    private func sourceSKU(ofDestination sku: Fingerprint) -> Fingerprint? {
        guard !rules.aliases.isEmpty else { return sku }
        if let aliased = sourceSKUs[sku] { return aliased }
        return rules.aliases[sku] == nil ? sku : nil
    }

    private mutating func place(_ row: Int, sku: Fingerprint) {
        guard let wanted = sourceSKU(ofDestination: sku), case .one(let partner) = sourceIndex.lookup(wanted) else {
            extra.append(row)
            return
        }
        take(partner)
        let product = source.products[Int(source.variants[partner].product)]
        guard rules.share.shares(product) else {
            unshared.append(row)
            return
        }
        partners[row] = UInt32(partner + 1)
        matched += 1
        compare(source: partner, destination: row, product: product)
    }

    private mutating func compare(source left: Int, destination right: Int, product: ProductRow) {
        let from = source.variants[left]
        let to = destination.variants[right]
        if let link = links[from.sku], link.sourceVariant != from.id || link.destinationVariant != to.id {
            moved.append(right)
        }
        noteProducts(from.product, to.product)
        let collections = rules.collections(ofProduct: Int(from.product))
        let fields = lockedFields(of: from, product: product, collections: collections)
        var found = productDifferences(from.product, to.product).intersection(fields)
        found.formUnion(from.differences(from: to, among: fields))
        var undecided = FieldSet()
        if !fields.isDisjoint(with: .money) {
            let expected = ExpectedMoney(
                from, of: source.currency, product: product, collections: collections, by: rules)
            // Without any rate nothing is undecided row by row: the brake on the rate speaks for all.
            let hasRate = rules.prices != nil
            func judge(_ field: CatalogField, _ amount: ExpectedMoney.Amount, _ actual: Int64, _ unreadable: Bool) {
                guard fields.contains(field) else { return }
                if let packed = amount.packed {
                    if unreadable || packed != actual { found.insert(field) }
                } else if hasRate {
                    undecided.insert(field)
                }
            }
            judge(.price, expected.price, to.price, to.flags.contains(.priceUnreadable))
            judge(
                .compareAtPrice, expected.compareAtPrice, to.compareAtPrice,
                to.flags.contains(.compareAtPriceUnreadable))
            judge(.cost, expected.cost, to.cost, to.flags.contains(.costUnreadable))
        }
        if fields.contains(.inventory), isTracked(from) {
            // Where tracking itself is locked, the destination's item is tracked by the time its stock is written.
            let isTrackedThere = fields.contains(.tracked) || isTracked(to)
            if stockDiffers(left, right, tracked: isTrackedThere) { found.insert(.inventory) }
        }
        guard !found.isEmpty || !undecided.isEmpty else { return }
        differences.append(RowDifference(source: left, destination: right, fields: found, undecided: undecided))
    }

    /// Untracked items have no stock to mirror (FAULTS AP-8); snapshots that don't tell are taken as tracked.
    private func isTracked(_ row: VariantRow) -> Bool {
        !comparable.contains(.tracked) || row.flags.contains(.tracked)
    }

    private mutating func lockedFields(of row: VariantRow, product: ProductRow, collections: UInt64) -> FieldSet {
        guard !rules.exceptions.isEmpty else { return locked.intersection(comparable) }
        return rules.locked(sku: row.sku, product: product, collections: collections).intersection(comparable)
    }

    private mutating func productDifferences(_ left: UInt32, _ right: UInt32) -> FieldSet {
        if let last = lastProducts, last.source == left, last.destination == right { return lastProductDifferences }
        lastProducts = (left, right)
        lastProductDifferences = source.products[Int(left)].differences(
            from: destination.products[Int(right)], among: .ofProducts)
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

    private mutating func stockDiffers(_ left: Int, _ right: Int, tracked: Bool) -> Bool {
        var differs = false
        var hasStock = false
        var isNegative = false
        for group in rules.stock {
            let available = source.available(ofVariant: left, at: group.source)
            let there = destination.available(ofVariant: right, at: group.destination)
            if available.sum < 0 { isNegative = true }
            if there.sum > 0 { hasStock = true }
            let target = group.target(sourceAvailable: available.sum)
            // Without a level there is nothing to correct until there is something to sell.
            if there.levels == 0 ? target > 0 : target != there.sum { differs = true }
        }
        if hasStock { inStock += 1 }
        if isNegative { negativeStock.append(left) }
        return differs && tracked
    }

    private mutating func take(_ row: Int) { taken[row >> 6] |= 1 << UInt64(row & 63) }

    private func isTaken(_ row: Int) -> Bool { taken[row >> 6] & (1 << UInt64(row & 63)) != 0 }
}
