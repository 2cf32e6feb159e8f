import Catalog
import FoundationEssentials
import Pricing
import Reconciliation
import Reporting
import Settings
import Snapshots

/// What follows when a destination is read and compared: plan, brakes, apply, rows.
///
/// A stop lets what is under way here finish.
struct PlanExecution: Sendable {
    let ports: RunPorts
    let settings: TeamSettings
    let destination: DestinationSettings
    let source: SourceSide
    let run: RunID
    let mode: RunMode
    let lock: RunLock
    let batchesInFlight: Int
    let isStopping: @Sendable () -> Bool

    private var shop: ShopDomain { destination.store.shop }

    /// Plans, judges, applies and records.
    func carryOut(
        _ side: DestinationSide, _ relinked: Set<ReleasedItem>
    ) async throws(RunError) -> DestinationReport {
        let (store, memory, comparison, decision) = (side.store, side.memory, side.comparison, side.rate)
        let (plan, facts) = try makePlan(comparison, memory, relinked)
        let hash = try Self.checked { try plan.hash() }
        let situation = Brakes.Situation(
            facts: facts,
            sizes: .init(source: source.index.distinctSKUs, destination: comparison.destinationSKUs),
            previousSizes: memory.baseline.map { .init(source: $0.sourceSKUs, destination: $0.destinationSKUs) },
            acceptedRules: memory.baseline?.rules, rateRefusal: decision.refusal,
            pricesAreLocked: !destination.fields.fields(.locked).isDisjoint(with: Self.money))
        let judged = try judge(plan, situation, memory)
        try await keep(plan, hash, judged.hits)

        var result = CorrectionApplier.Result(outcomes: plan.corrections.map { _ in .planned }, stopped: nil)
        if mode.writes {
            result = try await apply(plan, judged.hits, store)
            if judged.used { try await useApprovals(memory, plan) }
            try await remember(comparison, plan, result, judged.hits, memory, decision)
        }
        return try await report(comparison, plan, hash, result, judged.hits, decision, store, isStopping())
    }

    // MARK: Steps

    private func makePlan(
        _ comparison: CatalogComparison, _ memory: DestinationMemory, _ relinked: Set<ReleasedItem>
    ) throws(RunError) -> (CorrectionPlan, PlanFacts) {
        let records: PairRecords
        do throws(SnapshotError) {
            records = try RecordReader.pairs(of: comparison)
        } catch {
            throw .snapshot(shop: shop, reason: error.description)
        }
        var planner = CorrectionPlanner(
            comparison: comparison, records: records, memory: memory.planMemory(alsoReleased: relinked),
            limits: BrakeLimits(destination.brakes))
        let digests = SnapshotDigests(
            source: source.digest, destination: SnapshotDigests.digest(of: comparison.destination.serialized()))
        return planner.plan(
            team: settings.team, destination: shop, rules: rulesDigest, snapshots: digests)
    }

    /// The digest of what decides a plan (FAULTS PL-5).
    private var rulesDigest: String {
        SnapshotDigests.digest(of: Array(settings.rules(for: destination).utf8))
    }

    private func judge(
        _ plan: CorrectionPlan, _ situation: Brakes.Situation, _ memory: DestinationMemory
    ) throws(RunError) -> (hits: [BrakeHit], used: Bool) {
        // A person who lets a store leave has decided to empty it: only the brakes on trust in the snapshots remain.
        if mode.isLeaving { return ([], false) }
        let hits = Brakes(limits: BrakeLimits(destination.brakes)).judge(plan, in: situation)
        var judged = try Self.checked {
            try BrakeRelease(approved: memory.approvedPlans).remaining(of: hits, on: plan)
        }
        let releasedHeld = !memory.released.isEmpty
        judged.used = judged.used || releasedHeld
        guard case .apply(let stored) = mode else { return judged }
        let seen: CorrectionPlan
        do {
            seen = try CorrectionPlan(document: stored.document)
        } catch {
            throw .unknownName(error.description)
        }
        let moved = try Self.checked { try PlanStage.allCases.filter { try seen.hash(of: $0) != plan.hash(of: $0) } }
        if !moved.isEmpty {
            judged.hits.append(
                BrakeHit(
                    brake: .planStale, extent: .stages(Set(moved)),
                    detail: "\(moved.map(\.rawValue).joined(separator: ", ")) moved since plan \(stored.hash.short) was made"))
        }
        return judged
    }

    private func keep(_ plan: CorrectionPlan, _ hash: PlanHash, _ hits: [BrakeHit]) async throws(RunError) {
        let document = try Self.checked { try plan.document() }
        let stored = StoredPlan(
            hash: hash, team: settings.team, destination: shop, run: run, createdAt: ports.clock.now(),
            document: document, rules: plan.rules, brakes: hits.map(\.brake))
        try await ledgered { ledger throws(LedgerError) in try await ledger.save(stored, lock: lock) }
    }

    private func apply(
        _ plan: CorrectionPlan, _ hits: [BrakeHit], _ store: any Store
    ) async throws(RunError) -> CorrectionApplier.Result {
        let clock = ports.clock
        let limit = destination.brakes.planAge
        let made = clock.now()
        let total = plan.corrections.count
        let applier = CorrectionApplier(
            store: store,
            journal: WriteJournal(
                ledger: ports.ledger, lock: lock, run: run, team: settings.team, destination: shop, clock: clock),
            equality: ValueEquality(key: source.key), aliases: destination.aliases, batchesInFlight: batchesInFlight,
            objection: { [isStopping] in
                if isStopping() { return "the run was stopped" }
                return clock.now() - made > limit ? "the plan is older than \(limit)" : nil
            },
            progress: { [progress = ports.progress, shop] done in
                progress.report(RunStep(shop: shop, activity: .writing, done: done, total: total))
            })
        do throws(LedgerError) {
            for intent in try await ports.ledger.openIntents(settings.team, destination: shop) {
                // This run's snapshot is newer than whatever became of it, so the plan above has taken it into account.
                try await ports.ledger.settle(
                    intent.key, as: .unknown, detail: "found open; the snapshot of run \(run.short) decided", lock: lock,
                    at: clock.now())
            }
            return try await applier.apply(plan.corrections, stoppedBy: hits)
        } catch {
            throw .ledger(error)
        }
    }

    private func useApprovals(_ memory: DestinationMemory, _ plan: CorrectionPlan) async throws(RunError) {
        for approval in memory.approvals where approval.plan.rules == plan.rules {
            try await ledgered { ledger throws(LedgerError) in
                try await ledger.useApproval(approval, run: run, lock: lock, at: ports.clock.now())
            }
        }
    }

    private func remember(
        _ comparison: CatalogComparison, _ plan: CorrectionPlan, _ result: CorrectionApplier.Result, _ hits: [BrakeHit],
        _ memory: DestinationMemory, _ decision: RunRate
    ) async throws(RunError) {
        if mode.isLeaving { return }
        let next = AttemptTally.next(after: plan, outcomes: result.outcomes, before: memory.attempts)
        let records = next.map { key, entry in
            AttemptRecord(
                sku: key.sku, field: key.field, kind: entry.attempt.isUnheld ? .unheld : .failed,
                count: entry.attempt.count, detail: entry.detail)
        }
        let links = LinkTable.after(comparison, plan: plan, outcomes: result.outcomes, before: memory.links)
        // A run under a brake is no good run: the sizes and the source's rows it is measured by stay those of the last one.
        let isGood = hits.isEmpty
        let isAccepted = !hits.contains { $0.brake == .firstRun || $0.brake == .rulesChanged }
        guard isAccepted, isGood || memory.baseline != nil else { return }
        let old = isGood ? nil : memory.baseline
        let baseline = Baseline(
            team: settings.team, destination: shop, run: old?.run ?? run, at: ports.clock.now(), rules: plan.rules,
            sourceRows: old?.sourceRows ?? source.rows, links: links.serialized(),
            rate: decision.rate ?? memory.baseline?.rate, sourceSKUs: old?.sourceSKUs ?? source.index.distinctSKUs,
            destinationSKUs: old?.destinationSKUs ?? comparison.destinationSKUs)
        try await ledgered { ledger throws(LedgerError) in
            try await ledger.save(records, team: settings.team, destination: shop, lock: lock)
            try await ledger.save(baseline, lock: lock)
        }
    }

    private func report(
        _ comparison: CatalogComparison, _ plan: CorrectionPlan, _ hash: PlanHash, _ result: CorrectionApplier.Result,
        _ hits: [BrakeHit], _ decision: RunRate, _ store: any Store, _ wasStopped: Bool
    ) async throws(RunError) -> DestinationReport {
        let pricesUnjudged = hits.contains { $0.brake == .exchangeRate }
        var summary = OutcomeTally.summary(
            of: comparison, plan: plan, outcomes: result.outcomes, pricesUnjudged: pricesUnjudged)
        summary.mutations = await store.counters().mutations
        let contradictions = summary.contradictions
        guard contradictions.isEmpty else { throw .contradiction(contradictions.joined(separator: "; ")) }
        let findings: [FindingRow]
        do throws(SnapshotError) {
            findings = try FindingCollector(
                comparison: comparison, plan: plan, outcomes: result.outcomes, hits: hits,
                source: source.identity.domain, destination: shop
            ).findings()
        } catch {
            throw .snapshot(shop: shop, reason: error.description)
        }
        let rows = CorrectionRow.rows(of: plan, outcomes: result.outcomes)
        let status = status(summary, hits, result, wasStopped)
        let detail = result.stopped?.description ?? hits.map { "\($0.brake.title): \($0.detail)" }.joined(separator: "; ")
        let record = DestinationRecord(
            run: run, team: settings.team, destination: shop, status: status.rawValue, detail: detail, plan: hash,
            summary: summary, corrections: rows, findings: findings)
        try await ledgered { ledger throws(LedgerError) in try await ledger.record(record, lock: lock) }
        ports.progress.report(
            RunStep(
                shop: shop, activity: .done,
                note: "status=\(status.rawValue) matched=\(summary.matched) planned=\(plan.corrections.count) "
                    + "applied=\(summary.applied) failed=\(summary.failed) left=\(summary.left) held=\(plan.held.count)"))
        return DestinationReport(
            shop: shop, status: status.rawValue, detail: detail, plan: hash, brakes: hits, rate: decision.text,
            summary: summary, corrections: rows, findings: findings)
    }

    private func status(
        _ summary: DestinationSummary, _ hits: [BrakeHit], _ result: CorrectionApplier.Result, _ wasStopped: Bool
    ) -> ExitStatus {
        if let stopped = result.stopped { return RunError.store(stopped).status }
        if wasStopped, summary.left > 0 { return .interrupted }
        if !hits.isEmpty { return .brake }
        let quiet = Set<SKUOutcome>([.inStep, .corrected])
        return summary.skus.keys.allSatisfy(quiet.contains) ? .ok : .attention
    }

    private static let money = FieldSet(CatalogField.allCases.filter(\.isMoney))

    private func ledgered<Value: Sendable>(
        _ body: (any Ledger) async throws(LedgerError) -> Value
    ) async throws(RunError) -> Value {
        do {
            return try await body(ports.ledger)
        } catch {
            throw .ledger(error)
        }
    }

    /// Encoding a plan of our own cannot fail; where it does all the same, that is a fault of ours.
    private static func checked<Value>(_ body: () throws -> Value) throws(RunError) -> Value {
        do {
            return try body()
        } catch {
            throw .contradiction(String(describing: error))
        }
    }
}
