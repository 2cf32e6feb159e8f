public import Catalog

/// The sums of one destination in one run.
///
/// They close, or the run is INTERNAL (FAULTS, invariant 11).
public struct DestinationSummary: Sendable, Hashable, Codable {
    /// Variants the source snapshot holds.
    public var sourceVariants = 0
    /// Variants of the source with a blank SKU.
    public var sourceBlanks = 0
    /// Distinct SKUs of the source that stand on several variants.
    public var sourceDuplicates = 0
    /// Variants the destination snapshot holds.
    public var destinationVariants = 0
    /// Variants of the destination with a blank SKU.
    public var destinationBlanks = 0
    /// Distinct SKUs of the destination that stand on several variants.
    public var destinationDuplicates = 0
    /// SKUs once on both sides and shared by the source.
    public var matched = 0
    /// SKUs per outcome; an outcome that is absent has none.
    public var skus: [SKUOutcome: Int] = [:]
    /// Corrections planned per field.
    public var corrections: [CatalogField: Int] = [:]
    /// Corrections by what became of them.
    public var applied = 0
    /// Corrections that the store refused, or that did not hold.
    public var failed = 0
    /// Corrections that were not written in this run.
    public var left = 0
    /// Corrections of a run that only plans.
    public var planned = 0
    /// Fields held or refused.
    public var heldFields = 0
    /// Fields whose value must not be written.
    public var refusedFields = 0
    /// GraphQL mutations sent.
    public var mutations = 0

    /// All sums zero.
    public init() {}

    /// SKUs with an outcome.
    public func count(_ outcome: SKUOutcome) -> Int { skus[outcome] ?? 0 }

    /// What does not add up; empty where all sums close.
    public var contradictions: [String] {
        var found: [String] = []
        let ended = [SKUOutcome.inStep, .corrected, .planned, .held, .refused, .failed, .left].reduce(0) {
            $0 + count($1)
        }
        if ended != matched {
            found.append("\(matched) SKUs matched, \(ended) have an outcome")
        }
        let all = corrections.values.reduce(0, +)
        if all != applied + failed + left + planned {
            found.append(
                "\(all) corrections, but \(applied) applied + \(failed) failed + \(left) left + \(planned) planned"
            )
        }
        return found
    }
}
