public import Catalog
public import Pricing
public import Snapshots

/// One store as a run needs it: what it is, what it holds, and the narrow writes.
///
/// An implementation waits out throttling, retries what may be retried under its own limits, and never repeats a call whose
/// effect is unknown: it throws ``StoreError/unknownOutcome(shop:operation:reason:)`` and the caller looks first.
public protocol Store: Sendable {
    /// The permanent address.
    var shop: ShopDomain { get }

    /// Who answers, in which version, with which rights: asked before anything else.
    ///
    /// - Throws: ``StoreError`` also where another shop or another API version answers.
    func identify() async throws(StoreError) -> StoreIdentity

    /// Pulls the whole catalogue into a new file of bulk JSONL in `folder` and proves it complete against the platform's numbers.
    ///
    /// `resuming` names an export an earlier run started; where it is still good it is awaited instead of a new one. `started` is
    /// told of a new export before it is waited for. Minutes on a large store.
    func exportCatalog(
        into folder: String, resuming: ExportTicket?, started: @escaping @Sendable (ExportTicket) async throws -> Void,
        progress: @escaping @Sendable (ExportProgress) -> Void
    ) async throws(StoreError) -> CatalogExport

    /// Pulls the members of all collections into a new file of bulk JSONL in `folder`, with the numbers it has to agree with.
    func exportCollections(into folder: String) async throws(StoreError) -> CatalogExport

    /// Reads variants by number; one that is gone is absent from the answer.
    func variants(_ numbers: [Int64]) async throws(StoreError) -> [Int64: VariantRecord]

    /// Reads products by number; one that is gone is absent from the answer.
    func products(_ numbers: [Int64]) async throws(StoreError) -> [Int64: ProductRecord]

    /// Reads the available quantity of inventory items at a location; an item that is gone is absent.
    func stock(items: [Int64], location: Int64) async throws(StoreError) -> [Int64: StockState]

    /// Sets fields of one product. Empty refusals mean that the store accepted all.
    func update(product: Int64, to values: [CatalogField: FieldValue]) async throws(StoreError) -> [WriteRefusal]

    /// Sets fields of variants of one product, at most ``StoreLimits/variantsPerCall`` of them; refused ones leave the others be.
    func update(variants: [VariantUpdate], of product: Int64) async throws(StoreError) -> [WriteRefusal]

    /// Sets available quantities, all or none, each only where the store still has the expected one; at most
    /// ``StoreLimits/quantitiesPerCall``. The key makes a repetition harmless for 24 hours.
    func setStock(_ updates: [StockUpdate], key: String, reference: String) async throws(StoreError) -> [WriteRefusal]

    /// Stocks an item at a location it never had, with a quantity.
    func activateStock(_ update: StockUpdate, key: String) async throws(StoreError) -> [WriteRefusal]

    /// What was sent so far in this process.
    func counters() async -> StoreCounters
}

/// Documented limits of one call (Shopify Admin API, "Array input limits").
public enum StoreLimits {
    public static let variantsPerCall = 250
    public static let quantitiesPerCall = 250
    public static let idsPerRead = 100
}

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
        id: ResourceID, name: String, domain: ShopDomain, currency: Currency, timeZone: String, scopes: Set<String>,
        apiVersion: String, locations: [StoreLocation], clock: Timestamp?
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

/// An export that was started at a store, so that a later run can find it again.
public struct ExportTicket: Sendable, Hashable, Codable {
    public let operation: ResourceID
    public let startedAt: Timestamp
    /// The digest of the query: another query makes the export useless.
    public let query: String

    public init(operation: ResourceID, startedAt: Timestamp, query: String) {
        self.operation = operation
        self.startedAt = startedAt
        self.query = query
    }
}

/// How far an export is.
public enum ExportProgress: Sendable, Hashable {
    /// The platform works; it has counted that many objects.
    case running(objects: Int)
    /// The file comes in.
    case downloading(bytes: Int, of: Int)
    /// Bulk could not serve; pages are read.
    case paging(objects: Int, of: Int)
}

/// A catalogue on local disk, proven complete.
public struct CatalogExport: Sendable, Hashable {
    public let path: String
    public let proof: SnapshotProof

    public init(path: String, proof: SnapshotProof) {
        self.path = path
        self.proof = proof
    }
}

/// An inventory item at one location.
public struct StockState: Sendable, Hashable {
    public let tracked: Bool
    /// `nil` where the item was never stocked at the location.
    public let available: Int64?

    public init(tracked: Bool, available: Int64?) {
        self.tracked = tracked
        self.available = available
    }
}

/// New values of one variant.
public struct VariantUpdate: Sendable, Hashable {
    public let variant: Int64
    public let values: [CatalogField: FieldValue]

    public init(variant: Int64, values: [CatalogField: FieldValue]) {
        self.variant = variant
        self.values = values
    }
}

/// A new available quantity of one item at one location.
public struct StockUpdate: Sendable, Hashable {
    public let inventoryItem: Int64
    public let location: Int64
    public let quantity: Int64
    /// The quantity that must still be there; not used when activating.
    public let expected: Int64

    public init(inventoryItem: Int64, location: Int64, quantity: Int64, expected: Int64) {
        self.inventoryItem = inventoryItem
        self.location = location
        self.quantity = quantity
        self.expected = expected
    }
}

/// One thing the store would not do (`userErrors`).
public struct WriteRefusal: Sendable, Hashable {
    /// The place in the list that was sent, or `nil` where the refusal is for the whole call.
    public let index: Int?
    /// The path the store named, such as `variants.3.price`.
    public let path: String
    public let code: String
    public let message: String

    public init(index: Int?, path: String, code: String, message: String) {
        self.index = index
        self.path = path
        self.code = code
        self.message = message
    }
}

/// What a store was asked so far.
public struct StoreCounters: Sendable, Hashable {
    public var queries = 0
    public var mutations = 0
    public var throttled = 0
    public var points = 0

    public init() {}
}
