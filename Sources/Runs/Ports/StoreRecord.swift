public import Catalog
public import Pricing

/// A store as a team knows it.
public struct StoreRecord: Sendable, Hashable {
    /// The permanent address.
    public let shop: ShopDomain
    /// The shop's own id: names may change hands, ids don't.
    public let id: ResourceID
    /// The currency of all its amounts; another one later is not accepted (FAULTS MO-8).
    public let currency: Currency

    /// Puts the parts together.
    public init(shop: ShopDomain, id: ResourceID, currency: Currency) {
        self.shop = shop
        self.id = id
        self.currency = currency
    }
}

/// What a store is in a team; one role only.
public enum StoreRole: String, Sendable, Hashable, Codable {
    /// Owns the catalogue and the stock; a team has one.
    case source
    /// Is kept true to the source.
    case destination
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
