import Catalog
import Reconciliation

/// Writes one ``ProductBatch``: re-reads by id, journals, sends, reads back.
struct ProductWriter: Sendable {
    let applier: CorrectionApplier

    func write(_ batch: ProductBatch, number: Int) async throws(LedgerError) -> BatchResult {
        var result = BatchResult()
        let before: Live
        do {
            before = try await read(batch)
        } catch {
            result.leave(batch.items, error)
            return result
        }
        var due = batch
        for product in batch.products { screen(product, before, &due, &result) }
        due.products.removeAll { $0.ofProduct.isEmpty && $0.ofVariants.isEmpty }
        guard !due.products.isEmpty else { return result }

        let key = try await applier.journal.intend(
            "update products", batch: "p\(number)", corrections: due.items.map(\.correction))
        var refusals: [Int: CorrectionOutcome] = [:]
        var pending = due
        // A lost answer proves nothing: look, and send once more only what is still the old value (FAULTS AP-1).
        for _ in 0..<2 {
            let lost = await send(pending, &refusals, &result)
            do {
                judge(due, try await read(due), refusals, isLast: lost == nil, &result)
            } catch {
                result.leave(due.items, error)
                break
            }
            guard let lost, result.stopped == nil else { break }
            pending.products.removeAll { !lost.contains($0.id) }
            pending = pending.keeping { result.outcomes[$0.index] == nil }
            if pending.items.isEmpty { break }
        }
        for item in due.items where result.outcomes[item.index] == nil {
            result.outcomes[item.index] = .left(reason: "the store's answer was lost, and the old value still stands")
        }
        let failed = due.items.count { result.outcomes[$0.index]?.kind != .applied }
        try await applier.journal.settle(
            key, failed == 0 ? .done : .refused, "\(due.items.count - failed) of \(due.items.count) applied")
        return result
    }

    /// What the store has now.
    private struct Live {
        var variants: [Int64: VariantRecord]
        var products: [Int64: ProductRecord]

        func value(of item: Numbered) -> FieldValue? {
            let target = item.correction.target
            return item.correction.field.owner == .product
                ? products[target.product]?[item.correction.field] : variants[target.variant]?[item.correction.field]
        }
    }

    private func read(_ batch: ProductBatch) async throws(StoreError) -> Live {
        // Corrections of product fields also need their variants: the SKU must still be there.
        let variants = Set(batch.items.map(\.correction.target.variant)).sorted()
        let products = batch.products.filter { !$0.ofProduct.isEmpty }.map(\.id)
        return Live(
            variants: try await applier.store.variants(variants),
            products: products.isEmpty ? [:] : try await applier.store.products(products))
    }

    /// Takes out of `due` what need not or must not be written, with its outcome.
    private func screen(
        _ product: ProductBatch.Product, _ live: Live, _ due: inout ProductBatch, _ result: inout BatchResult
    ) {
        for item in product.ofProduct + product.ofVariants.values.flatMap(\.self) {
            result.outcomes[item.index] = objection(to: item, live)
        }
        due = due.keeping { result.outcomes[$0.index] == nil }
    }

    private func objection(to item: Numbered, _ live: Live) -> CorrectionOutcome? {
        let correction = item.correction
        guard let variant = live.variants[correction.target.variant], let found = live.value(of: item) else {
            return .left(reason: "it is gone from the store")
        }
        let expected = applier.aliases[correction.sku] ?? correction.sku
        guard let sku = SKU(variant.sku), sku == expected, variant.product.number == correction.target.product else {
            return .moved(found: "the SKU \(variant.sku ?? "") on this variant")
        }
        if applier.equality.same(found, correction.new, field: correction.field) { return .alreadyThere }
        guard applier.equality.same(found, correction.old, field: correction.field) else {
            return .moved(found: found.displayText)
        }
        return nil
    }

    /// Sends the calls of a batch; returns the products whose answer was lost, or `nil` where every answer came.
    private func send(
        _ batch: ProductBatch, _ refusals: inout [Int: CorrectionOutcome], _ result: inout BatchResult
    ) async -> Set<Int64>? {
        var lost: Set<Int64> = []
        for product in batch.products {
            do throws(StoreError) {
                if !product.ofProduct.isEmpty { try await update(product, &refusals) }
                try await updateVariants(of: product, &refusals)
            } catch {
                if case .unknownOutcome = error {
                    lost.insert(product.id)
                } else if error.disposition == .skip {
                    let items = product.ofProduct + product.ofVariants.values.flatMap(\.self)
                    for item in items { refusals[item.index] = .failed(code: "", message: error.description) }
                } else {
                    result.stopped = error
                    break
                }
            }
        }
        return lost.isEmpty ? nil : lost
    }

    private func update(
        _ product: ProductBatch.Product, _ refusals: inout [Int: CorrectionOutcome]
    ) async throws(StoreError) {
        let values = Dictionary(
            product.ofProduct.map { ($0.correction.field, $0.correction.new) }, uniquingKeysWith: { first, _ in first })
        let refused = try await applier.store.update(product: product.id, to: values)
        guard !refused.isEmpty else { return }
        // A product is written as a whole or not at all, so every field of it shares the refusal.
        let outcome = CorrectionOutcome.failed(
            code: refused[0].code, message: refused.map(\.text).joined(separator: "; "))
        for item in product.ofProduct { refusals[item.index] = outcome }
    }

    private func updateVariants(
        of product: ProductBatch.Product, _ refusals: inout [Int: CorrectionOutcome]
    ) async throws(StoreError) {
        let ids = product.ofVariants.keys.sorted()
        var start = 0
        while start < ids.count {
            let part = Array(ids[start..<min(start + StoreLimits.variantsPerCall, ids.count)])
            start += part.count
            let updates = part.map { id in
                let items = product.ofVariants[id] ?? []
                return VariantUpdate(
                    variant: id,
                    values: Dictionary(
                        items.map { ($0.correction.field, $0.correction.new) }, uniquingKeysWith: { first, _ in first }))
            }
            for refusal in try await applier.store.update(variants: updates, of: product.id) {
                let outcome = CorrectionOutcome.failed(code: refusal.code, message: refusal.text)
                let concerned = refusal.index.map { part.indices.contains($0) ? [part[$0]] : part } ?? part
                for item in concerned.flatMap({ product.ofVariants[$0] ?? [] }) { refusals[item.index] = outcome }
            }
        }
    }

    /// Compares what was read back with what was to be; on the last round also tells what did not take.
    private func judge(
        _ batch: ProductBatch, _ live: Live, _ refusals: [Int: CorrectionOutcome], isLast: Bool,
        _ result: inout BatchResult
    ) {
        for item in batch.items {
            let correction = item.correction
            let found = live.value(of: item) ?? .absent
            if applier.equality.same(found, correction.new, field: correction.field) {
                result.outcomes[item.index] = .applied
            } else if let refusal = refusals[item.index] {
                result.outcomes[item.index] = refusal
            } else if let error = result.stopped {
                result.outcomes[item.index] = .left(reason: error.description)
            } else if isLast || !applier.equality.same(found, correction.old, field: correction.field) {
                result.outcomes[item.index] = .unheld(found: found.displayText)
            }
        }
    }
}

extension ProductBatch {
    /// The batch with just the items that pass.
    fileprivate func keeping(_ passes: (Numbered) -> Bool) -> ProductBatch {
        var kept = self
        for index in kept.products.indices {
            kept.products[index].ofProduct = kept.products[index].ofProduct.filter(passes)
            kept.products[index].ofVariants = kept.products[index].ofVariants
                .mapValues { $0.filter(passes) }.filter { !$0.value.isEmpty }
        }
        kept.products.removeAll { $0.ofProduct.isEmpty && $0.ofVariants.isEmpty }
        return kept
    }
}

extension WriteRefusal {
    /// The message with the place the store named.
    var text: String { path.isEmpty ? message : "\(path): \(message)" }
}
