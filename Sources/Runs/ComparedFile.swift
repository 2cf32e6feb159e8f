public import Catalog
public import Pricing

/// A catalogue on local disk, and what its lines cannot tell.
public struct ComparedFile: Sendable {
    /// The file that is read, bulk JSONL.
    public let path: String
    /// What a person calls it.
    public let name: String
    /// Whose catalogue it is; where nobody said, an address that stands for it and is shown to nobody.
    public let shop: ShopDomain
    /// Whether the shop is known, so that reports can name it.
    public let isShopKnown: Bool
    /// The currency of its amounts.
    public let currency: Currency
    /// The fields it has, where something else than its lines tells; `nil` where the lines do.
    public let fields: FieldSet?
    /// Whether its ids are the shop's, rather than made up from the places in another file.
    public let hasShopIDs: Bool

    /// Puts the parts together.
    public init(
        path: String,
        name: String,
        shop: ShopDomain,
        isShopKnown: Bool,
        currency: Currency,
        fields: FieldSet? = nil,
        hasShopIDs: Bool = true
    ) {
        self.path = path
        self.name = name
        self.shop = shop
        self.isShopKnown = isShopKnown
        self.currency = currency
        self.fields = fields
        self.hasShopIDs = hasShopIDs
    }

    /// What reports call it: the shop where it is known, else the file.
    public var label: String { isShopKnown ? shop.text : name }
}
