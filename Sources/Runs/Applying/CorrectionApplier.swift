package import Catalog
package import Reconciliation

/// Writes the corrections of one plan, each behind its precondition, and reads every one back.
///
/// Does only what the plan says. Content and prices go first, product by product or by bulk operations, whichever ends sooner at
/// this store, then stock, so that an item whose tracking is switched on can take its quantity in the same run.
package struct CorrectionApplier: Sendable {
    let store: any Store
    let journal: any WriteJournaling
    let equality: ValueEquality
    /// The destination's SKU for each correction's SKU, where an alias says so.
    let aliases: [SKU: SKU]
    /// Batches under way at once; the store's budget paces them.
    let batchesInFlight: Int
    /// Asked before every call.
    let gate: WriteGate
    /// What writing in bulk needs; `nil` where it is not to be thought of.
    let bulk: BulkTerms?
    let progress: @Sendable (_ done: Int) -> Void
    /// Hears what was decided, in words.
    let decided: @Sendable (String) -> Void

    /// Writes to a store, under a journal and a gate.
    package init(
        store: any Store,
        journal: any WriteJournaling,
        equality: ValueEquality,
        aliases: [SKU: SKU],
        batchesInFlight: Int,
        gate: WriteGate,
        bulk: BulkTerms?,
        progress: @escaping @Sendable (_ done: Int) -> Void,
        decided: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.store = store
        self.journal = journal
        self.equality = equality
        self.aliases = aliases
        self.batchesInFlight = batchesInFlight
        self.gate = gate
        self.bulk = bulk
        self.progress = progress
        self.decided = decided
    }

    /// What became of the corrections, in the order they were given.
    package struct Result: Sendable {
        package var outcomes: [CorrectionOutcome]
        /// What stopped the store for this run, if anything did.
        package var stopped: StoreError?
        /// What broke at the ledger; what was written before is among the outcomes all the same.
        package var failure: LedgerError?
        /// What cut the run short otherwise.
        package var interruption: WriteGate.Interruption?

        /// Whether every correction had its turn.
        var isWhole: Bool { stopped == nil && failure == nil && interruption == nil }
    }

    /// Applies the corrections of some stages that no brake stops; those of the others stay planned.
    package func apply(
        _ corrections: [Correction],
        of stages: Set<PlanStage>,
        stoppedBy hits: [BrakeHit]
    ) async -> Result {
        var outcomes = corrections.map { _ in CorrectionOutcome.left(reason: "not reached") }
        var catalogue: [Numbered] = []
        var stock: [Numbered] = []
        for (index, correction) in corrections.enumerated() {
            if !stages.contains(correction.field.stage) {
                outcomes[index] = .planned
            } else if let hit = hits.first(where: { $0.stops(correction) }) {
                outcomes[index] = .braked(hit.brake)
            } else if correction.field == .inventory {
                stock.append(Numbered(index: index, correction: correction))
            } else {
                catalogue.append(Numbered(index: index, correction: correction))
            }
        }
        let single = await writeInBulk(catalogue, into: &outcomes)
        await run(
            ProductBatch.batches(of: single).map { .products($0) },
            done: catalogue.count - single.count,
            into: &outcomes
        )
        // Its tracking may have been refused just now, so such an item is looked at before its stock is set.
        let unsettled = Set(catalogue.filter { $0.correction.field == .tracked }.map(\.correction.target.inventoryItem))
        await run(
            StockBatch.batches(of: stock, unsettled: unsettled).map { .stock($0) },
            done: catalogue.count,
            into: &outcomes
        )
        return Result(
            outcomes: outcomes,
            stopped: gate.stopped,
            failure: gate.failure,
            interruption: gate.interruption
        )
    }

    /// Writes in bulk what is sooner done so; what is left for single calls comes back.
    private func writeInBulk(_ items: [Numbered], into outcomes: inout [CorrectionOutcome]) async -> [Numbered] {
        guard !items.isEmpty, let writing = store.bulk, gate.refusal() == nil else { return items }
        do {
            // An operation of an earlier run that lost sight of it would write an older plan over this one.
            try await writing.endWrites(of: journal.team)
        } catch {
            gate.note(error)
            for item in items { outcomes[item.index] = .left(reason: error.description) }
            return []
        }
        guard let terms = bulk else { return items }
        let work = CallPlanner.Work(ProductBatch.batches(of: items), in: terms)
        let planner = CallPlanner(pace: await writing.pace())
        let way = planner.way(for: work)
        decided(planner.text(way, for: work))
        guard way == .bulk else { return items }
        let result = await BulkWriter(applier: self, bulk: writing, terms: terms).write(items)
        for (index, outcome) in result.outcomes { outcomes[index] = outcome }
        progress(result.outcomes.count)
        return items.filter { result.outcomes[$0.index] == nil }
    }

    private enum Batch: Sendable {
        case products(ProductBatch)
        case stock(StockBatch)

        var items: [Numbered] {
            switch self {
            case .products(let batch): batch.items
            case .stock(let batch): batch.items
            }
        }
    }

    private func run(_ batches: [Batch], done before: Int, into outcomes: inout [CorrectionOutcome]) async {
        var waiting = batches.enumerated().makeIterator()
        var collected = outcomes
        var done = before
        await withTaskGroup(of: BatchResult.self) { group in
            var running = 0
            func fill() {
                while running < max(batchesInFlight, 1), let (number, batch) = waiting.next() {
                    if let refusal = gate.refusal() {
                        for item in batch.items { collected[item.index] = refusal }
                        continue
                    }
                    group.addTask { await write(batch, number: number) }
                    running += 1
                }
            }
            fill()
            while let batch = await group.next() {
                running -= 1
                for (index, outcome) in batch.outcomes { collected[index] = outcome }
                done += batch.outcomes.count
                progress(done)
                fill()
            }
        }
        outcomes = collected
    }

    private func write(_ batch: Batch, number: Int) async -> BatchResult {
        switch batch {
        case .products(let batch): await ProductWriter(applier: self).write(batch, number: number)
        case .stock(let batch): await StockWriter(applier: self).write(batch, number: number)
        }
    }
}

/// A correction with its place in the plan.
struct Numbered: Sendable {
    let index: Int
    let correction: Correction
}

/// What became of one batch: an outcome per correction, by its place in the plan.
struct BatchResult: Sendable {
    var outcomes: [Int: CorrectionOutcome] = [:]

    /// Notes one reason for all items that have no outcome yet.
    mutating func leave(_ items: [Numbered], _ reason: String) {
        for item in items where outcomes[item.index] == nil { outcomes[item.index] = .left(reason: reason) }
    }
}
