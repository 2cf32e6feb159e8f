import Catalog
import Pricing
import Reconciliation
import Reporting
import Settings
import Snapshots

extension PlanExecution {
    private func useApprovals(_ memory: DestinationMemory, _ plan: CorrectionPlan) async throws(LedgerError) {
        for approval in memory.approvals where approval.plan.rules == plan.rules {
            do throws(LedgerError) {
                try await ports.ledger.useApproval(approval, run: run, lock: lock, at: ports.clock.now())
            } catch {
                // Replaced meanwhile by an approval of the same plan: that one is for the next run.
                guard case .refused = error else { throw error }
            }
        }
    }

    /// Keeps what the next run of the destination is to know of this one.
    func remember(
        _ comparison: CatalogComparison,
        _ plan: CorrectionPlan,
        _ result: CorrectionApplier.Result,
        _ judged: (hits: [BrakeHit], used: Bool),
        _ memory: DestinationMemory,
        _ decision: RunRate
    ) async throws(LedgerError) {
        if mode.isLeaving { return }
        let next = AttemptTally.next(after: plan, outcomes: result.outcomes, before: memory.attempts)
        let records = next.map { key, entry in
            AttemptRecord(
                sku: key.sku,
                field: key.field,
                kind: entry.attempt.isUnheld ? .unheld : .failed,
                count: entry.attempt.count,
                detail: entry.detail
            )
        }
        try await ports.ledger.save(records, team: settings.team, destination: shop, lock: lock)

        let hits = judged.hits
        // A stale plan that changed nothing decided nothing: neither its approval nor its rules count as used.
        let isIdle =
            !plan.corrections.isEmpty && plan.corrections.allSatisfy { item in hits.contains { $0.stops(item) } }
        let isStale = isIdle && hits.contains { $0.brake == .planStale }
        let isAccepted = !isStale && !hits.contains { $0.brake == .firstRun || $0.brake == .rulesChanged }
        // In a currency nobody has agreed to, amounts mean nothing: the memory stays as it was.
        if isAccepted, !hits.contains(where: { $0.brake == .currency }) {
            try await ports.ledger.save(baseline(comparison, plan, result, hits, memory, decision), lock: lock)
        }
        // A run that was cut short leaves the approval to the one that finishes its work, which may need it no more.
        if judged.used || hits.isEmpty, result.isWhole, !isStale { try await useApprovals(memory, plan) }
    }

    private func baseline(
        _ comparison: CatalogComparison,
        _ plan: CorrectionPlan,
        _ result: CorrectionApplier.Result,
        _ hits: [BrakeHit],
        _ memory: DestinationMemory,
        _ decision: RunRate
    ) -> Baseline {
        // A run under a brake is no good run: the sizes and the source's rows it is measured by stay those of the last one.
        let old = hits.isEmpty ? nil : memory.baseline
        // Prices that are still to follow a new rate would not be explained by it, were it remembered already.
        let areFollowing = zip(plan.corrections, result.outcomes).allSatisfy { correction, outcome in
            switch outcome {
            case .left, .braked: !correction.field.isMoney
            default: true
            }
        }
        let rate = areFollowing ? decision.rate ?? memory.baseline?.rate : memory.baseline?.rate ?? decision.rate
        return Baseline(
            team: settings.team,
            destination: shop,
            run: old?.run ?? run,
            at: ports.clock.now(),
            rules: plan.rules,
            sourceRows: old?.sourceRows ?? source.rows,
            links: LinkTable.after(comparison, plan: plan, outcomes: result.outcomes, before: memory.links)
                .serialized(),
            rate: rate,
            sourceSKUs: old?.sourceSKUs ?? source.index.distinctSKUs,
            destinationSKUs: old?.destinationSKUs ?? comparison.destinationSKUs
        )
    }
}
