/// A product as it is put into a pretend store, and as the control interface shows it.
public struct SimulatedProduct: Sendable, Equatable {
    /// Unique in the store; lowercased, and made from the title where left empty.
    public var handle: String
    /// What customers read.
    public var title: String
    /// HTML.
    public var description: String
    /// Who makes it.
    public var vendor: String
    /// The product type.
    public var productType: String
    /// In any order and case; the store sorts them.
    public var tags: [String]
    /// `ACTIVE`, `DRAFT`, `ARCHIVED` or `UNLISTED`.
    public var status: String
    /// The title for search engines.
    public var seoTitle: String?
    /// The description for search engines.
    public var seoDescription: String?
    /// The names of the options, at most three.
    public var options: [String]
    /// At least one.
    public var variants: [SimulatedVariant]
    /// Handles of the collections the product is in.
    public var collections: [String]

    /// Makes a product; what is left out is what a new product has.
    public init(
        handle: String = "",
        title: String,
        description: String = "",
        vendor: String = "",
        productType: String = "",
        tags: [String] = [],
        status: String = "ACTIVE",
        seoTitle: String? = nil,
        seoDescription: String? = nil,
        options: [String] = ["Title"],
        variants: [SimulatedVariant],
        collections: [String] = []
    ) {
        self.handle = handle
        self.title = title
        self.description = description
        self.vendor = vendor
        self.productType = productType
        self.tags = tags
        self.status = status
        self.seoTitle = seoTitle
        self.seoDescription = seoDescription
        self.options = options
        self.variants = variants
        self.collections = collections
    }
}

/// A variant as it is put into a pretend store.
///
/// Amounts are decimal text in the store's currency.
public struct SimulatedVariant: Sendable, Equatable {
    /// The SKU; need not be unique.
    public var sku: String?
    /// The barcode.
    public var barcode: String?
    /// The price.
    public var price: String
    /// The price before, if any.
    public var compareAtPrice: String?
    /// What the item costs the merchant.
    public var cost: String?
    /// One for each option of the product.
    public var optionValues: [String]
    /// Whether tax is charged.
    public var taxable: Bool
    /// Whether it is a thing.
    public var requiresShipping: Bool
    /// Whether stock is counted.
    public var tracked: Bool
    /// `DENY` or `CONTINUE`.
    public var inventoryPolicy: String
    /// Two letters (ISO 3166).
    public var countryOfOrigin: String?
    /// The harmonised system code, digits only.
    public var hsCode: String?
    /// The weight.
    public var weight: SimulatedWeight?
    /// Available units by location name; a location left out does not stock the item.
    public var inventory: [String: Int]

    /// Makes a variant; what is left out is what a new variant has.
    public init(
        sku: String?,
        price: String,
        compareAtPrice: String? = nil,
        cost: String? = nil,
        barcode: String? = nil,
        optionValues: [String] = ["Default Title"],
        taxable: Bool = true,
        requiresShipping: Bool = true,
        tracked: Bool = true,
        inventoryPolicy: String = "DENY",
        countryOfOrigin: String? = nil,
        hsCode: String? = nil,
        weight: SimulatedWeight? = SimulatedWeight(value: 0, unit: "KILOGRAMS"),
        inventory: [String: Int] = [:]
    ) {
        self.sku = sku
        self.barcode = barcode
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        self.optionValues = optionValues
        self.taxable = taxable
        self.requiresShipping = requiresShipping
        self.tracked = tracked
        self.inventoryPolicy = inventoryPolicy
        self.countryOfOrigin = countryOfOrigin
        self.hsCode = hsCode
        self.weight = weight
        self.inventory = inventory
    }
}

/// A weight as the API gives it: a binary fraction and `KILOGRAMS`, `GRAMS`, `POUNDS` or `OUNCES`.
public struct SimulatedWeight: Sendable, Equatable {
    /// How many units.
    public var value: Double
    /// Which unit.
    public var unit: String

    /// Makes a weight.
    public init(value: Double, unit: String) {
        self.value = value
        self.unit = unit
    }
}

/// A place that keeps stock.
public struct SimulatedLocation: Sendable, Equatable {
    /// The name.
    public var name: String
    /// Whether it is in use.
    public var isActive: Bool
    /// Whether a service owns it.
    public var isFulfillmentService: Bool

    /// Makes a location.
    public init(name: String, isActive: Bool = true, isFulfillmentService: Bool = false) {
        self.name = name
        self.isActive = isActive
        self.isFulfillmentService = isFulfillmentService
    }
}
