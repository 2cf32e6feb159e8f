import Catalog
import Pricing
import Reconciliation
import Snapshots

/// What the ledger remembers of one destination, decoded.
struct DestinationMemory: Sendable {
    let baseline: Baseline?
    let previousSource: SKUIndex?
    let links: LinkTable
    let attempts: [AttemptKey: AttemptTally.Entry]
    let approvals: [PlanApproval]
    let approvedPlans: [CorrectionPlan]

    /// Loads it.
    static func load(_ shop: ShopDomain, team: TeamID, from ledger: any Ledger) async throws(RunError)
        -> DestinationMemory
    {
        let baseline: Baseline?
        let attempts: [AttemptRecord]
        let approvals: [PlanApproval]
        do {
            baseline = try await ledger.baseline(team, destination: shop)
            attempts = try await ledger.attempts(team, destination: shop)
            approvals = try await ledger.openApprovals(team, destination: shop)
        } catch {
            throw .ledger(error)
        }
        return try DestinationMemory(shop: shop, baseline: baseline, attempts: attempts, approvals: approvals)
    }

    private init(
        shop: ShopDomain,
        baseline: Baseline?,
        attempts: [AttemptRecord],
        approvals: [PlanApproval]
    ) throws(RunError) {
        let memory = try Self.rows(of: baseline, of: shop)
        // What another version of the program left is as nothing: the next run is as the first.
        self.baseline = memory == nil ? nil : baseline
        previousSource = memory?.source
        links = memory?.links ?? .empty
        self.attempts = Dictionary(
            attempts.map { record in
                (
                    AttemptKey(sku: record.sku, field: record.field),
                    AttemptTally.Entry(
                        attempt: Attempt(isUnheld: record.kind == .unheld, count: record.count),
                        detail: record.detail
                    )
                )
            },
            uniquingKeysWith: { first, _ in first }
        )
        self.approvals = approvals
        var plans: [CorrectionPlan] = []
        for approval in approvals {
            do {
                plans.append(try CorrectionPlan(document: approval.plan.document))
            } catch {
                throw .contradiction("\(shop): plan \(approval.plan.hash.short): \(error)")
            }
        }
        approvedPlans = plans
    }

    /// The rows and links of a baseline; `nil` where there is none, or one of another version's form.
    private static func rows(
        of baseline: Baseline?,
        of shop: ShopDomain
    ) throws(RunError) -> (source: SKUIndex, links: LinkTable)? {
        guard let baseline else { return nil }
        let rows: PackedSnapshot
        do {
            rows = try PackedSnapshot(serialized: baseline.sourceRows)
        } catch .storedFormOfAnotherVersion {
            return nil
        } catch {
            throw .contradiction("\(shop): the source rows of run \(baseline.run.short) do not read: \(error)")
        }
        guard let links = LinkTable(serialized: baseline.links) else {
            throw .contradiction("\(shop): the links of run \(baseline.run.short) do not read")
        }
        return (SKUIndex(rows), links)
    }

    /// The same, or as before the first run where the last good one was in other currencies: its amounts mean nothing now.
    func inCurrencies(_ source: Currency, _ destination: Currency) -> DestinationMemory {
        guard let rate = baseline?.rate, rate.from != source || rate.to != destination else { return self }
        return DestinationMemory(
            baseline: nil,
            previousSource: nil,
            links: .empty,
            attempts: attempts,
            approvals: approvals,
            approvedPlans: approvedPlans
        )
    }

    private init(
        baseline: Baseline?,
        previousSource: SKUIndex?,
        links: LinkTable,
        attempts: [AttemptKey: AttemptTally.Entry],
        approvals: [PlanApproval],
        approvedPlans: [CorrectionPlan]
    ) {
        self.baseline = baseline
        self.previousSource = previousSource
        self.links = links
        self.attempts = attempts
        self.approvals = approvals
        self.approvedPlans = approvedPlans
    }

    /// What a person released one by one, in the form they saw, and by the rules they saw it under.
    func released(under rules: String) -> Set<ReleasedItem> {
        Set(
            zip(approvals, approvedPlans).filter { $0.0.held && $0.1.rules == rules }.flatMap { _, plan in
                plan.held.filter(\.reason.isReleasable).map {
                    ReleasedItem(sku: $0.sku, reason: $0.reason, wanted: $0.wanted)
                }
            }
        )
    }

    /// The memory in the form a plan by these rules takes, with further released items.
    func planMemory(rules: String, alsoReleased: Set<ReleasedItem>) -> PlanMemory {
        PlanMemory(
            previousSource: previousSource,
            links: links,
            previousRate: baseline?.rate,
            attempts: attempts.mapValues(\.attempt),
            released: released(under: rules).union(alsoReleased)
        )
    }
}
