/// How a destination store is made from its source: prices converted exactly, then drift by a seed.
public struct MirrorSettings: Sendable {
    /// Fields that can drift, by their names in the settings file.
    public static let fields = [
        "title", "description", "vendor", "product_type", "tags", "status", "handle", "seo_title", "seo_description",
        "price", "compare_at_price", "cost", "inventory", "barcode", "weight", "taxable", "requires_shipping",
        "country_of_origin", "hs_code", "inventory_policy", "tracked",
    ]

    /// Units of the destination's currency for one of the source's, as exact decimal text.
    public var rate = "1"
    /// Percent put on price and compare-at price, as exact decimal text.
    public var markupPercent = "0"
    /// Of a thousand SKUs (or products, for fields of products) how many drift, by field.
    public var driftPermille: [String: Int] = [:]
    /// How many SKUs the destination lacks.
    public var missing = 0
    /// How many SKUs only the destination has.
    public var extra = 0
    /// How many of the destination's variants lose their SKU.
    public var blank = 0
    /// How many SKUs get a second variant in the destination.
    public var duplicate = 0
    /// Source locations by the destination location that holds their sum; empty puts all into the first.
    public var locations: [String: [String]] = [:]
    /// Decides everything that looks random.
    public var seed: UInt64 = 1

    /// A mirror without conversion and without any drift.
    public init() {}

    /// Sets one drift for all fields.
    public mutating func driftEverywhere(permille: Int) {
        for field in Self.fields { driftPermille[field] = permille }
    }
}
