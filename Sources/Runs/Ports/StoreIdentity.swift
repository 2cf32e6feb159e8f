public import Catalog
public import Pricing

/// Who a store is, and what the token may do.
public struct StoreIdentity: Sendable, Hashable {
    /// The shop's own id, which stays when its address changes.
    public let id: ResourceID
    /// The shop's name, for people.
    public let name: String
    /// The permanent address it answers by.
    public let domain: ShopDomain
    /// The currency of all its amounts.
    public let currency: Currency
    /// The shop's IANA time zone, such as `Europe/Berlin`.
    public let timeZone: String
    /// The rights of the token, as the store names them; a write right implies the read right.
    public let scopes: Set<String>
    /// The version that really answered.
    public let apiVersion: String
    /// All places, idle ones too; empty where the token may not see them.
    public let locations: [StoreLocation]
    /// The store's clock, from the answer's `Date` header, to the second.
    public let clock: Timestamp?

    /// Puts the parts together.
    public init(
        id: ResourceID,
        name: String,
        domain: ShopDomain,
        currency: Currency,
        timeZone: String,
        scopes: Set<String>,
        apiVersion: String,
        locations: [StoreLocation],
        clock: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.domain = domain
        self.currency = currency
        self.timeZone = timeZone
        self.scopes = scopes
        self.apiVersion = apiVersion
        self.locations = locations
        self.clock = clock
    }
}

/// A place that holds stock.
public struct StoreLocation: Sendable, Hashable {
    /// Its id, which stays when it is renamed.
    public let id: ResourceID
    /// The name that `location_groups` in the settings use.
    public let name: String
    /// Whether stock can be held there now.
    public let isActive: Bool
    /// Whether an app holds its stock; such a place is never chosen unasked.
    public let isFulfillmentService: Bool

    /// Puts the parts together.
    public init(id: ResourceID, name: String, isActive: Bool, isFulfillmentService: Bool) {
        self.id = id
        self.name = name
        self.isActive = isActive
        self.isFulfillmentService = isFulfillmentService
    }
}
