import Catalog
import FoundationEssentials
import Reconciliation
import Snapshots

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
    /// Why nothing more may be written, such as a plan past its age; asked before every batch.
    let objection: @Sendable () -> String?
    let progress: @Sendable (_ done: Int) -> Void

    /// What became of the corrections, in the order they were given.
    struct Result: Sendable {
        var outcomes: [CorrectionOutcome]
        /// What stopped the store for this run, if anything did.
        var stopped: StoreError?
    }

    /// Applies the corrections that no brake stops.
    ///
    /// - Throws: ``LedgerError`` at once: without the ledger nothing is written.
    func apply(_ corrections: [Correction], stoppedBy hits: [BrakeHit]) async throws(LedgerError) -> Result {
        var result = Result(outcomes: corrections.map { _ in .left(reason: "not reached") })
        var catalogue: [Numbered] = []
        var stock: [Numbered] = []
        for (index, correction) in corrections.enumerated() {
            if let hit = hits.first(where: { $0.stops(correction) }) {
                result.outcomes[index] = .braked(hit.brake)
            } else if correction.field == .inventory {
                stock.append(Numbered(index: index, correction: correction))
            } else {
                catalogue.append(Numbered(index: index, correction: correction))
            }
        }
        try await run(ProductBatch.batches(of: catalogue).map { .products($0) }, into: &result)
        try await run(StockBatch.batches(of: stock).map { .stock($0) }, into: &result)
        return result
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

    private func run(_ batches: [Batch], into result: inout Result) async throws(LedgerError) {
        var waiting = batches.enumerated().makeIterator()
        var failure: LedgerError?
        var collected = result
        var done = result.outcomes.count { $0.kind == .applied }
        await withTaskGroup(of: Swift.Result<BatchResult, LedgerError>.self) { group in
            func startNext() -> Bool {
                guard failure == nil, let (number, batch) = waiting.next() else { return false }
                let reason = collected.stopped?.description ?? objection()
                if let reason {
                    for item in batch.items { collected.outcomes[item.index] = .left(reason: reason) }
                    return true
                }
                group.addTask { await attempt(batch, number: number) }
                return true
            }
            var running = 0
            func fill() {
                while running < batchesInFlight {
                    let before = collected.outcomes
                    guard startNext() else { return }
                    if collected.outcomes == before { running += 1 }
                }
            }
            fill()
            while let finished = await group.next() {
                running -= 1
                switch finished {
                case .success(let batch):
                    for (index, outcome) in batch.outcomes { collected.outcomes[index] = outcome }
                    if collected.stopped == nil { collected.stopped = batch.stopped }
                    done += batch.outcomes.count
                    progress(done)
                case .failure(let error):
                    if failure == nil { failure = error }
                }
                fill()
            }
        }
        result = collected
        if let failure { throw failure }
    }

    private func attempt(_ batch: Batch, number: Int) async -> Swift.Result<BatchResult, LedgerError> {
        do throws(LedgerError) {
            switch batch {
            case .products(let batch):
                return .success(try await ProductWriter(applier: self).write(batch, number: number))
            case .stock(let batch):
                return .success(try await StockWriter(applier: self).write(batch, number: number))
            }
        } catch {
            return .failure(error)
        }
    }
}

/// A correction with its place in the plan.
struct Numbered: Sendable {
    let index: Int
    let correction: Correction
}

/// What became of one batch.
struct BatchResult: Sendable {
    var outcomes: [Int: CorrectionOutcome] = [:]
    var stopped: StoreError?

    /// Notes a failure that concerns all items without an outcome.
    mutating func leave(_ items: [Numbered], _ error: StoreError) {
        for item in items where outcomes[item.index] == nil {
            outcomes[item.index] = .left(reason: error.description)
        }
        if error.disposition != .skip, stopped == nil { stopped = error }
    }
}
