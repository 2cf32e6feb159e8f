import Catalog
import Reconciliation
import Reporting

/// Gathers what a person has to look at: the brakes, the findings of the stores, what was held or not done.
struct FindingCollector {
    let stores: [FindingRow]
    let plan: CorrectionPlan
    let outcomes: [CorrectionOutcome]
    let hits: [BrakeHit]
    let destination: ShopDomain
    var advice = Advice.ofRuns

    /// What to do about what the plan holds back.
    struct Advice: Sendable {
        let held: String
        let brake: String

        static let ofRuns = Advice(
            held: "synctec approve <plan> --held, if it is right",
            brake: "read the plan, then synctec approve it"
        )
    }

    /// The findings, kind by kind, each in the order of the stores' files or of the plan.
    func findings() -> [FindingRow] {
        var rows = hits.map { hit in
            FindingRow(
                kind: .brake,
                shop: destination.text,
                detail: "\(hit.brake.title): \(hit.detail)",
                suggestion: suggestion(for: hit)
            )
        }
        rows += stores
        rows += plan.held.map(held)
        rows += plan.corrections.compactMap(clearedCompareAt)
        rows += zip(plan.corrections, outcomes).compactMap(undone)
        return rows
    }

    private func held(_ item: HeldItem) -> FindingRow {
        let product = ResourceID(.product, item.target?.product ?? 0)
        let variant = ResourceID(.variant, item.target?.variant ?? 0)
        let kind: FindingRow.Kind = item.reason == .moved ? .moved : item.reason.isRefusal ? .refused : .held
        return FindingRow(
            kind: kind,
            shop: destination.text,
            sku: item.sku.text,
            product: item.product,
            productID: product.number,
            variantID: variant.number,
            link: item.target == nil ? "" : destination.adminLink(product: product, variant: variant),
            // Where no value can be wanted, it is the source's that a person has to look at.
            detail: item.reason.hasWantedValue || item.source.isEmpty
                ? item.text : "\(item.text); the source has \(item.source)",
            suggestion: suggestion(for: item.reason)
        )
    }

    /// What to do about a held or refused item, as reports/README.md has it.
    private func suggestion(for reason: HoldReason) -> String {
        switch reason {
        case .priceStep, .moved: advice.held
        case .duplicateAtSource, .duplicateAtDestination: "leave it on one variant"
        case .mixedProduct: "split the product, or do not lock that field for it"
        case .contested: "find who sets it, or do not lock the field"
        case .parked: "cure what the store says"
        case .underLastPrice: "check source price, rate and rule"
        case .noPrice: "check source price and rule"
        case .unreadableAmount: "correct it in the source"
        case .noRate: "see the brake exchange_rate"
        case .overLimit: "shorten it in the source"
        case .unknownValue: "correct it in the source; if it is right there, update synctec"
        }
    }

    /// A compare-at price that is cleared because it is not above the price here (FAULTS MO-6).
    private func clearedCompareAt(_ correction: Correction) -> FindingRow? {
        guard correction.field == .compareAtPrice, correction.new == .absent, correction.source != .absent else {
            return nil
        }
        let product = ResourceID(.product, correction.target.product)
        let variant = ResourceID(.variant, correction.target.variant)
        return FindingRow(
            kind: .compareAtCleared,
            shop: destination.text,
            sku: correction.sku.text,
            product: correction.product,
            productID: product.number,
            variantID: variant.number,
            link: destination.adminLink(product: product, variant: variant),
            detail:
                "the source's compare-at price \(correction.source.displayText) is not above the price here: the field is cleared",
            suggestion: "look at the compare-at price at the source, or at the price rule"
        )
    }

    private func undone(_ correction: Correction, _ outcome: CorrectionOutcome) -> FindingRow? {
        let kind: FindingRow.Kind
        switch outcome.kind {
        case .failed: kind = .failed
        case .left: kind = .left
        case .applied, .planned: return nil
        }
        // A brake is one finding, not one per item.
        if case .braked = outcome { return nil }
        let product = ResourceID(.product, correction.target.product)
        let variant = ResourceID(.variant, correction.target.variant)
        return FindingRow(
            kind: kind,
            shop: destination.text,
            sku: correction.sku.text,
            product: correction.product,
            productID: product.number,
            variantID: variant.number,
            link: destination.adminLink(product: product, variant: variant),
            detail: "\(correction.field.rawValue): \(outcome.word): \(outcome.reason)"
        )
    }

    private func suggestion(for hit: BrakeHit) -> String {
        switch hit.brake {
        case .exchangeRate: "get a current rate; stock and content go on without"
        case .currency: "set the shop's currency back, or have the store leave the team and join again"
        case .planStale: "make a new plan with synctec plan"
        default: advice.brake
        }
    }
}
