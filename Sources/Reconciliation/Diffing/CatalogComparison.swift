import Catalog
import Pricing
public import Snapshots

/// Two snapshots laid side by side by SKU: who has a partner, and where partners differ on locked fields.
///
/// Holds row numbers only. What is in step costs four bytes a row; full values are read back for differences later.
public struct CatalogComparison: Sendable {
    /// The two stores.
    public let source: PackedSnapshot
    /// The destination's snapshot.
    public let destination: PackedSnapshot
    /// The rules it was made by.
    public let rules: ComparisonRules
    /// For each of the destination's variants the source's partner + 1; 0 where it has none.
    public let partners: [UInt32]
    /// How many SKUs are matched: once on both sides, and shared.
    public let matched: Int
    /// Matched pairs that differ, in the order of the destination's file.
    public internal(set) var differences: [RowDifference]
    /// The source's shared variants that the destination lacks.
    public let missing: [Int]
    /// The destination's variants that the source lacks.
    public let extra: [Int]
    /// The destination's variants whose SKU the source has but does not share.
    public let unshared: [Int]
    /// SKUs that stand on several variants of a store (FAULTS MA-1), by the source's rows and the destination's.
    public let duplicates: [DuplicateSKU]
    /// The destination's variants whose SKU stood for another pair at the last run (FAULTS MA-4).
    public let moved: [Int]
    /// The destination's products whose matched variants come from more than one of the source's products.
    public let mixedProducts: Set<Int>
    /// Matched SKUs of which the destination has some in stock.
    public let inStock: Int
    /// The source's matched variants whose stock in some group is below zero (FAULTS AP-8).
    public let negativeStock: [Int]

    /// Matched SKUs for which each field is locked; empty where no exception makes a difference between rows.
    let lockedCounts: [CatalogField: Int]

    /// Different SKUs of the destination.
    public let destinationSKUs: Int

    /// Compares.
    ///
    /// Linear in the rows. Fields that either snapshot does not have are not compared.
    public init(
        source: SKUIndex,
        destination: SKUIndex,
        rules: ComparisonRules,
        links: LinkTable = .empty
    ) {
        let terms = ComparisonTerms(source: source, destination: destination, rules: rules, links: links)
        let duplicates = DuplicateRows(terms)
        var walk = ComparisonWalk(terms.destinationRows.indices, terms: terms, duplicates: duplicates)
        walk.compareAll()
        self.init(terms, duplicates, [walk])
    }

    /// Compares as ``init(source:destination:rules:links:)`` does, up to eight parts of the destination side by side, none of
    /// them of fewer rows than `leastRows`.
    public static func inParts(
        source: SKUIndex,
        destination: SKUIndex,
        rules: ComparisonRules,
        links: LinkTable = .empty,
        leastRows: Int = 8192
    ) async -> CatalogComparison {
        let terms = ComparisonTerms(source: source, destination: destination, rules: rules, links: links)
        let duplicates = DuplicateRows(terms)
        let count = terms.destinationRows.count
        let share = max(1, leastRows, (count + parts - 1) / parts)
        let walks = await withTaskGroup(of: (Int, ComparisonWalk).self) { group in
            for start in stride(from: 0, to: count, by: share) {
                group.addTask {
                    let rows = start..<min(start + share, count)
                    var walk = ComparisonWalk(rows, terms: terms, duplicates: duplicates)
                    walk.compareAll()
                    return (start, walk)
                }
            }
            var walks: [(start: Int, walk: ComparisonWalk)] = []
            for await walk in group { walks.append(walk) }
            return walks.sorted { $0.start < $1.start }.map(\.walk)
        }
        return CatalogComparison(terms, duplicates, walks)
    }

    /// As many parts as are worth their tasks.
    private static let parts = 8

    /// Joins parts that follow one another.
    private init(_ terms: ComparisonTerms, _ duplicates: DuplicateRows, _ walks: [ComparisonWalk]) {
        source = terms.source
        destination = terms.destination
        rules = terms.rules
        destinationSKUs = terms.destinationIndex.distinctSKUs
        partners = walks.count == 1 ? walks[0].partners : walks.flatMap(\.partners)
        matched = walks.reduce(0) { $0 + $1.matched }
        differences = walks.flatMap(\.differences)
        extra = walks.flatMap(\.extra)
        unshared = walks.flatMap(\.unshared)
        moved = walks.flatMap(\.moved)
        inStock = walks.reduce(0) { $0 + $1.inStock }
        negativeStock = walks.flatMap(\.negativeStock)
        self.duplicates = duplicates.skus
        var taken = duplicates.taken
        var products = walks.first?.productPartners ?? ProductPartners(products: 0)
        var locked: [CatalogField: Int] = [:]
        for (place, walk) in walks.enumerated() {
            taken.formUnion(walk.taken)
            if place > 0 { products.absorb(walk.productPartners) }
            for (position, count) in walk.lockedCounts.enumerated() {
                locked[CatalogField.allCases[position], default: 0] += count
            }
        }
        mixedProducts = products.mixed
        lockedCounts = locked
        let (rows, sourceProducts) = (terms.sourceRows, terms.sourceProducts)
        missing = rows.indices.filter { row in
            !taken.contains(row) && !rows[row].sku.isNone
                && terms.rules.share.shares(sourceProducts[Int(rows[row].product)])
        }
    }
}

extension CatalogComparison {
    /// The pairs a plan has to look at: those that differ, then those whose SKU has moved and that do not.
    public var openPairs: [RowDifference] {
        guard !moved.isEmpty else { return differences }
        let differing = Set(differences.lazy.map(\.destination))
        return differences
            + moved.filter { !differing.contains($0) }.map { row in
                RowDifference(
                    source: Int(partners[row]) - 1,
                    destination: row,
                    fields: FieldSet(),
                    undecided: FieldSet()
                )
            }
    }
}

/// A SKU that cannot be paired because a store has it more than once.
public struct DuplicateSKU: Sendable, Hashable {
    /// The source's variants with that SKU.
    public let source: [Int]
    /// The destination's variants with that SKU.
    public let destination: [Int]

    /// The rows of one SKU.
    public init(source: [Int], destination: [Int]) {
        self.source = source
        self.destination = destination
    }
}
