import Catalog
import Reconciliation

/// Writes one ``ProductBatch``: re-reads by id, journals, sends, reads back.
struct ProductWriter: Sendable {
    let applier: CorrectionApplier

    func write(_ batch: ProductBatch, number: Int) async -> BatchResult {
        var result = BatchResult()
        let before: Live
        do {
            before = try await read(batch)
        } catch {
            applier.gate.note(error)
            result.leave(batch.items, error.description)
            return result
        }
        for item in batch.items { result.outcomes[item.index] = objection(to: item, before) }
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
            products: products.isEmpty ? [:] : try await applier.store.products(products)
        )
    }

    /// Why an item need not or must not be written.
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
                note(try await perform(call), of: call, &told)
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

    private func note(_ refused: [WriteRefusal], of call: ProductBatch.Call, _ told: inout [Int: CorrectionOutcome]) {
        guard let first = refused.first else { return }
        switch call {
        case .product(_, let items):
            // A product is written as a whole or not at all, so every field of it shares the refusal.
            let outcome = CorrectionOutcome.failed(
                code: first.code,
                message: refused.map(\.text).joined(separator: "; ")
            )
            for item in items { told[item.index] = outcome }
        case .variants(let variants, _):
            for refusal in refused {
                let outcome = CorrectionOutcome.failed(code: refusal.code, message: refusal.text)
                let place = refusal.index.flatMap { variants.indices.contains($0) ? $0 : nil }
                let items = place.map { variants[$0].items } ?? call.items
                for item in items { told[item.index] = outcome }
            }
        }
    }

    /// Compares what was read back with what was to be.
    private func judge(
        _ batch: ProductBatch,
        _ live: Live,
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

extension ProductBatch {
    /// One mutation.
    fileprivate enum Call: Sendable {
        case product(Int64, [Numbered])
        case variants([(id: Int64, items: [Numbered])], of: Int64)

        var items: [Numbered] {
            switch self {
            case .product(_, let items): items
            case .variants(let variants, _): variants.flatMap(\.items)
            }
        }
    }

    /// The mutations of the batch: per product its own fields, then its variants, as many as one call takes.
    fileprivate var calls: [Call] {
        products.flatMap { product in
            var calls: [Call] = product.ofProduct.isEmpty ? [] : [.product(product.id, product.ofProduct)]
            let variants = product.ofVariants.sorted { $0.key < $1.key }.map { (id: $0.key, items: $0.value) }
            for start in stride(from: 0, to: variants.count, by: StoreLimits.variantsPerCall) {
                let end = min(start + StoreLimits.variantsPerCall, variants.count)
                calls.append(.variants(Array(variants[start..<end]), of: product.id))
            }
            return calls
        }
    }

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

extension [Numbered] {
    /// The fields to set; several variants may ask for the same one of their product.
    fileprivate var values: [CatalogField: FieldValue] {
        Dictionary(map { ($0.correction.field, $0.correction.new) }, uniquingKeysWith: { first, _ in first })
    }
}

extension WriteRefusal {
    /// The message with the place the store named.
    var text: String { path.isEmpty ? message : "\(path): \(message)" }
}
