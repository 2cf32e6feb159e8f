import SimulatedShopify

/// A store's catalogue as the simulator holds it, looked up by SKU.
struct Catalogue {
    struct Item {
        let product: JSONValue
        let variant: JSONValue

        var isActive: Bool { product["status"]?.text == "ACTIVE" }

        /// A field's value in the words of the simulator's truth.
        func text(_ field: String) -> String? {
            switch field {
            case "tags": product["tags"]?.elements?.compactMap(\.text).joined(separator: ", ")
            case "title", "description", "vendor", "product_type", "status", "handle", "seo_title", "seo_description":
                product[field]?.text
            case "weight":
                variant["weight"].flatMap { weight in
                    weight["value"]?.scalarText.flatMap { value in weight["unit"]?.text.map { "\(value) \($0)" } }
                }
            case "taxable", "requires_shipping", "tracked": variant[field]?.boolean.map { "\($0)" }
            case "inventory": units.map { "\($0)" }
            default: variant[field]?.text
            }
        }

        /// Units available over all locations; nil where none stocks the item.
        var units: Int? {
            guard let levels = variant["inventory"]?.members, !levels.isEmpty else { return nil }
            return levels.compactMap(\.value.integer).reduce(0, +)
        }
    }

    /// Every variant with a SKU, by SKU.
    private(set) var items: [String: [Item]] = [:]
    /// How many variants have none.
    private(set) var blanks = 0

    init(_ store: SimulatedStore) {
        for product in store.catalogue["products"]?.elements ?? [] {
            for variant in product["variants"]?.elements ?? [] {
                let sku = variant["sku"]?.text ?? ""
                if sku.isEmpty {
                    blanks += 1
                } else {
                    items[sku, default: []].append(Item(product: product, variant: variant))
                }
            }
        }
    }

    /// The one variant that bears the SKU; nil where none does, or several do.
    func only(_ sku: String) -> Item? {
        items[sku].flatMap { $0.count == 1 ? $0.first : nil }
    }

    /// SKUs that several variants bear.
    var duplicates: Set<String> { Set(items.filter { $0.value.count > 1 }.keys) }
}
