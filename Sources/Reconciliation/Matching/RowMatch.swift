public import Snapshots

/// What a price rule or an exception is for, in terms of packed rows.
public enum RowMatch: Sendable, Hashable {
    case all
    case skus(Set<Fingerprint>)
    case vendor(Fingerprint)
    case productType(Fingerprint)
    /// A bit of ``ProductRow/watchedTags``.
    case tag(UInt64)
    /// A bit of the product's collections among the watched ones.
    case collection(UInt64)

    /// Whether it is decided by the product alone, so that it holds for all of its variants.
    @inlinable public var isOfProduct: Bool {
        if case .skus = self { false } else { true }
    }

    /// Whether the source's variant is meant.
    ///
    /// `collections` are the product's bits.
    @inlinable
    public func matches(sku: Fingerprint, product: ProductRow, collections: UInt64) -> Bool {
        switch self {
        case .all: true
        case .skus(let wanted): wanted.contains(sku)
        case .vendor(let wanted): product.vendor == TextFingerprint(wanted)
        case .productType(let wanted): product.productType == TextFingerprint(wanted)
        case .tag(let bit): product.watchedTags & bit != 0
        case .collection(let bit): collections & bit != 0
        }
    }
}
