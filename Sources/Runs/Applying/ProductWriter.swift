import Catalog
import Reconciliation

/// Writes one ``ProductBatch``: re-reads by id, journals, sends, reads back.
struct ProductWriter: Sendable {
    let applier: CorrectionApplier

    func write(_ batch: ProductBatch, number: Int) async -> BatchResult {
        var result = BatchResult()
        let before: LiveProducts
        do {
            before = try await read(batch)
        } catch {
            applier.gate.note(error)
            result.leave(batch.items, error.description)
            return result
        }
        for item in batch.items { result.outcomes[item.index] = applier.objection(to: item, before) }
        let due = batch.keeping { result.outcomes[$0.index] == nil }
        guard !due.products.isEmpty else { return result }

        let key: String
        do {
            key = try await applier.journal.intend(
                "update products",
                batch: "p\(number)",
                corrections: due.items.map(\.correction)
            )
        } catch {
            applier.gate.shut(error)
            result.leave(due.items, error.description)
            return result
        }
        let isProven = await send(due, &result)
        let failed = due.items.count { result.outcomes[$0.index]?.kind != .applied }
        do {
            try await applier.journal.settle(
                key,
                !isProven ? .unknown : failed == 0 ? .done : .refused,
                "\(due.items.count - failed) of \(due.items.count) applied"
            )
        } catch {
            applier.gate.shut(error)
        }
        return result
    }

    /// Sends and reads back; `false` where it could not be read back, so that nobody knows what was done.
    private func send(_ due: ProductBatch, _ result: inout BatchResult) async -> Bool {
        var told: [Int: CorrectionOutcome] = [:]
        var pending = due
        // A lost answer proves nothing: look, and send once more only what is still the old value (FAULTS AP-1).
        for _ in 0..<2 {
            let lost = await call(pending, &told)
            do {
                judge(due, try await read(due), told, lost, &result)
            } catch {
                applier.gate.note(error)
                for item in due.items where result.outcomes[item.index] == nil {
                    result.outcomes[item.index] =
                        told[item.index] ?? .left(reason: "it was sent, and could not be read back: \(error)")
                }
                return false
            }
            pending = pending.keeping { lost.contains($0.index) && result.outcomes[$0.index] == nil }
            if pending.products.isEmpty { break }
        }
        result.leave(due.items, "the store's answer was lost, and the old value still stands")
        return true
    }

    private func read(_ batch: ProductBatch) async throws(StoreError) -> LiveProducts {
        let products = batch.products.filter { !$0.ofProduct.isEmpty }.map(\.id)
        return LiveProducts(
            variants: try await applier.store.variants(batch.targets, fields: batch.variantFields),
            products: products.isEmpty ? [:] : try await applier.store.products(products)
        )
    }

    /// Sends the calls of a batch one by one; what the store or the gate said goes to `told`.
    ///
    /// Returns the places whose answer was lost.
    private func call(_ batch: ProductBatch, _ told: inout [Int: CorrectionOutcome]) async -> Set<Int> {
        var lost: Set<Int> = []
        for call in batch.calls {
            if let refusal = applier.gate.refusal() {
                for item in call.items { told[item.index] = refusal }
                continue
            }
            do throws(StoreError) {
                call.note(try await perform(call), &told)
            } catch {
                applier.gate.note(error)
                switch error {
                case .unknownOutcome: lost.formUnion(call.items.map(\.index))
                case .refused(_, _, let code, _):
                    for item in call.items { told[item.index] = .failed(code: code, message: error.description) }
                default:
                    for item in call.items { told[item.index] = .left(reason: error.description) }
                }
            }
        }
        return lost
    }

    private func perform(_ call: ProductBatch.Call) async throws(StoreError) -> [WriteRefusal] {
        switch call {
        case .product(let id, let items):
            return try await applier.store.update(product: id, to: items.values)
        case .variants(let variants, let id):
            let updates = variants.map { VariantUpdate(variant: $0.id, values: $0.items.values) }
            return try await applier.store.update(variants: updates, of: id)
        }
    }

    /// Compares what was read back with what was to be.
    private func judge(
        _ batch: ProductBatch,
        _ live: LiveProducts,
        _ told: [Int: CorrectionOutcome],
        _ lost: Set<Int>,
        _ result: inout BatchResult
    ) {
        for item in batch.items where result.outcomes[item.index] == nil {
            let correction = item.correction
            let found = live.value(of: item) ?? .absent
            if applier.equality.same(found, correction.new, field: correction.field) {
                result.outcomes[item.index] = .applied
            } else if let outcome = told[item.index] {
                result.outcomes[item.index] = outcome
            } else if !lost.contains(item.index)
                || !applier.equality.same(found, correction.old, field: correction.field)
            {
                result.outcomes[item.index] = .unheld(found: found.displayText)
            }
        }
    }
}
