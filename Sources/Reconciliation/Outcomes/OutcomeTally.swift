import Catalog
import Snapshots

/// Counts what became of every SKU of one destination.
public enum OutcomeTally {
    /// The sums of a comparison, its plan and what became of the plan.
    ///
    /// `outcomes` holds one outcome per correction of the plan, in its order. Where prices are locked and there is no rate,
    /// matched SKUs whose prices nobody could judge are not called in step.
    public static func summary(
        of comparison: CatalogComparison,
        plan: CorrectionPlan,
        outcomes: [CorrectionOutcome],
        pricesUnjudged: Bool
    ) -> DestinationSummary {
        var summary = DestinationSummary()
        summary.sourceVariants = comparison.source.statistics.variants
        summary.sourceBlanks = comparison.source.statistics.blankSKUs
        summary.destinationVariants = comparison.destination.statistics.variants
        summary.destinationBlanks = comparison.destination.statistics.blankSKUs
        summary.sourceDuplicates = comparison.duplicates.count { $0.source.count > 1 }
        summary.destinationDuplicates = comparison.duplicates.count { $0.destination.count > 1 }
        summary.matched = comparison.matched

        var worst: [SKU: SKUOutcome] = [:]
        func note(_ sku: SKU, _ outcome: SKUOutcome) {
            if let known = worst[sku], known.severity >= outcome.severity { return }
            worst[sku] = outcome
        }
        // Counted apart from the outcomes, so that a correction without one leaves the sums open.
        for correction in plan.corrections { summary.corrections[correction.field, default: 0] += 1 }
        for (correction, outcome) in zip(plan.corrections, outcomes) {
            switch outcome.kind {
            case .planned:
                summary.planned += 1
                note(correction.sku, .planned)
            case .applied:
                summary.applied += 1
                note(correction.sku, .corrected)
            case .failed:
                summary.failed += 1
                note(correction.sku, .failed)
            case .left:
                summary.left += 1
                note(correction.sku, .left)
            }
        }
        for item in plan.held {
            if item.reason.isRefusal {
                summary.refusedFields += 1
                note(item.sku, .refused)
            } else {
                summary.heldFields += 1
                note(item.sku, .held)
            }
        }
        for outcome in worst.values { summary.skus[outcome, default: 0] += 1 }
        let quiet = comparison.matched - worst.count
        summary.skus[pricesUnjudged ? .refused : .inStep, default: 0] += quiet
        summary.skus[.missing] = comparison.missing.count
        summary.skus[.extra] = comparison.extra.count
        summary.skus[.unshared] = comparison.unshared.count
        summary.skus[.duplicate] = comparison.duplicates.count
        summary.skus = summary.skus.filter { $0.value != 0 }
        return summary
    }
}

extension SKUOutcome {
    /// Of several outcomes of one SKU's fields, the one with the highest number is the SKU's.
    var severity: Int {
        switch self {
        case .inStep: 0
        case .corrected: 1
        case .planned: 2
        case .held: 3
        case .refused: 4
        case .left: 5
        case .failed: 6
        case .missing, .extra, .unshared, .duplicate: 7
        }
    }
}
