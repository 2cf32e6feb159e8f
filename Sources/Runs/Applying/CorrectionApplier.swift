import Catalog
import Reconciliation

/// Writes the corrections of one plan, each behind its precondition, and reads every one back.
///
/// Does only what the plan says. Content and prices go first, product by product, then stock, so that an item whose tracking is
/// switched on can take its quantity in the same run.
struct CorrectionApplier: Sendable {
    let store: any Store
    let journal: WriteJournal
    let equality: ValueEquality
    /// The destination's SKU for each correction's SKU, where an alias says so.
    let aliases: [SKU: SKU]
    /// Batches under way at once; the store's budget paces them.
    let batchesInFlight: Int
    /// Asked before every call.
    let gate: WriteGate
    let progress: @Sendable (_ done: Int) -> Void

    /// What became of the corrections, in the order they were given.
    struct Result: Sendable {
        var outcomes: [CorrectionOutcome]
        /// What stopped the store for this run, if anything did.
        var stopped: StoreError?
        /// What broke at the ledger; what was written before is among the outcomes all the same.
        var failure: LedgerError?
        /// What cut the run short otherwise.
        var interruption: WriteGate.Interruption?

        /// Whether every correction had its turn.
        var isWhole: Bool { stopped == nil && failure == nil && interruption == nil }
    }

    /// Applies the corrections of some stages that no brake stops; those of the others stay planned.
    func apply(
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
        await run(ProductBatch.batches(of: catalogue).map { .products($0) }, done: 0, into: &outcomes)
        await run(StockBatch.batches(of: stock).map { .stock($0) }, done: catalogue.count, into: &outcomes)
        return Result(
            outcomes: outcomes,
            stopped: gate.stopped,
            failure: gate.failure,
            interruption: gate.interruption
        )
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
