/// A product as it is put into a pretend store, and as the control interface shows it.
public struct SimulatedProduct: Sendable, Equatable {
    /// Unique in the store; lowercased, and made from the title where left empty.
    public var handle: String
    public var title: String
    public var description: String
    public var vendor: String
    public var productType: String
    public var tags: [String]
    /// `ACTIVE`, `DRAFT`, `ARCHIVED` or `UNLISTED`.
    public var status: String
    public var seoTitle: String?
    public var seoDescription: String?
    /// The names of the options, at most three.
    public var options: [String]
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

/// A variant as it is put into a pretend store. Amounts are decimal text in the store's currency.
public struct SimulatedVariant: Sendable, Equatable {
    public var sku: String?
    public var barcode: String?
    public var price: String
    public var compareAtPrice: String?
    public var cost: String?
    public var optionValues: [String]
    public var taxable: Bool
    public var requiresShipping: Bool
    public var tracked: Bool
    /// `DENY` or `CONTINUE`.
    public var inventoryPolicy: String
    public var countryOfOrigin: String?
    public var hsCode: String?
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
    public var value: Double
    public var unit: String

    /// Makes a weight.
    public init(value: Double, unit: String) {
        self.value = value
        self.unit = unit
    }
}

/// A place that keeps stock.
public struct SimulatedLocation: Sendable, Equatable {
    public var name: String
    public var isActive: Bool
    public var isFulfillmentService: Bool

    /// Makes a location.
    public init(name: String, isActive: Bool = true, isFulfillmentService: Bool = false) {
        self.name = name
        self.isActive = isActive
        self.isFulfillmentService = isFulfillmentService
    }
}
