import Catalog
import Reconciliation

/// Writes one ``StockBatch`` by compare-and-set; a quantity that moved is left for the next run (FAULTS AP-4).
struct StockWriter: Sendable {
    let applier: CorrectionApplier

    func write(_ batch: StockBatch, number: Int) async throws(LedgerError) -> BatchResult {
        var result = BatchResult()
        var due = batch
        for attempt in 0..<2 {
            do {
                try await screen(&due, &result)
            } catch {
                result.leave(batch.items, error)
                return result
            }
            guard !due.items.isEmpty else { return result }
            let key = try await applier.journal.intend(
                "set stock", batch: "s\(batch.location)-\(number)-\(attempt)", corrections: due.items.map(\.correction))
            var refusals: [Int: CorrectionOutcome] = [:]
            let stale = await send(due, key: key, &refusals, &result)
            do {
                try await readBack(due, refusals, isStale: stale, &result)
            } catch {
                result.leave(due.items, error)
            }
            let failed = due.items.count { result.outcomes[$0.index]?.kind != .applied }
            try await applier.journal.settle(
                key, failed == 0 ? .done : .refused, "\(due.items.count - failed) of \(due.items.count) applied")
            due.items.removeAll { result.outcomes[$0.index] != nil }
            if due.items.isEmpty || result.stopped != nil { break }
        }
        for item in batch.items where result.outcomes[item.index] == nil {
            result.outcomes[item.index] = .left(
                reason: result.stopped?.description ?? "its stock, or another's in the same call, kept moving")
        }
        return result
    }

    /// Takes out what is gone, untracked, moved or there already.
    private func screen(_ due: inout StockBatch, _ result: inout BatchResult) async throws(StoreError) {
        let states = try await applier.store.stock(
            items: due.items.map(\.correction.target.inventoryItem), location: due.location)
        for item in due.items {
            let correction = item.correction
            guard let state = states[correction.target.inventoryItem] else {
                result.outcomes[item.index] = .left(reason: "it is gone from the store")
                continue
            }
            let found = state.available.map(FieldValue.quantity) ?? .absent
            if !state.tracked {
                result.outcomes[item.index] = .left(reason: "the store does not track its stock")
            } else if found == correction.new {
                result.outcomes[item.index] = .alreadyThere
            } else if found != correction.old {
                result.outcomes[item.index] = .moved(found: found.displayText)
            }
        }
        due.items.removeAll { result.outcomes[$0.index] != nil }
    }

    /// Sends the batch; `true` where the store said that a quantity had moved, so that nothing of the call was done.
    private func send(
        _ batch: StockBatch, key: String, _ refusals: inout [Int: CorrectionOutcome], _ result: inout BatchResult
    ) async -> Bool {
        let sets = batch.items.filter { !$0.correction.target.activates }
        var stale = false
        do throws(StoreError) {
            if !sets.isEmpty {
                let refused = try await applier.store.setStock(
                    sets.map(\.update), key: key, reference: "synctec://run/\(applier.journal.run.text)")
                stale = refused.contains { $0.code == "CHANGE_FROM_QUANTITY_STALE" || $0.code == "COMPARE_QUANTITY_STALE" }
                note(refused, on: sets, isStale: stale, &refusals)
            }
            for (place, item) in batch.items.filter(\.correction.target.activates).enumerated() {
                let refused = try await applier.store.activateStock(item.update, key: "\(key)-a\(place)")
                note(refused, on: [item], isStale: false, &refusals)
            }
        } catch {
            // A lost answer or a spent key proves nothing: what is read back decides.
            if error.disposition != .skip { result.stopped = error }
            if case .refused = error {
                for item in batch.items where refusals[item.index] == nil {
                    refusals[item.index] = .failed(code: "", message: error.description)
                }
            }
            return true
        }
        return stale
    }

    /// One refused quantity refuses its whole call; the others of it are sent again without it.
    private func note(
        _ refused: [WriteRefusal], on items: [Numbered], isStale: Bool, _ refusals: inout [Int: CorrectionOutcome]
    ) {
        for refusal in refused where !isStale {
            let outcome = CorrectionOutcome.failed(code: refusal.code, message: refusal.text)
            if let index = refusal.index, items.indices.contains(index) {
                refusals[items[index].index] = outcome
            } else {
                for item in items { refusals[item.index] = outcome }
            }
        }
    }

    private func readBack(
        _ batch: StockBatch, _ refusals: [Int: CorrectionOutcome], isStale: Bool, _ result: inout BatchResult
    ) async throws(StoreError) {
        let states = try await applier.store.stock(
            items: batch.items.map(\.correction.target.inventoryItem), location: batch.location)
        let isWhole = refusals.isEmpty && !isStale
        for item in batch.items {
            let found = states[item.correction.target.inventoryItem]?.available.map(FieldValue.quantity) ?? .absent
            if found == item.correction.new {
                result.outcomes[item.index] = .applied
            } else if let refusal = refusals[item.index] {
                result.outcomes[item.index] = refusal
            } else if isWhole {
                // The store took the call, and something moved the stock since: only what was read counts as done.
                result.outcomes[item.index] = .unheld(found: found.displayText)
            }
        }
    }
}

extension Numbered {
    fileprivate var update: StockUpdate {
        let correction = self.correction
        var quantity: Int64 = 0
        var expected: Int64 = 0
        if case .quantity(let count) = correction.new { quantity = count }
        if case .quantity(let count) = correction.old { expected = count }
        return StockUpdate(
            inventoryItem: correction.target.inventoryItem, location: correction.target.location ?? 0, quantity: quantity,
            expected: expected)
    }
}
