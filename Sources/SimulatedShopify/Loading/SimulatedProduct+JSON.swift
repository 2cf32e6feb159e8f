extension SimulatedProduct {
    /// Reads a product as `POST /__control/add` and scenario files write it; amounts may be numbers or text.
    init(json: JSONValue, locations: [String]) throws(SimulatorError) {
        guard let title = json["title"]?.text else { throw .badControl("a product needs a title") }
        var variants: [SimulatedVariant] = []
        for variant in json["variants"]?.elements ?? [json] {
            variants.append(try SimulatedVariant(json: variant, product: title, locations: locations))
        }
        let options = json["options"]?.elements?.compactMap(\.text) ?? ["Title"]
        self.init(
            handle: json["handle"]?.text ?? "",
            title: title,
            description: json["description"]?.text ?? "",
            vendor: json["vendor"]?.text ?? "",
            productType: json["product_type"]?.text ?? "",
            tags: json["tags"]?.elements?.compactMap(\.text) ?? [],
            status: json["status"]?.text?.uppercased() ?? "ACTIVE",
            seoTitle: json["seo_title"]?.text,
            seoDescription: json["seo_description"]?.text,
            options: options,
            variants: variants,
            collections: json["collections"]?.elements?.compactMap(\.text) ?? []
        )
    }
}

extension SimulatedVariant {
    fileprivate init(json: JSONValue, product: String, locations: [String]) throws(SimulatorError) {
        guard let price = json["price"]?.scalarText else { throw .badControl("\(product): a variant needs a price") }
        let weight = (json["weight"]?["value"] ?? json["weight"])?.scalarText.flatMap { Double($0) }
        self.init(
            sku: json["sku"]?.text,
            price: price,
            compareAtPrice: json["compare_at_price"]?.scalarText,
            cost: json["cost"]?.scalarText,
            barcode: json["barcode"]?.text,
            optionValues: json["option_values"]?.elements?.compactMap(\.text) ?? ["Default Title"],
            taxable: json["taxable"]?.boolean ?? true,
            requiresShipping: json["requires_shipping"]?.boolean ?? true,
            tracked: json["tracked"]?.boolean ?? true,
            inventoryPolicy: json["inventory_policy"]?.text?.uppercased() ?? "DENY",
            countryOfOrigin: json["country_of_origin"]?.text,
            hsCode: json["hs_code"]?.text,
            weight: SimulatedWeight(
                value: weight ?? 0,
                unit: json["weight"]?["unit"]?.text?.uppercased() ?? "KILOGRAMS"
            ),
            inventory: try Self.inventory(json["inventory"], locations)
        )
    }

    /// A number counts for the first location; an object names locations.
    private static func inventory(_ json: JSONValue?, _ locations: [String]) throws(SimulatorError) -> [String: Int] {
        if let quantity = json?.integer, let first = locations.first { return [first: quantity] }
        var inventory: [String: Int] = [:]
        for member in json?.members ?? [] {
            guard locations.contains(member.name), let quantity = member.value.integer else {
                throw .badControl("inventory takes whole numbers by location name, not \(member.name)")
            }
            inventory[member.name] = quantity
        }
        if json == nil, let first = locations.first { inventory[first] = 0 }
        return inventory
    }
}
