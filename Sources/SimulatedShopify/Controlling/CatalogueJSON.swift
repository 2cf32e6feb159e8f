extension StoreState {
    /// The whole catalogue, for `GET /__control/state`.
    var catalogueJSON: JSONValue {
        [
            "shop": .string(configuration.shop), "id": .string(ResourceID.text("Shop", shopNumber)),
            "currency": .string(configuration.currency),
            "locations": .array(
                locations.map {
                    [
                        "id": .string($0.id), "name": .string($0.name), "active": .bool($0.isActive),
                        "fulfillment_service": .bool($0.isFulfillmentService),
                    ]
                }
            ),
            "products": .array(products.map { json($0) }),
        ]
    }

    private func json(_ product: ProductRecord) -> JSONValue {
        [
            "id": .string(product.id), "handle": .string(product.handle), "title": .string(product.title),
            "description": .string(product.descriptionHtml), "vendor": .string(product.vendor),
            "product_type": .string(product.productType), "tags": .array(product.tags.map { .string($0) }),
            "status": .string(product.status), "seo_title": Self.optional(product.seoTitle),
            "seo_description": Self.optional(product.seoDescription),
            "options": .array(product.options.map { .string($0) }),
            "collections": .array(product.collections.map { .string($0.handle) }),
            "variants": .array(product.variants.map { json($0) }),
        ]
    }

    private func json(_ variant: VariantRecord) -> JSONValue {
        [
            "id": .string(variant.id), "inventory_item": .string(variant.itemID), "sku": Self.optional(variant.sku),
            "barcode": Self.optional(variant.barcode),
            "price": .string(DecimalText.money(variant.price, digits: digits)),
            "compare_at_price": Self.optional(variant.compareAtPrice.map { DecimalText.money($0, digits: digits) }),
            "cost": Self.optional(variant.cost.map { DecimalText.money($0, digits: digits) }),
            "option_values": .array(variant.optionValues.map { .string($0) }), "taxable": .bool(variant.taxable),
            "requires_shipping": .bool(variant.requiresShipping), "tracked": .bool(variant.tracked),
            "inventory_policy": .string(variant.inventoryPolicy),
            "country_of_origin": Self.optional(variant.countryOfOrigin), "hs_code": Self.optional(variant.hsCode),
            "weight": variant.weight.map { ["value": .number("\($0.value)"), "unit": .string($0.unit)] } ?? .null,
            "inventory": .object(variant.levels.map { .init($0.location.name, .number(String($0.available))) }),
            "committed": .object(variant.levels.map { .init($0.location.name, .number(String($0.committed))) }),
        ]
    }

    /// The variants of a SKU, each with its product's own fields under `product`.
    func variantsJSON(sku: String) -> [JSONValue] {
        variants(sku: sku).map { variant in
            let product = json(variant.product).members?.filter { $0.name != "variants" } ?? []
            return .object((json(variant).members ?? []) + [.init("product", .object(product))])
        }
    }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
