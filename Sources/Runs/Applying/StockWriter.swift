import Catalog
import Reconciliation

/// Writes one ``StockBatch`` by compare-and-set; a quantity that moved is left for the next run (FAULTS AP-4).
///
/// The quantity of the snapshot is the precondition of the call itself, so nothing is read before it: only where the store says
/// that one has moved, or to activate an item, which compares nothing. The list of changes in the answer is what proves them;
/// what is not in it is read.
struct StockWriter: Sendable {
    let applier: CorrectionApplier

    /// Most sendings of one batch: a quantity that moved or a lost answer allows one more, a refused item that falls out another.
    private static let mostSendings = 4
    private static let lostReason = "the store's answer was lost, and the old value still stands"
    private static let movingReason = "its stock, or another's in the same call, kept moving"

    func write(_ batch: StockBatch, number: Int) async -> BatchResult {
        var result = BatchResult()
        var due = batch
        var repetitions = 0
        var reason = Self.movingReason
        for sending in 0..<Self.mostSendings {
            let isScreened = batch.isScreened || sending > 0
            do {
                if isScreened { try await screen(&due, &result) }
            } catch {
                applier.gate.note(error)
                result.leave(due.items, sending == 0 ? error.description : "\(reason); \(error)")
                return result
            }
            guard !due.items.isEmpty else { return result }
            if let refusal = applier.gate.refusal() {
                for item in due.items { result.outcomes[item.index] = refusal }
                return result
            }
            guard let answer = await sendJournalled(due, "s\(batch.location)-\(number)-\(sending)", &result) else {
                return result
            }
            due.items.removeAll { result.outcomes[$0.index] != nil }
            guard !due.items.isEmpty, applier.gate.stopped == nil else { break }
            switch answer {
            case .whole: break
            case .stale: reason = Self.movingReason
            case .lost: reason = Self.lostReason
            }
            // What had moved since the snapshot already is no sign of stock that keeps moving.
            if answer == .lost || answer == .stale && isScreened { repetitions += 1 }
            if repetitions > 1 { break }
        }
        result.leave(batch.items, applier.gate.stopped?.description ?? reason)
        return result
    }

    /// What an answer says of the items that were not refused.
    private enum Answer {
        /// The store took them, or refused the call for others of it.
        case whole
        /// A quantity had moved, so that nothing of the call was done.
        case stale
        /// No answer came, or the key was spent: what is read back decides.
        case lost
    }

    /// Sends between two commits of the journal, and reads back; `nil` where nothing more is to be done with the batch.
    private func sendJournalled(_ due: StockBatch, _ name: String, _ result: inout BatchResult) async -> Answer? {
        let key: String
        do {
            key = try await applier.journal.intend("set stock", batch: name, corrections: due.items.map(\.correction))
        } catch {
            applier.gate.shut(error)
            result.leave(due.items, error.description)
            return nil
        }
        var told: [Int: CorrectionOutcome] = [:]
        var answer: Answer? = await send(due, key: key, &told, &result)
        do {
            let rest = StockBatch(
                location: due.location,
                items: due.items.filter { result.outcomes[$0.index] == nil },
                isScreened: due.isScreened
            )
            // Where nothing of the call was done, the screening of the next sending is what looks.
            if answer != .stale || due.isScreened, !rest.items.isEmpty {
                try await readBack(rest, told, isWhole: answer == .whole && told.isEmpty, &result)
            }
        } catch {
            applier.gate.note(error)
            for item in due.items where result.outcomes[item.index] == nil {
                result.outcomes[item.index] =
                    told[item.index] ?? .left(reason: "it was sent, and could not be read back: \(error)")
            }
            answer = nil
        }
        let applied = due.items.count { result.outcomes[$0.index]?.kind == .applied }
        do {
            try await applier.journal.settle(
                key,
                answer == nil ? .unknown : applied == due.items.count ? .done : .refused,
                "\(applied) of \(due.items.count) applied"
            )
        } catch {
            applier.gate.shut(error)
            result.leave(due.items, error.description)
            return nil
        }
        return answer
    }

    /// Takes out what is gone, untracked, moved or there already.
    private func screen(_ due: inout StockBatch, _ result: inout BatchResult) async throws(StoreError) {
        let states = try await applier.store.stock(
            items: due.items.map(\.correction.target.inventoryItem),
            location: due.location
        )
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

    private func send(
        _ batch: StockBatch,
        key: String,
        _ told: inout [Int: CorrectionOutcome],
        _ result: inout BatchResult
    ) async -> Answer {
        let sets = batch.items.filter { !$0.correction.target.activates }
        var answer = Answer.whole
        if !sets.isEmpty {
            var changes: [Int64: Int64] = [:]
            answer = await call(sets, &told) { () async throws(StoreError) in
                let said = try await applier.store.setStock(
                    sets.map(\.update),
                    key: key,
                    reference: "synctec://run/\(applier.journal.run.text)"
                )
                changes = said.refusals.isEmpty ? said.changes : [:]
                return said.refusals
            }
            for item in sets {
                let update = item.update
                if changes[update.inventoryItem] == update.quantity - update.expected {
                    result.outcomes[item.index] = .applied
                }
            }
        }
        for (place, item) in batch.items.filter(\.correction.target.activates).enumerated() {
            let activated = await call([item], &told) { () async throws(StoreError) in
                try await applier.store.activateStock(item.update, key: "\(key)-a\(place)")
            }
            if answer == .whole { answer = activated }
        }
        return answer
    }

    /// One mutation, if the gate is open; what the store or the gate said of its items goes to `told`.
    private func call(
        _ items: [Numbered],
        _ told: inout [Int: CorrectionOutcome],
        _ body: () async throws(StoreError) -> [WriteRefusal]
    ) async -> Answer {
        if let refusal = applier.gate.refusal() {
            for item in items { told[item.index] = refusal }
            return .whole
        }
        do {
            let refused = try await body()
            let isStale = refused.contains {
                $0.code == "CHANGE_FROM_QUANTITY_STALE" || $0.code == "COMPARE_QUANTITY_STALE"
            }
            if isStale { return .stale }
            note(refused, on: items, &told)
            return .whole
        } catch {
            applier.gate.note(error)
            switch error {
            case .unknownOutcome, .keySpent: return .lost
            case .refused(_, _, let code, _):
                for item in items { told[item.index] = .failed(code: code, message: error.description) }
            default:
                for item in items { told[item.index] = .left(reason: error.description) }
            }
            return .whole
        }
    }

    /// One refused quantity refuses its whole call; the others of it are sent again without it.
    private func note(_ refused: [WriteRefusal], on items: [Numbered], _ told: inout [Int: CorrectionOutcome]) {
        for refusal in refused {
            let outcome = CorrectionOutcome.failed(code: refusal.code, message: refusal.text)
            if let index = refusal.index, items.indices.contains(index) {
                told[items[index].index] = outcome
            } else {
                for item in items { told[item.index] = outcome }
            }
        }
    }

    private func readBack(
        _ batch: StockBatch,
        _ told: [Int: CorrectionOutcome],
        isWhole: Bool,
        _ result: inout BatchResult
    ) async throws(StoreError) {
        let states = try await applier.store.stock(
            items: batch.items.map(\.correction.target.inventoryItem),
            location: batch.location
        )
        for item in batch.items {
            let found = states[item.correction.target.inventoryItem]?.available.map(FieldValue.quantity) ?? .absent
            if found == item.correction.new {
                result.outcomes[item.index] = .applied
            } else if let outcome = told[item.index] {
                result.outcomes[item.index] = outcome
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
            inventoryItem: correction.target.inventoryItem,
            location: correction.target.location ?? 0,
            quantity: quantity,
            expected: expected
        )
    }
}
