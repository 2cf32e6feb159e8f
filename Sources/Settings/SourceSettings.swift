/// The supplier's store and what of it the team may have.
public struct SourceSettings: Sendable, Hashable {
    /// Where the store is.
    public let store: StoreAddress
    /// Only products with one of these tags are shared; empty: every active product with a SKU.
    public let shareTags: [String]
}
