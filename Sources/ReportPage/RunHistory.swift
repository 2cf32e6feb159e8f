public import Catalog

/// What the ledger remembers of a team's latest runs, for the page of one of them.
public struct RunHistory: Sendable, Hashable {
    /// How many runs it goes back.
    public static let mostRuns = 30
    /// How many fields that were set back again and again it holds.
    public static let mostRepeats = 100

    /// Parts of runs by time, the oldest first, then by shop; a run that came to no destination has none.
    public let parts: [PastPart]
    /// Fields that were set back in more than one of those runs, the most often first.
    public let repeats: [RepeatedDrift]

    /// Puts the parts together.
    public init(parts: [PastPart], repeats: [RepeatedDrift]) {
        self.parts = parts
        self.repeats = repeats
    }
}

/// One destination in one of the latest runs.
public struct PastPart: Sendable, Hashable {
    /// The run's id.
    public let run: String
    /// When the run started.
    public let startedAt: Timestamp
    /// The destination.
    public let shop: ShopDomain
    /// The name of the exit status of this part.
    public let status: String
    /// What the comparison found; `nil` where the stores were not compared.
    public let drift: DriftCount?

    /// Puts the parts together.
    public init(run: String, startedAt: Timestamp, shop: ShopDomain, status: String, drift: DriftCount?) {
        self.run = run
        self.startedAt = startedAt
        self.shop = shop
        self.status = status
        self.drift = drift
    }
}

/// How many locked fields a destination had changed since the run before.
public struct DriftCount: Sendable, Hashable {
    /// Fields other than stock: somebody or some app changed them.
    public let fields: Int
    /// Stock, which also moves whenever the destination sells.
    public let stock: Int

    /// Both counts.
    public init(fields: Int, stock: Int) {
        self.fields = fields
        self.stock = stock
    }
}

/// A field that a destination keeps changing although it is set back each time.
public struct RepeatedDrift: Sendable, Hashable {
    /// The destination.
    public let shop: ShopDomain
    /// The SKU.
    public let sku: String
    /// The product's title when it was last set back.
    public let product: String
    /// The field; never stock.
    public let field: CatalogField
    /// In how many runs it was set back.
    public let times: Int
    /// The start of the first of them.
    public let first: Timestamp
    /// The start of the last of them.
    public let last: Timestamp
    /// What the last of them found there.
    public let found: String
    /// The number of the destination's product; 0 where there is none.
    public let productID: Int64
    /// The number of the destination's variant; 0 where there is none.
    public let variantID: Int64

    /// Puts the parts together.
    public init(
        shop: ShopDomain,
        sku: String,
        product: String,
        field: CatalogField,
        times: Int,
        first: Timestamp,
        last: Timestamp,
        found: String,
        productID: Int64,
        variantID: Int64
    ) {
        self.shop = shop
        self.sku = sku
        self.product = product
        self.field = field
        self.times = times
        self.first = first
        self.last = last
        self.found = found
        self.productID = productID
        self.variantID = variantID
    }
}
