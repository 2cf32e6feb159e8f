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

        var tally = SKUTally()
        var corrections = [Int](repeating: 0, count: CatalogField.allCases.count)
        var held = plan.held[...]
        // Both lists are sorted by SKU, so what concerns one SKU comes together.
        func note(heldUpTo sku: SKU?) {
            while let item = held.first, sku.map({ item.sku < $0 || item.sku == $0 }) ?? true {
                if item.reason.isRefusal {
                    summary.refusedFields += 1
                    tally.note(item.sku, .refused)
                } else {
                    summary.heldFields += 1
                    tally.note(item.sku, .held)
                }
                held = held.dropFirst()
            }
        }
        for (place, correction) in plan.corrections.enumerated() {
            // Counted apart from the outcomes, so that a correction without one leaves the sums open.
            corrections[correction.field.position] += 1
            guard place < outcomes.count else { continue }
            if !held.isEmpty { note(heldUpTo: correction.sku) }
            switch outcomes[place].kind {
            case .planned:
                summary.planned += 1
                tally.note(correction.sku, .planned)
            case .applied:
                summary.applied += 1
                tally.note(correction.sku, .corrected)
            case .failed:
                summary.failed += 1
                tally.note(correction.sku, .failed)
            case .left:
                summary.left += 1
                tally.note(correction.sku, .left)
            }
        }
        note(heldUpTo: nil)
        tally.close()
        for field in CatalogField.allCases where corrections[field.position] > 0 {
            summary.corrections[field] = corrections[field.position]
        }
        for (outcome, count) in tally.counts { summary.skus[outcome, default: 0] += count }
        let quiet = comparison.matched - tally.skus
        summary.skus[pricesUnjudged ? .refused : .inStep, default: 0] += quiet
        summary.skus[.missing] = comparison.missing.count
        summary.skus[.extra] = comparison.extra.count
        summary.skus[.unshared] = comparison.unshared.count
        summary.skus[.duplicate] = comparison.duplicates.count
        summary.skus = summary.skus.filter { $0.value != 0 }
        return summary
    }
}

/// The worst outcome of each SKU, counted; SKUs come in order.
private struct SKUTally {
    private(set) var counts: [SKUOutcome: Int] = [:]
    private(set) var skus = 0
    private var current: (sku: SKU, worst: SKUOutcome)?

    mutating func note(_ sku: SKU, _ outcome: SKUOutcome) {
        if let known = current, known.sku == sku {
            if outcome.severity > known.worst.severity { current?.worst = outcome }
        } else {
            close()
            current = (sku, outcome)
        }
    }

    mutating func close() {
        guard let known = current else { return }
        counts[known.worst, default: 0] += 1
        skus += 1
        current = nil
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
