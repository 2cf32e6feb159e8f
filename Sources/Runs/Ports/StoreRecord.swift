public import Catalog
public import Pricing

/// A store as a team knows it.
public struct StoreRecord: Sendable, Hashable {
    public let shop: ShopDomain
    /// The shop's own id: names may change hands, ids don't.
    public let id: ResourceID
    public let currency: Currency

    public init(shop: ShopDomain, id: ResourceID, currency: Currency) {
        self.shop = shop
        self.id = id
        self.currency = currency
    }
}

/// What a store is in a team; one role only.
public enum StoreRole: String, Sendable, Hashable, Codable {
    case source, destination
}

/// What came of pinning a store.
public enum PinResult: Sendable, Hashable {
    /// First seen, or the same as ever.
    case agrees
    /// The shop id under this address is another one than before.
    case otherShop(pinned: Int64)
    /// The shop holds the other role in this team.
    case otherRole(StoreRole)
    /// The shop's currency is another one than before.
    case otherCurrency(pinned: Currency)
}
