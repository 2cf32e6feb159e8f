public import Catalog
public import Pricing

/// Who a store is, and what the token may do.
public struct StoreIdentity: Sendable, Hashable {
    public let id: ResourceID
    public let name: String
    public let domain: ShopDomain
    public let currency: Currency
    public let timeZone: String
    public let scopes: Set<String>
    /// The version that really answered.
    public let apiVersion: String
    public let locations: [StoreLocation]
    /// The store's clock, from the answer's `Date` header, to the second.
    public let clock: Timestamp?

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
    public let id: ResourceID
    public let name: String
    public let isActive: Bool
    public let isFulfillmentService: Bool

    public init(id: ResourceID, name: String, isActive: Bool, isFulfillmentService: Bool) {
        self.id = id
        self.name = name
        self.isActive = isActive
        self.isFulfillmentService = isFulfillmentService
    }
}
