/// All synced fields of one product, as a store has them.
public struct ProductRecord: Sendable, Hashable {
    public let id: ResourceID
    public let handle: String
    public let title: String
    public let descriptionHTML: String
    public let vendor: String
    public let productType: String
    public let tags: [String]
    public let status: String
    public let seoTitle: String?
    public let seoDescription: String?

    public init(
        id: ResourceID,
        handle: String,
        title: String,
        descriptionHTML: String,
        vendor: String,
        productType: String,
        tags: [String],
        status: String,
        seoTitle: String?,
        seoDescription: String?
    ) {
        self.id = id
        self.handle = handle
        self.title = title
        self.descriptionHTML = descriptionHTML
        self.vendor = vendor
        self.productType = productType
        self.tags = tags
        self.status = status
        self.seoTitle = seoTitle
        self.seoDescription = seoDescription
    }
}

/// All synced fields of one variant but its stock, as a store has them.
///
/// Exists only for rows that somebody has to look at; rows in step stay packed.
public struct VariantRecord: Sendable, Hashable {
    public let id: ResourceID
    public let product: ResourceID
    public let inventoryItem: ResourceID
    public let title: String
    public let sku: String?
    public let barcode: String?
    /// The price in the shop's currency, or its text where the currency cannot hold it.
    public let price: FieldValue
    public let compareAtPrice: FieldValue
    public let cost: FieldValue
    public let taxable: Bool
    public let inventoryPolicy: String
    public let tracked: Bool
    public let requiresShipping: Bool
    public let countryOfOrigin: String?
    public let hsCode: String?
    public let weight: Weight?

    public init(
        id: ResourceID,
        product: ResourceID,
        inventoryItem: ResourceID,
        title: String,
        sku: String?,
        barcode: String?,
        price: FieldValue,
        compareAtPrice: FieldValue,
        cost: FieldValue,
        taxable: Bool,
        inventoryPolicy: String,
        tracked: Bool,
        requiresShipping: Bool,
        countryOfOrigin: String?,
        hsCode: String?,
        weight: Weight?
    ) {
        self.id = id
        self.product = product
        self.inventoryItem = inventoryItem
        self.title = title
        self.sku = sku
        self.barcode = barcode
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        self.taxable = taxable
        self.inventoryPolicy = inventoryPolicy
        self.tracked = tracked
        self.requiresShipping = requiresShipping
        self.countryOfOrigin = countryOfOrigin
        self.hsCode = hsCode
        self.weight = weight
    }
}

extension ProductRecord {
    /// The value of a product's field; `nil` where the field is not a product's.
    public subscript(field: CatalogField) -> FieldValue? {
        switch field {
        case .title: .text(title)
        case .description: .text(descriptionHTML)
        case .vendor: .text(vendor)
        case .productType: .text(productType)
        case .tags: .tags(tags)
        case .status: .text(status)
        case .handle: .text(handle)
        case .seoTitle: seoTitle.map(FieldValue.text) ?? .absent
        case .seoDescription: seoDescription.map(FieldValue.text) ?? .absent
        default: nil
        }
    }
}

extension VariantRecord {
    /// The value of a variant's field; `nil` where the field is a product's or the stock.
    public subscript(field: CatalogField) -> FieldValue? {
        switch field {
        case .price: price
        case .compareAtPrice: compareAtPrice
        case .cost: cost
        case .barcode: barcode.map(FieldValue.text) ?? .absent
        case .weight: weight.map(FieldValue.weight) ?? .absent
        case .taxable: .flag(taxable)
        case .requiresShipping: .flag(requiresShipping)
        case .countryOfOrigin: countryOfOrigin.map(FieldValue.text) ?? .absent
        case .hsCode: hsCode.map(FieldValue.text) ?? .absent
        case .inventoryPolicy: .text(inventoryPolicy)
        case .tracked: .flag(tracked)
        default: nil
        }
    }
}
