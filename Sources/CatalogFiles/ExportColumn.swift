import Catalog

/// A column of Shopify's product export that is read, under its older and its newer name.
///
/// Shopify Help Center, "Using CSV files to import and export products". All other columns (images, Google Shopping, metafields, prices
/// of markets such as `Price / International`) are passed over.
enum ExportColumn: Int, CaseIterable {
    case handle, title, body, vendor, type, tags, published, status
    case option1Name, option1Value, option1Link
    case option2Name, option2Value, option2Link
    case option3Name, option3Value, option3Link
    case sku, barcode, price, compareAtPrice, cost, taxable, tracker, quantity, policy, grams, weightUnit
    case requiresShipping, seoTitle, seoDescription

    /// All names, in small letters.
    var names: [String] {
        switch self {
        case .handle: ["handle", "url handle"]
        case .title: ["title"]
        case .body: ["body (html)", "body html", "description"]
        case .vendor: ["vendor"]
        case .type: ["type"]
        case .tags: ["tags"]
        case .published: ["published", "published on online store"]
        case .status: ["status"]
        case .option1Name: ["option1 name"]
        case .option1Value: ["option1 value"]
        case .option1Link: ["option1 linked to"]
        case .option2Name: ["option2 name"]
        case .option2Value: ["option2 value"]
        case .option2Link: ["option2 linked to"]
        case .option3Name: ["option3 name"]
        case .option3Value: ["option3 value"]
        case .option3Link: ["option3 linked to"]
        case .sku: ["variant sku", "sku"]
        case .barcode: ["variant barcode", "barcode"]
        case .price: ["variant price", "price"]
        case .compareAtPrice: ["variant compare at price", "compare-at price", "compare at price"]
        case .cost: ["cost per item"]
        case .taxable: ["variant taxable", "charge tax"]
        case .tracker: ["variant inventory tracker", "inventory tracker"]
        case .quantity: ["variant inventory qty", "inventory quantity"]
        case .policy: ["variant inventory policy", "continue selling when out of stock"]
        case .grams: ["variant grams", "weight value (grams)"]
        case .weightUnit: ["variant weight unit", "weight unit for display"]
        case .requiresShipping: ["variant requires shipping", "requires shipping"]
        case .seoTitle: ["seo title"]
        case .seoDescription: ["seo description"]
        }
    }

    /// Whether it stands on a product's first row and is the whole product's.
    var isOfProduct: Bool {
        switch self {
        case .title, .body, .vendor, .type, .tags, .published, .status, .seoTitle, .seoDescription,
            .option1Name, .option1Link, .option2Name, .option2Link, .option3Name, .option3Link:
            true
        default: false
        }
    }

    /// What tells a variant of its product from the others.
    static let options: [ExportColumn] = [
        .option1Name, .option1Value, .option1Link, .option2Name, .option2Value, .option2Link,
        .option3Name, .option3Value, .option3Link,
    ]

    /// The columns that carry a field, the one with the value first; none where an export has no such column.
    static func carrying(_ field: CatalogField) -> [ExportColumn] {
        switch field {
        case .price: [.price]
        case .compareAtPrice: [.compareAtPrice]
        case .cost: [.cost]
        case .inventory: [.quantity, .tracker]
        case .title: [.title]
        case .description: [.body]
        case .vendor: [.vendor]
        case .productType: [.type]
        case .tags: [.tags]
        case .status: [.status]
        case .seoTitle: [.seoTitle]
        case .seoDescription: [.seoDescription]
        case .barcode: [.barcode]
        case .weight: [.grams, .weightUnit]
        case .taxable: [.taxable]
        case .requiresShipping: [.requiresShipping]
        case .inventoryPolicy: [.policy]
        case .tracked: [.tracker]
        case .handle: [.handle]
        case .countryOfOrigin, .hsCode: []
        }
    }
}
