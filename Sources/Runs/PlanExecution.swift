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

    var shop: ShopDomain { destination.store.shop }

    /// Plans, judges, applies and records.
    func carryOut(
        _ side: DestinationSide,
        _ relinked: Set<ReleasedItem>
    ) async throws(RunError) -> DestinationReport {
        let (store, memory, comparison, decision) = (side.store, side.memory, side.comparison, side.rate)
        let begin = ports.clock.now()
        let (plan, facts) = try await makePlan(comparison, memory, relinked)
        let hash = try Self.checked { try plan.hash() }
        let situation = Brakes.Situation(
            facts: facts,
            sizes: .init(source: source.index.distinctSKUs, destination: comparison.destinationSKUs),
            previousSizes: memory.baseline.map { .init(source: $0.sourceSKUs, destination: $0.destinationSKUs) },
            acceptedRules: memory.baseline?.rules,
            rateRefusal: decision.isOfOtherCurrency ? nil : decision.refusal,
            pricesAreLocked: !destination.fields.fields(.locked).isDisjoint(with: Self.money)
        )
        var judged = try judge(plan, situation, memory, decision)
        try await keep(plan, hash, judged.hits)

        var result = CorrectionApplier.Result(outcomes: plan.corrections.map { _ in .planned })
        if mode.writes {
            result = await apply(plan, judged.hits, side, madeAt: begin)
            if case .planTooOld(let limit) = result.interruption { judged.hits.append(.tooOld(limit)) }
            do throws(LedgerError) {
                if result.failure == nil { try await remember(comparison, plan, result, judged, memory, decision) }
            } catch {
                // What was written is written: it is reported, and the next run finds it.
                result.failure = error
            }
        }
        // A brake on a stage that this run was not to write is not this run's news.
        let hits = mode.writes ? judged.hits.filter { $0.concerns(mode.stages) } : judged.hits
        return try await report(comparison, plan, hash, result, hits, decision, store)
    }

    // MARK: Steps

    private func makePlan(
        _ comparison: CatalogComparison,
        _ memory: DestinationMemory,
        _ relinked: Set<ReleasedItem>
    ) async throws(RunError) -> (CorrectionPlan, PlanFacts) {
        var planner: CorrectionPlanner
        do throws(SnapshotError) {
            planner = try await PlanBuilder.planner(
                for: comparison,
                memory: memory.planMemory(rules: rulesDigest, alsoReleased: relinked),
                limits: destination.brakes
            )
        } catch {
            throw .snapshot(shop: shop, reason: error.description)
        }
        let digests = SnapshotDigests(
            source: source.digest,
            destination: SnapshotDigests.digest(of: comparison.destination.serialized())
        )
        return planner.finish(
            team: settings.team,
            destination: shop,
            rules: rulesDigest,
            snapshots: digests
        )
    }

    private var rulesDigest: String { settings.rulesDigest(for: destination) }

    private func judge(
        _ plan: CorrectionPlan,
        _ situation: Brakes.Situation,
        _ memory: DestinationMemory,
        _ decision: RunRate
    ) throws(RunError) -> (hits: [BrakeHit], used: Bool) {
        // A person who lets a store leave has decided to empty it: only the brakes on trust in the snapshots remain.
        if mode.isLeaving { return ([], false) }
        var hits = Brakes(limits: destination.brakes).judge(plan, in: situation)
        if decision.isOfOtherCurrency, let reason = decision.refusal {
            hits.append(BrakeHit(brake: .currency, extent: .stages([.prices]), detail: reason))
        }
        var judged = try Self.checked {
            let approved = zip(memory.approvals, memory.approvedPlans).map { approval, seen in
                seen.remaining(in: plan, releasingHeld: approval.held)
            }
            return try BrakeRelease(approved: approved).remaining(of: hits, on: plan)
        }
        let releasedHeld = !memory.released(under: plan.rules).isEmpty
        judged.used = judged.used || releasedHeld
        guard case .apply(let stored) = mode else { return judged }
        // Once more than the command asks: the snapshots may have taken longer than the plan lives.
        if ports.clock.now() - stored.createdAt > destination.brakes.planAge {
            judged.hits.append(.tooOld(destination.brakes.planAge))
            return judged
        }
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
                    brake: .planStale,
                    extent: .stages(Set(moved)),
                    detail:
                        "\(moved.map(\.rawValue).joined(separator: ", ")) moved since plan \(stored.hash.short) was made"
                )
            )
        }
        return judged
    }

    private func keep(_ plan: CorrectionPlan, _ hash: PlanHash, _ hits: [BrakeHit]) async throws(RunError) {
        let document = try Self.checked { try plan.document() }
        let stored = StoredPlan(
            hash: hash,
            team: settings.team,
            destination: shop,
            run: run,
            createdAt: ports.clock.now(),
            document: document,
            rules: plan.rules,
            brakes: hits.map(\.brake)
        )
        try await ledgered { ledger throws(LedgerError) in try await ledger.save(stored, lock: lock) }
    }

    private func apply(
        _ plan: CorrectionPlan,
        _ hits: [BrakeHit],
        _ side: DestinationSide,
        madeAt begin: Timestamp
    ) async -> CorrectionApplier.Result {
        let clock = ports.clock
        let limit = destination.brakes.planAge
        let total = plan.corrections.count
        let gate = WriteGate { [isStopping] in
            if isStopping() { return .stopped }
            return clock.now() - begin > limit ? .planTooOld(limit) : nil
        }
        let applier = CorrectionApplier(
            store: side.store,
            journal: WriteJournal(
                ledger: ports.ledger,
                lock: lock,
                run: run,
                team: settings.team,
                destination: shop,
                clock: clock
            ),
            equality: ValueEquality(key: source.key),
            aliases: destination.aliases,
            batchesInFlight: batchesInFlight,
            gate: gate,
            bulk: bulkTerms(side),
            progress: { [progress = ports.progress, shop] done in
                progress.report(RunStep(shop: shop, activity: .writing, done: done, total: total))
            },
            decided: { [progress = ports.progress, shop] decision in
                progress.report(RunStep(shop: shop, activity: .planning, decision: decision))
            }
        )
        return await applier.apply(plan.corrections, of: mode.stages, stoppedBy: hits)
    }

    /// Where no folder can be made, nothing is written in bulk.
    private func bulkTerms(_ side: DestinationSide) -> BulkTerms? {
        guard let folder = try? ports.folder(run, shop) else { return nil }
        let statistics = side.comparison.destination.statistics
        return BulkTerms(folder: folder, storeVariants: statistics.variants, storeProducts: statistics.products)
    }

    private func report(
        _ comparison: CatalogComparison,
        _ plan: CorrectionPlan,
        _ hash: PlanHash,
        _ result: CorrectionApplier.Result,
        _ hits: [BrakeHit],
        _ decision: RunRate,
        _ store: any Store
    ) async throws(RunError) -> DestinationReport {
        let pricesUnjudged = hits.contains { $0.brake == .exchangeRate || $0.brake == .currency }
        var summary = OutcomeTally.summary(
            of: comparison,
            plan: plan,
            outcomes: result.outcomes,
            pricesUnjudged: pricesUnjudged
        )
        summary.mutations = await store.counters().mutations
        let contradictions = summary.contradictions
        guard contradictions.isEmpty else { throw .contradiction(contradictions.joined(separator: "; ")) }
        let stores: [FindingRow]
        do throws(SnapshotError) {
            stores = try StoreFindings(
                comparison: comparison,
                source: source.identity.domain,
                destination: shop
            ).rows()
        } catch {
            throw .snapshot(shop: shop, reason: error.description)
        }
        let findings = FindingCollector(
            stores: stores,
            plan: plan,
            outcomes: result.outcomes,
            hits: hits,
            destination: shop
        ).findings()
        let rows = CorrectionRow.rows(of: plan, outcomes: result.outcomes)
        func report(_ failure: LedgerError?) -> DestinationReport {
            let status = status(summary, hits, findings, result, failure)
            let details =
                [failure?.description, result.stopped?.description].compactMap(\.self)
                + (result.interruption == .stopped ? ["the run was stopped"] : [])
                + hits.map { "\($0.brake.title): \($0.detail)" }
            return DestinationReport(
                shop: shop,
                status: status.rawValue,
                detail: details.joined(separator: "; "),
                plan: hash,
                brakes: hits,
                rate: decision.text,
                summary: summary,
                corrections: rows,
                findings: findings
            )
        }
        var final = report(result.failure)
        if result.failure == nil {
            do {
                try await ports.ledger.record(
                    DestinationRecord(final, run: run, team: settings.team),
                    lock: lock
                )
            } catch {
                final = report(error)
            }
        }
        ports.progress.report(
            RunStep(
                shop: shop,
                activity: .done,
                note: "status=\(final.status) matched=\(summary.matched) planned=\(plan.corrections.count) "
                    + "applied=\(summary.applied) failed=\(summary.failed) left=\(summary.left) held=\(plan.held.count)"
            )
        )
        return final
    }

    private func status(
        _ summary: DestinationSummary,
        _ hits: [BrakeHit],
        _ findings: [FindingRow],
        _ result: CorrectionApplier.Result,
        _ failure: LedgerError?
    ) -> ExitStatus {
        var parts: [ExitStatus] = []
        if let failure { parts.append(RunError.ledger(failure).status) }
        if let stopped = result.stopped { parts.append(RunError.store(stopped).status) }
        if result.interruption == .stopped { parts.append(.interrupted) }
        if !hits.isEmpty { parts.append(.brake) }
        let quiet = Set<SKUOutcome>([.inStep, .corrected])
        if !findings.isEmpty || !summary.skus.keys.allSatisfy(quiet.contains) { parts.append(.attention) }
        return parts.max() ?? .ok
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

extension BrakeHit {
    /// The plan's time is over: all that is left of it waits (FAULTS PL-6).
    fileprivate static func tooOld(_ limit: Duration) -> BrakeHit {
        BrakeHit(
            brake: .planStale,
            extent: .stages(Set(PlanStage.allCases)),
            detail: "it is older than \(limit.components.seconds / 60) minutes"
        )
    }
}
