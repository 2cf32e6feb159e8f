/// A variant with its inventory item, in a running store.
///
/// Only touched under the store's lock.
final class VariantRecord {
    let number: Int64
    let itemNumber: Int64
    unowned let product: ProductRecord
    var sku: String?
    var barcode: String?
    /// Minor units of the store's currency, as the other two amounts.
    var price: Int64
    var compareAtPrice: Int64?
    var cost: Int64?
    var optionValues: [String]
    var taxable: Bool
    var requiresShipping: Bool
    var tracked: Bool
    var inventoryPolicy: String
    var countryOfOrigin: String?
    var hsCode: String?
    var weight: SimulatedWeight?
    var levels: [LevelRecord] = []
    let createdAt: Int64
    var updatedAt: Int64

    init(
        number: Int64,
        itemNumber: Int64,
        product: ProductRecord,
        _ variant: SimulatedVariant,
        price: Int64,
        compareAtPrice: Int64?,
        cost: Int64?,
        at now: Int64
    ) {
        self.number = number
        self.itemNumber = itemNumber
        self.product = product
        sku = variant.sku
        barcode = variant.barcode
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        optionValues = variant.optionValues
        taxable = variant.taxable
        requiresShipping = variant.requiresShipping
        tracked = variant.tracked
        inventoryPolicy = variant.inventoryPolicy
        countryOfOrigin = variant.countryOfOrigin
        hsCode = variant.hsCode
        weight = variant.weight
        createdAt = now
        updatedAt = now
    }

    var id: String { ResourceID.text("ProductVariant", number) }
    var itemID: String { ResourceID.text("InventoryItem", itemNumber) }
    var title: String { optionValues.joined(separator: " / ") }
    var available: Int { levels.reduce(0) { $0 + $1.available } }

    func level(at location: LocationRecord) -> LevelRecord? { levels.first { $0.location === location } }
}

/// The stock of one item at one location.
final class LevelRecord {
    let location: LocationRecord
    unowned let variant: VariantRecord
    var available: Int
    var committed = 0
    var updatedAt: Int64

    init(location: LocationRecord, variant: VariantRecord, available: Int, at now: Int64) {
        self.location = location
        self.variant = variant
        self.available = available
        updatedAt = now
    }

    var id: String {
        "gid://shopify/InventoryLevel/\(location.levelNumber)?inventory_item_id=\(variant.itemNumber)"
    }

    /// The quantity of a name the API knows; nil for any other.
    func quantity(_ name: String) -> Int? {
        switch name {
        case "available": available
        case "on_hand": available + committed
        case "committed": committed
        case "incoming", "reserved", "damaged", "safety_stock", "quality_control": 0
        default: nil
        }
    }
}

/// A location in a running store.
final class LocationRecord {
    let number: Int64
    /// The number that stands in the ids of its levels.
    let levelNumber: Int64
    var name: String
    var isActive: Bool
    var isFulfillmentService: Bool

    init(number: Int64, levelNumber: Int64, _ location: SimulatedLocation) {
        self.number = number
        self.levelNumber = levelNumber
        name = location.name
        isActive = location.isActive
        isFulfillmentService = location.isFulfillmentService
    }

    var id: String { ResourceID.text("Location", number) }
}

/// A collection in a running store.
final class CollectionRecord {
    let number: Int64
    let handle: String
    var title: String
    var products: [ProductRecord] = []
    var updatedAt: Int64

    init(number: Int64, handle: String, title: String, at now: Int64) {
        self.number = number
        self.handle = handle
        self.title = title
        updatedAt = now
    }

    var id: String { ResourceID.text("Collection", number) }
}
