public import Foundation

/// Everything that makes one pretend store: who it is, who may call it, what it sells, and how it behaves.
public struct SimulatedStoreConfiguration: Sendable {
    /// The domain, `name.myshopify.com`.
    public var shop: String
    /// The shop's own name.
    public var name: String
    /// The number in the shop's id; nil derives one from the domain.
    public var shopNumber: Int64?
    /// ISO 4217 code.
    public var currency: String
    /// The IANA name.
    public var timezone: String
    /// The port to listen on; 0 takes any free one.
    public var port: UInt16
    /// The permanent token; nil where only client credentials are taken.
    public var accessToken: String?
    /// For the client-credentials grant; nil where it is not offered.
    public var clientCredentials: ClientCredentials?
    /// What the token may do.
    public var scopes: [String]
    /// Where stock is kept.
    public var locations: [SimulatedLocation]
    /// What is sold.
    public var products: [SimulatedProduct]
    /// Titles of collections by handle, for those that should not be named after their handle.
    public var collectionTitles: [String: String]
    /// Decides ids and everything else that looks random.
    public var seed: UInt64
    /// API versions that are answered as asked; any other falls forward to the first.
    public var supportedVersions: [String]
    /// The cost bucket's size and its refill per second.
    public var bucket: CostBucketSize
    /// How often a bulk operation's status is read before it is complete.
    public var bulkPolls: Int
    /// How fast bulk operations go by the store's clock; nil where only being asked moves them on.
    public var bulkPace: BulkPace?
    /// Result files write `/` as `\/` and `<`, `>`, `&` as `\u003c`, `\u003e`, `\u0026`.
    public var escapesMarkup: Bool
    /// Products a window of the interleaved result file.
    public var bulkWindow: Int
    /// The clock of all dates, of token expiry and of the cost bucket.
    public var now: @Sendable () -> Date

    /// How fast bulk operations go.
    public struct BulkPace: Sendable, Equatable {
        /// From the start to the first object or line.
        public var secondsToStart: Double
        /// Objects that a query writes each second.
        public var objectsPerSecond: Double
        /// Lines that each mutation works off each second.
        public var linesPerSecond: Double

        /// Makes a pace.
        public init(secondsToStart: Double, objectsPerSecond: Double, linesPerSecond: Double) {
            self.secondsToStart = secondsToStart
            self.objectsPerSecond = objectsPerSecond
            self.linesPerSecond = linesPerSecond
        }
    }

    /// The app's credentials for the client-credentials grant.
    public struct ClientCredentials: Sendable, Equatable {
        /// The client id.
        public var id: String
        /// The client secret.
        public var secret: String
        /// How long a token lives, in seconds.
        public var lifetime: Int

        /// Makes credentials whose tokens live for a day, like the real ones.
        public init(id: String, secret: String, lifetime: Int = 86_399) {
            self.id = id
            self.secret = secret
            self.lifetime = lifetime
        }
    }

    /// The size of the cost bucket.
    public struct CostBucketSize: Sendable, Equatable {
        /// Points when full.
        public var maximum: Int
        /// Points that come back each second.
        public var restorePerSecond: Int

        /// Makes a bucket; a standard plan has 2,000 points and 100 a second.
        public init(maximum: Int = 2000, restorePerSecond: Int = 100) {
            self.maximum = maximum
            self.restorePerSecond = restorePerSecond
        }
    }

    /// The scopes a store grants where a scenario names none.
    public static let usualScopes = [
        "read_products", "write_products", "read_inventory", "write_inventory", "read_locations",
    ]

    /// Makes a store with one location, the usual scopes, an interleaved result file and the real clock.
    public init(
        shop: String,
        currency: String = "USD",
        accessToken: String? = "shpat_simulated",
        products: [SimulatedProduct] = [],
        locations: [SimulatedLocation] = [SimulatedLocation(name: "Main")],
        seed: UInt64 = 1,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.shop = shop
        name =
            shop.split(separator: ".").first.map { $0.split(separator: "-").map(\.capitalized).joined(separator: " ") }
            ?? shop
        self.currency = currency
        timezone = "Europe/Amsterdam"
        port = 0
        self.accessToken = accessToken
        scopes = Self.usualScopes
        self.locations = locations
        self.products = products
        collectionTitles = [:]
        self.seed = seed
        supportedVersions = ["2026-01", "2026-04", "2026-07", "2026-10"]
        bucket = CostBucketSize()
        bulkPolls = 1
        bulkPace = nil
        escapesMarkup = true
        bulkWindow = 200
        self.now = now
    }
}
