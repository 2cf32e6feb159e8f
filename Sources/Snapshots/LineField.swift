import Catalog
import CSimdjson

/// The values of a line as bits, and what fields of the catalogue they make up.
struct LineField {
    /// One bit per value, as in `csj_line.seen`.
    typealias Bits = UInt64

    @inline(__always)
    static func bit(_ position: Int) -> Bits { 1 << Bits(position) }

    static let id = bit(CSJ_ID)
    static let parent = bit(CSJ_PARENT)
    static let cost = bit(CSJ_COST)
    static let costParts = bit(CSJ_COST_AMOUNT) | bit(CSJ_COST_CURRENCY)
    static let weight = bit(CSJ_WEIGHT)
    static let weightParts = bit(CSJ_WEIGHT_VALUE) | bit(CSJ_WEIGHT_UNIT)

    /// Values that the API never gives as null: null there means a missing right (FAULTS SN-8).
    static let neverNull = neverNullOfProduct | neverNullOfVariant | neverNullOfItem | neverNullOfLevel
    private static let neverNullOfProduct =
        id | bit(CSJ_HANDLE) | bit(CSJ_TITLE) | bit(CSJ_DESCRIPTION) | bit(CSJ_VENDOR) | bit(CSJ_PRODUCT_TYPE)
        | bit(CSJ_TAGS) | bit(CSJ_STATUS) | bit(CSJ_SEO)
    private static let neverNullOfVariant =
        bit(CSJ_PRICE) | bit(CSJ_TAXABLE) | bit(CSJ_INVENTORY_POLICY) | bit(CSJ_ITEM) | bit(CSJ_ITEM_ID)
    private static let neverNullOfItem =
        bit(CSJ_TRACKED) | bit(CSJ_REQUIRES_SHIPPING) | costParts | bit(CSJ_MEASUREMENT) | weightParts
    private static let neverNullOfLevel =
        bit(CSJ_LOCATION) | bit(CSJ_LOCATION_ID) | bit(CSJ_QUANTITIES) | bit(CSJ_AVAILABLE)

    /// Without these a line is of no use, whatever fields are asked for.
    static let variantEssentials = id | parent | bit(CSJ_SKU) | bit(CSJ_ITEM) | bit(CSJ_ITEM_ID)
    static let levelEssentials = id | parent | bit(CSJ_LOCATION) | bit(CSJ_LOCATION_ID) | bit(CSJ_AVAILABLE)

    /// The values a field of a product or variant needs.
    static func bits(of field: CatalogField) -> Bits {
        switch field {
        case .price: bit(CSJ_PRICE)
        case .compareAtPrice: bit(CSJ_COMPARE_AT_PRICE)
        case .cost: cost
        case .inventory: 0
        case .title: bit(CSJ_TITLE)
        case .description: bit(CSJ_DESCRIPTION)
        case .vendor: bit(CSJ_VENDOR)
        case .productType: bit(CSJ_PRODUCT_TYPE)
        case .tags: bit(CSJ_TAGS)
        case .status: bit(CSJ_STATUS)
        case .handle: bit(CSJ_HANDLE)
        case .seoTitle: bit(CSJ_SEO) | bit(CSJ_SEO_TITLE)
        case .seoDescription: bit(CSJ_SEO) | bit(CSJ_SEO_DESCRIPTION)
        case .barcode: bit(CSJ_BARCODE)
        case .weight: bit(CSJ_MEASUREMENT) | weight
        case .taxable: bit(CSJ_TAXABLE)
        case .requiresShipping: bit(CSJ_REQUIRES_SHIPPING)
        case .countryOfOrigin: bit(CSJ_COUNTRY)
        case .hsCode: bit(CSJ_HS_CODE)
        case .inventoryPolicy: bit(CSJ_INVENTORY_POLICY)
        case .tracked: bit(CSJ_TRACKED)
        }
    }

    /// The values that all of these fields of one owner need.
    static func bits(of fields: FieldSet, owner: CatalogField.Owner) -> Bits {
        fields.fields.filter { $0.owner == owner }.reduce(0) { $0 | bits(of: $1) }
    }

    /// The fields of one owner whose values are all among the bits.
    static func fields(in bits: Bits, owner: CatalogField.Owner) -> FieldSet {
        FieldSet(CatalogField.allCases.filter { $0.owner == owner && self.bits(of: $0) & ~bits == 0 })
    }

    /// What a line really has: null where null is never right, and halves of a cost or weight, count as absent.
    @inline(__always)
    static func present(_ line: UnsafePointer<csj_line>) -> Bits {
        let nulls = line.pointee.nulls
        var present = line.pointee.seen & ~(nulls & neverNull)
        if (present & ~nulls) & cost != 0, present & costParts != costParts { present &= ~cost }
        if (present & ~nulls) & weight != 0, present & weightParts != weightParts { present &= ~weight }
        return present
    }

    /// The key as it stands in the file.
    static func name(_ position: Int) -> String {
        names.indices.contains(position) ? names[position] : "a value"
    }

    /// The key of the lowest bit.
    static func name(ofLowest bits: Bits) -> String { name(bits.trailingZeroBitCount) }

    /// In the order of the positions in `csj_line`.
    private static let names = [
        "id", "__parentId", "handle", "title", "descriptionHtml", "vendor", "productType", "tags", "status", "seo",
        "seo.title", "seo.description", "sku", "barcode", "price", "compareAtPrice", "taxable", "inventoryPolicy",
        "inventoryItem", "inventoryItem.id", "inventoryItem.tracked", "inventoryItem.requiresShipping",
        "inventoryItem.countryCodeOfOrigin", "inventoryItem.harmonizedSystemCode", "inventoryItem.unitCost",
        "inventoryItem.unitCost.amount", "inventoryItem.unitCost.currencyCode", "inventoryItem.measurement",
        "inventoryItem.measurement.weight", "inventoryItem.measurement.weight.value",
        "inventoryItem.measurement.weight.unit", "location", "location.id", "quantities", "quantities.available",
    ]
}

extension csj_line {
    /// The bytes of a value, empty where it is absent or null.
    @inline(__always)
    static func text(_ line: UnsafePointer<csj_line>, _ position: Int) -> UnsafeBufferPointer<UInt8> {
        // A C array is imported as a tuple; its elements follow one another.
        let texts = UnsafeRawPointer(line).advanced(by: textsOffset).assumingMemoryBound(to: csj_text.self)
        return texts[position].buffer
    }

    private static let textsOffset = MemoryLayout<csj_line>.offset(of: \.texts) ?? 0
}
