public import Snapshots

/// Which of the source's variants may be synced.
public enum ShareRule: Sendable, Hashable {
    /// Every variant with a SKU, whatever its product's status.
    case everything
    /// Variants with a SKU whose product is active.
    case activeProducts
    /// Variants with a SKU whose product bears one of these watched tags, a bit each.
    case tagged(UInt64)

    /// Whether the product's variants are shared.
    @inlinable
    public func shares(_ product: ProductRow) -> Bool {
        switch self {
        case .everything: true
        case .activeProducts: product.status == .active
        case .tagged(let bits): product.watchedTags & bits != 0
        }
    }
}
