import Catalog
public import Snapshots

/// Takes the parts of a comparison over, in the order of the destination's file, and says what all of them together tell: who is
/// missing, and which SKUs stand more than once.
///
/// A SKU that does leaves the comparison with all its holders on both sides; what was found of them before that was known is
/// taken back at the end.
public struct ComparisonJoin: Sendable {
    private let terms: ComparisonTerms
    /// By the source's row, the place + 1 in the destination's file of the first row that stands for it; 0 where none does.
    private var holders: [UInt32]
    /// The source's rows whose holder has some in stock.
    private var stocked: RowBits
    /// By the source's row, the places of the rows behind the first that stand for it.
    private var repeated: [Int: [Int]] = [:]
    /// By the first of the source's rows that share a SKU, the places of the rows that stand for them.
    private var ofSeveral: [Int: [Int]] = [:]
    /// How many rows of the destination's file were noted.
    private var noted = 0

    private var partners: [UInt32] = []
    private var differences: [RowDifference] = []
    private var extra: [Int] = []
    private var unshared: [ComparisonWalk.Pair] = []
    private var moved: [ComparisonWalk.Pair] = []
    private var negativeStock: [Int] = []
    private var lockedCounts: [Int]
    private var products = ProductPartners(products: 0)

    /// Begins with nothing of the destination.
    public init(_ terms: ComparisonTerms) {
        self.terms = terms
        holders = Array(repeating: 0, count: terms.sourceRows.count)
        stocked = RowBits(count: terms.sourceRows.count)
        lockedCounts = Array(repeating: 0, count: CatalogField.allCases.count)
    }

    /// Notes for whom the rows of the next part stand.
    ///
    /// - Returns: The part's rows whose SKU stood in the file before.
    @discardableResult
    public mutating func note(_ walk: ComparisonWalk) -> [Int] {
        var again: [Int] = []
        let first = walk.rows.lowerBound
        for (place, partner) in walk.partners.enumerated() where partner != 0 {
            let row = Int(partner) - 1
            if holders[row] == 0 {
                holders[row] = UInt32(noted + place + 1)
                if walk.stocked.contains(place) { stocked.insert(row) }
            } else {
                repeated[row, default: []].append(noted + place)
                again.append(place + first)
            }
        }
        for pair in walk.ofSeveral {
            ofSeveral[pair.source, default: []].append(noted + pair.destination - first)
        }
        noted += walk.rows.count
        return again
    }

    /// Takes over what was found in a part after it was noted, its rows and products under the numbers they have.
    public mutating func take(_ walk: ComparisonWalk) {
        partners += walk.partners
        take(walk, firstProduct: 0) { $0 }
    }

    /// As ``take(_:)``, where of the part only some rows were kept: in their order, under the numbers from `firstRow`; its
    /// products are numbered from `firstProduct`.
    public mutating func take(_ walk: ComparisonWalk, keeping rows: [Int], firstRow: Int, firstProduct: Int) {
        let first = walk.rows.lowerBound
        var numbers = [UInt32](repeating: 0, count: walk.rows.count)
        for (place, row) in rows.enumerated() {
            numbers[row - first] = UInt32(firstRow + place)
            partners.append(walk.partners[row - first])
        }
        numbers.withUnsafeBufferPointer { numbers in
            take(walk, firstProduct: firstProduct) { Int(numbers[$0 - first]) }
        }
    }

    private mutating func take(_ walk: ComparisonWalk, firstProduct: Int, number: (Int) -> Int) {
        for difference in walk.differences {
            var difference = difference
            difference.destination = number(difference.destination)
            differences.append(difference)
        }
        extra += walk.extra.lazy.map(number)
        unshared += walk.unshared.lazy.map { .init(source: $0.source, destination: number($0.destination)) }
        moved += walk.moved.lazy.map { .init(source: $0.source, destination: number($0.destination)) }
        negativeStock += walk.negativeStock
        for (position, count) in walk.lockedCounts.enumerated() { lockedCounts[position] += count }
        products.absorb(walk.productPartners, base: firstProduct)
    }

    /// The places of rows that are known to share their SKU with another, each first of them with one behind it.
    public var sharedPlaces: [(first: Int, other: Int)] {
        repeated.map { row, others in (Int(holders[row]) - 1, others[0]) }
    }

    /// The comparison of the whole.
    ///
    /// - Parameters:
    ///   - destination: All rows that were kept.
    ///   - product: Tells the product of a row by its place in the file, kept or not.
    /// - Returns: What was found in all parts together.
    public consuming func comparison(
        with destination: PackedSnapshot,
        product: (Int) -> Int
    ) -> CatalogComparison {
        let extraDuplicates = SKUIndex(destination, rows: extra).duplicates
        var setAside = RowBits(count: terms.sourceRows.count)
        repeated.keys.forEach { setAside.insert($0) }
        let duplicates = duplicates(in: destination, extraDuplicates)
        takeBack(setAside, destination)
        if !extraDuplicates.isEmpty {
            let shared = Set(extraDuplicates.joined())
            extra.removeAll { shared.contains($0) }
        }
        mendMixedProducts(setAside, product)
        var (matched, inStock) = (0, 0)
        var missing: [Int] = []
        let rows = terms.sourceRows
        for group in terms.sourceIndex.duplicates { group.forEach { setAside.insert($0) } }
        for (row, holder) in holders.enumerated() {
            if holder == 0 {
                let isFree = !rows[row].sku.isNone && !setAside.contains(row)
                if isFree, terms.shares(rows[row]) { missing.append(row) }
            } else if !setAside.contains(row), terms.shares(rows[row]) {
                matched += 1
                if stocked.contains(row) { inStock += 1 }
            }
        }
        let counts = destination.statistics
        return CatalogComparison(
            source: terms.source,
            destination: destination,
            rules: terms.rules,
            partners: partners,
            matched: matched,
            differences: differences,
            missing: missing,
            extra: extra,
            unshared: unshared.map(\.destination),
            duplicates: duplicates,
            moved: moved.map(\.destination),
            mixedProducts: products.mixed,
            inStock: inStock,
            negativeStock: negativeStock,
            lockedCounts: Dictionary(
                uniqueKeysWithValues: terms.hasExceptions ? Array(zip(CatalogField.allCases, lockedCounts)) : []
            ),
            destinationSKUs: counts.variants - counts.blankSKUs
                - duplicates.reduce(0) { $0 + max(0, $1.destination.count - 1) }
        )
    }

    /// The SKUs that stand more than once: first the source's, then the destination's in the order of its file.
    private func duplicates(in destination: PackedSnapshot, _ extra: [[Int]]) -> [DuplicateSKU] {
        var ofDestination: [(place: Int, sku: DuplicateSKU)] = repeated.map { row, others in
            let places = [Int(holders[row]) - 1] + others
            return (places[0], DuplicateSKU(source: [row], destination: places.map(destination.row(atPlace:))))
        }
        ofDestination += extra.map {
            (destination.place(ofRow: $0[0]), DuplicateSKU(source: [], destination: $0))
        }
        return terms.sourceIndex.duplicates.map { rows in
            DuplicateSKU(source: rows, destination: (ofSeveral[rows[0]] ?? []).map(destination.row(atPlace:)))
        } + ofDestination.sorted { $0.place < $1.place }.map(\.sku)
    }

    /// Takes back what was found of rows that stand for the source's rows of a SKU that stands more than once.
    private mutating func takeBack(_ setAside: RowBits, _ destination: PackedSnapshot) {
        // Rows that only came in to be named have no partner yet.
        partners += repeatElement(0, count: destination.variants.count - partners.count)
        for pair in unshared { partners[pair.destination] = 0 }
        guard !repeated.isEmpty else { return }
        differences.removeAll { setAside.contains($0.source) }
        unshared.removeAll { setAside.contains($0.source) }
        moved.removeAll { setAside.contains($0.source) }
        negativeStock.removeAll { setAside.contains($0) }
        for (row, others) in repeated {
            for place in [Int(holders[row]) - 1] + others { partners[destination.row(atPlace: place)] = 0 }
            guard terms.hasExceptions, terms.shares(terms.sourceRows[row]) else { continue }
            lockedCounts.count(terms.lockedFields(of: terms.sourceRows[row]), times: -(1 + others.count))
        }
    }

    /// Looks again at products that seemed mixed and have rows that are set aside.
    private mutating func mendMixedProducts(_ setAside: RowBits, _ product: (Int) -> Int) {
        var suspects: Set<Int> = []
        for (row, others) in repeated {
            for place in [Int(holders[row]) - 1] + others where products.mixed.contains(product(place)) {
                suspects.insert(product(place))
            }
        }
        guard !suspects.isEmpty else { return }
        products.forget(suspects)
        // Asked once for each of the source's rows.
        var isSuspect = RowBits(count: products.count)
        suspects.forEach { isSuspect.insert($0) }
        for (row, holder) in holders.enumerated() where holder != 0 {
            let destination = product(Int(holder) - 1)
            guard isSuspect.contains(destination), !setAside.contains(row), terms.shares(terms.sourceRows[row]) else {
                continue
            }
            products.note(source: terms.sourceRows[row].product, destination: UInt32(destination))
        }
    }
}
