/// All synced fields of one product, as a store has them.
///
/// A class of constants: many hold the same record, and none is copied.
public final class ProductRecord: Sendable, Hashable {
    /// The id.
    public let id: ResourceID
    /// The part of the product's address that names it.
    public let handle: String
    /// The title.
    public let title: String
    /// The description, as the store has it.
    public let descriptionHTML: String
    /// The vendor.
    public let vendor: String
    /// The product type.
    public let productType: String
    /// The tags, in the store's order.
    public let tags: [String]
    /// The status, in the API's word.
    public let status: String
    /// The search engine title; `nil` where it follows the title.
    public let seoTitle: String?
    /// The search engine description; `nil` where it follows the description.
    public let seoDescription: String?

    /// A product of these values.
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

    /// Whether all values are the same.
    public static func == (left: ProductRecord, right: ProductRecord) -> Bool {
        left.id == right.id
            && left.handle == right.handle
            && left.title == right.title
            && left.descriptionHTML == right.descriptionHTML
            && left.vendor == right.vendor
            && left.productType == right.productType
            && left.tags == right.tags
            && left.status == right.status
            && left.seoTitle == right.seoTitle
            && left.seoDescription == right.seoDescription
    }

    /// The id stands for the rest.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
    }
}

/// All synced fields of one variant but its stock, as a store has them.
///
/// Exists only for rows that somebody has to look at; rows in step stay packed. A class of constants, as ``ProductRecord``.
public final class VariantRecord: Sendable, Hashable {
    /// The id.
    public let id: ResourceID
    /// The id of its product.
    public let product: ResourceID
    /// The id of its inventory item.
    public let inventoryItem: ResourceID
    /// The title.
    public let title: String
    /// The SKU's text, blank or not; `nil` where the store has null.
    public let sku: String?
    /// The barcode.
    public let barcode: String?
    /// The price in the shop's currency, or its text where the currency cannot hold it.
    public let price: FieldValue
    /// The compare-at price, in the form of ``price``.
    public let compareAtPrice: FieldValue
    /// The unit cost, in the form of ``price``.
    public let cost: FieldValue
    /// Whether taxes are charged.
    public let taxable: Bool
    /// Whether it is sold when out of stock, in the API's word.
    public let inventoryPolicy: String
    /// Whether the store counts its stock.
    public let tracked: Bool
    /// Whether it is shipped.
    public let requiresShipping: Bool
    /// The country it is made in, as two letters.
    public let countryOfOrigin: String?
    /// The harmonized system code.
    public let hsCode: String?
    /// The shipping weight; `nil` where there is none or it does not read.
    public let weight: Weight?

    /// A variant of these values.
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

    /// Whether all values are the same.
    public static func == (left: VariantRecord, right: VariantRecord) -> Bool {
        left.id == right.id
            && left.product == right.product
            && left.inventoryItem == right.inventoryItem
            && left.title == right.title
            && left.sku == right.sku
            && left.barcode == right.barcode
            && left.price == right.price
            && left.compareAtPrice == right.compareAtPrice
            && left.cost == right.cost
            && left.taxable == right.taxable
            && left.inventoryPolicy == right.inventoryPolicy
            && left.tracked == right.tracked
            && left.requiresShipping == right.requiresShipping
            && left.countryOfOrigin == right.countryOfOrigin
            && left.hsCode == right.hsCode
            && left.weight == right.weight
    }

    /// The id stands for the rest.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
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
