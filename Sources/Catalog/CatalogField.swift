/// A field of a variant or its product that can be kept in step.
///
/// The raw value is the name in the settings, in the reports and in the ledger.
public enum CatalogField: String, CaseIterable, Sendable, Codable, Hashable {
    case price
    case compareAtPrice = "compare_at_price"
    case cost
    case inventory
    case title
    case description
    case vendor
    case productType = "product_type"
    case tags
    case status
    case handle
    case seoTitle = "seo_title"
    case seoDescription = "seo_description"
    case barcode
    case weight
    case taxable
    case requiresShipping = "requires_shipping"
    case countryOfOrigin = "country_of_origin"
    case hsCode = "hs_code"
    case inventoryPolicy = "inventory_policy"
    case tracked

    /// Whose field it is, which decides by which call it is written.
    public enum Owner: Sendable {
        case product
        case variant
        case inventoryLevel
    }

    /// Whose field it is.
    public var owner: Owner {
        switch self {
        case .title, .description, .vendor, .productType, .tags, .status, .handle, .seoTitle, .seoDescription: .product
        case .inventory: .inventoryLevel
        default: .variant
        }
    }

    /// Whether it is an amount of money, converted and priced rather than copied.
    public var isMoney: Bool {
        switch self {
        case .price, .compareAtPrice, .cost: true
        default: false
        }
    }
}

extension CatalogField: Comparable {
    /// In the order of declaration: money and stock first.
    public static func < (left: CatalogField, right: CatalogField) -> Bool {
        left.position < right.position
    }

    /// The place in ``allCases``; also the bit in a ``FieldSet``.
    ///
    /// Written out, since it is asked for every row of a store and a table would be looked up each time.
    @inlinable public var position: Int {
        switch self {
        case .price: 0
        case .compareAtPrice: 1
        case .cost: 2
        case .inventory: 3
        case .title: 4
        case .description: 5
        case .vendor: 6
        case .productType: 7
        case .tags: 8
        case .status: 9
        case .handle: 10
        case .seoTitle: 11
        case .seoDescription: 12
        case .barcode: 13
        case .weight: 14
        case .taxable: 15
        case .requiresShipping: 16
        case .countryOfOrigin: 17
        case .hsCode: 18
        case .inventoryPolicy: 19
        case .tracked: 20
        }
    }
}
