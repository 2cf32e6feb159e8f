/// One line of `findings.csv` and of the ledger's table: something a person has to look at.
public struct FindingRow: Sendable, Hashable {
    /// What kind of finding; the raw value is the reports' word.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case blankSKU = "blank sku"
        case duplicateSKU = "duplicate sku"
        case missing
        case extra
        case unshared
        case nearMiss = "near miss"
        case moved = "sku moved"
        case held
        case refused
        case negativeStock = "negative source stock"
        case compareAtCleared = "compare-at cleared"
        case brake
        case failed
        case left
        case store
    }

    /// What kind of finding it is.
    public var kind: Kind
    /// The shop the finding is about.
    public var shop: String
    /// The SKU, or empty.
    public var sku: String
    /// The product's title, or empty.
    public var product: String
    /// The number of the product in that shop; 0 where there is none.
    public var productID: Int64
    /// The number of the variant in that shop; 0 where there is none.
    public var variantID: Int64
    /// The page in the shop's admin, or empty.
    public var link: String
    /// What was found.
    public var detail: String
    /// What to do, or a near miss's likely partner.
    public var suggestion: String

    /// A row.
    public init(
        kind: Kind,
        shop: String,
        sku: String = "",
        product: String = "",
        productID: Int64 = 0,
        variantID: Int64 = 0,
        link: String = "",
        detail: String,
        suggestion: String = ""
    ) {
        self.kind = kind
        self.shop = shop
        self.sku = sku
        self.product = product
        self.productID = productID
        self.variantID = variantID
        self.link = link
        self.detail = detail
        self.suggestion = suggestion
    }
}
