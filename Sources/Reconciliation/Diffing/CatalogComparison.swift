import Catalog
import Pricing
public import Snapshots

/// Two snapshots laid side by side by SKU: who has a partner, and where partners differ on locked fields.
///
/// Holds row numbers only; full values are read back for differences later.
public struct CatalogComparison: Sendable {
    /// The two stores.
    public let source: PackedSnapshot
    /// The destination's snapshot, which may lack rows that are in step.
    public let destination: PackedSnapshot
    /// The rules it was made by.
    public let rules: ComparisonRules
    /// For each of the destination's rows the source's partner + 1; 0 where it has none.
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
}

extension CatalogComparison {
    /// Compares.
    ///
    /// Linear in the rows. Fields that either snapshot does not have are not compared.
    public init(
        source: SKUIndex,
        destination: PackedSnapshot,
        rules: ComparisonRules,
        links: LinkTable = .empty
    ) {
        let terms = ComparisonTerms(source, destination, rules, links)
        self = Self.joined([terms.walk(destination)], terms, destination)
    }

    /// Compares as ``init(source:destination:rules:links:)`` does, up to eight parts of the destination side by side, none of
    /// them of fewer rows than `leastRows`.
    public static func inParts(
        source: SKUIndex,
        destination: PackedSnapshot,
        rules: ComparisonRules,
        links: LinkTable = .empty,
        leastRows: Int = 8192
    ) async -> CatalogComparison {
        let terms = ComparisonTerms(source, destination, rules, links)
        let count = destination.variants.count
        let share = max(1, leastRows, (count + parts - 1) / parts)
        let walks = await withTaskGroup(of: ComparisonWalk.self) { group in
            for start in stride(from: 0, to: count, by: share) {
                group.addTask {
                    ComparisonWalk(start..<min(start + share, count), of: destination, terms: terms)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return joined(walks.sorted { $0.rows.lowerBound < $1.rows.lowerBound }, terms, destination)
    }

    /// As many parts as are worth their tasks.
    private static let parts = 8

    private static func joined(
        _ walks: [ComparisonWalk],
        _ terms: ComparisonTerms,
        _ destination: PackedSnapshot
    ) -> CatalogComparison {
        var join = ComparisonJoin(terms)
        for walk in walks {
            join.note(walk)
            join.take(walk)
        }
        let rows = destination.variants
        return join.comparison(with: destination) { Int(rows[$0].product) }
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
