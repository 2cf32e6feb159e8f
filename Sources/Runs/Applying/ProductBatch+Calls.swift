import Catalog
import Reconciliation

extension ProductBatch {
    /// One mutation.
    enum Call: Sendable {
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
    var calls: [Call] {
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
    func keeping(_ passes: (Numbered) -> Bool) -> ProductBatch {
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
    var values: [CatalogField: FieldValue] {
        Dictionary(map { ($0.correction.field, $0.correction.new) }, uniquingKeysWith: { first, _ in first })
    }
}

extension WriteRefusal {
    /// The message with the place the store named.
    var text: String { path.isEmpty ? message : "\(path): \(message)" }
}

extension ProductBatch.Call {
    /// What the store would not do, by the places of the corrections in the plan.
    func note(_ refused: [WriteRefusal], _ told: inout [Int: CorrectionOutcome]) {
        guard let first = refused.first else { return }
        switch self {
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
                let refused = place.map { variants[$0].items } ?? self.items
                for item in refused { told[item.index] = outcome }
            }
        }
    }
}
