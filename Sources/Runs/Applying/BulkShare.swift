import Catalog
import Reconciliation

/// The inputs of one bulk operation, with the corrections they stand for.
struct BulkShare: Sendable {
    /// What the journal's calls of this kind begin with.
    static let callPrefix = "bulk "
    /// Most bytes of a file of inputs, by estimate; the platform takes 100 MB (Admin API, "Import data in bulk").
    private static let mostBytes = 60 << 20

    /// All of one kind, one line each.
    let calls: [ProductBatch.Call]

    var items: [Numbered] { calls.flatMap(\.items) }

    var variantFields: FieldSet { FieldSet(items.map(\.correction.field).filter { $0.owner != .product }) }

    /// For the journal.
    var title: String {
        if case .product? = calls.first { "update products" } else { "update variants" }
    }

    var lines: BulkLines {
        if case .product? = calls.first {
            return .products(
                calls.compactMap { call in
                    if case .product(let id, let items) = call { (product: id, values: items.values) } else { nil }
                }
            )
        }
        return .variants(
            calls.compactMap { call in
                guard case .variants(let variants, let id) = call else { return nil }
                let updates = variants.map { VariantUpdate(variant: $0.id, values: $0.items.values) }
                return (product: id, updates: updates)
            }
        )
    }

    /// Shares calls out to operations: by kind, evenly over as many as pay, and by what one file may hold.
    static func shares(of calls: [ProductBatch.Call], by planner: CallPlanner) -> [BulkShare] {
        let ofProducts = calls.filter { if case .product = $0 { true } else { false } }
        let ofVariants = calls.filter { if case .variants = $0 { true } else { false } }
        return [ofProducts, ofVariants].filter { !$0.isEmpty }.flatMap { kind in
            let operations = planner.operations(kind.count)
            let most = (kind.count + operations - 1) / operations
            var shares: [BulkShare] = []
            var current: [ProductBatch.Call] = []
            var bytes = 0
            for call in kind {
                let size = call.estimatedBytes
                if !current.isEmpty, current.count >= most || bytes + size > mostBytes {
                    shares.append(BulkShare(calls: current))
                    current = []
                    bytes = 0
                }
                current.append(call)
                bytes += size
            }
            if !current.isEmpty { shares.append(BulkShare(calls: current)) }
            return shares
        }
    }
}

extension ProductBatch.Call {
    /// About what its line of inputs takes, escapes included.
    fileprivate var estimatedBytes: Int {
        items.reduce(200) { $0 + 120 + 2 * $1.correction.new.displayText.utf8.count }
    }
}
