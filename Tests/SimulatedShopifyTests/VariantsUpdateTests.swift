import Testing

@testable import SimulatedShopify

@Suite struct VariantsUpdateTests {
    static let update = """
        mutation U($product: ID!, $variants: [ProductVariantsBulkInput!]!, $partial: Boolean) {
          productVariantsBulkUpdate(productId: $product, variants: $variants, allowPartialUpdates: $partial) {
            productVariants { sku price compareAtPrice } userErrors { field message code } } }
        """

    /// Sends the inputs; the ids `S`, `L` and `MUG` stand for the variants.
    private func update(
        _ inputs: [JSONValue],
        isPartial: Bool = false,
        in shop: TestShop
    ) async throws -> JSONValue {
        let ids = [
            "S": shop.ids(sku: "LAMP-S").variant, "L": shop.ids(sku: "LAMP-L").variant,
            "MUG": shop.ids(sku: "MUG").variant,
        ]
        let variants = inputs.map { input -> JSONValue in
            .object(
                (input.members ?? []).map { $0.name == "id" ? .init("id", ids[$0.value.text ?? ""] ?? $0.value) : $0 }
            )
        }
        let reply = try await shop.graphQL(
            Self.update,
            ["product": shop.ids(sku: "LAMP-S").product, "variants": .array(variants), "partial": .bool(isPartial)]
        )
        return reply.data["productVariantsBulkUpdate"] ?? reply.json
    }

    @Test func `every field can be set and null clears`() async throws {
        let shop = try await TestShop()
        let payload = try await update(
            [
                [
                    "id": "S", "price": "12.5", "compareAtPrice": nil, "barcode": nil, "taxable": false,
                    "inventoryPolicy": "CONTINUE",
                    "inventoryItem": [
                        "sku": "NEW", "cost": "3.10", "tracked": false, "requiresShipping": false,
                        "countryCodeOfOrigin": "FR", "harmonizedSystemCode": "123456",
                        "measurement": ["weight": ["value": 2, "unit": "GRAMS"]],
                    ],
                ]
            ],
            in: shop
        )
        let variant = shop.store.variants(sku: "NEW").first
        await shop.stop()
        #expect(payload["userErrors"] == [])
        #expect(payload["productVariants"] == [["sku": "NEW", "price": "12.50", "compareAtPrice": nil]])
        for (name, value) in [
            ("cost", "3.10"), ("barcode", nil), ("taxable", false), ("tracked", false), ("requires_shipping", false),
            ("country_of_origin", "FR"), ("hs_code", "123456"), ("inventory_policy", "CONTINUE"),
            ("weight", ["value": .number("2.0"), "unit": "GRAMS"]),
        ] as [(String, JSONValue)] {
            #expect(variant?[name] == value, "\(name)")
        }
    }

    private static let refused: [(JSONValue, String, String)] = [
        (["id": "L", "price": "-1"], "price", "NEGATIVE_PRICE_VALUE"),
        (["id": "L", "price": "1.005"], "price", "INVALID_VALUE"),
        (["price": "1"], "id", "PRODUCT_VARIANT_ID_MISSING"),
        (["id": "MUG", "price": "1"], "id", "PRODUCT_VARIANT_DOES_NOT_EXIST"),
        (["id": "gid://shopify/ProductVariant/1"], "id", "PRODUCT_VARIANT_DOES_NOT_EXIST"),
        (["id": "L", "inventoryQuantities": []], "inventoryQuantities", "NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE"),
        (["id": "L", "price": nil], "price", "BLANK"),
    ]

    @Test(arguments: refused)
    func `one bad variant refuses all`(bad: JSONValue, field: String, code: String) async throws {
        let shop = try await TestShop()
        let payload = try await update([["id": "S", "price": "1"], bad], in: shop)
        let price = shop.store.variants(sku: "LAMP-S").first?["price"]
        await shop.stop()
        #expect(payload["productVariants"] == .null)
        #expect(payload["userErrors"]?.elements?.first?["field"] == ["variants", "1", .string(field)])
        #expect(payload["userErrors"]?.elements?.first?["code"] == .string(code))
        #expect(price == "19.99")
    }

    /// AP-2: one bad item in a good batch.
    @Test func `partial updates write the good ones`() async throws {
        let shop = try await TestShop()
        let payload = try await update(
            [["id": "S", "price": "1"], ["id": "L", "price": "-1"]],
            isPartial: true,
            in: shop
        )
        await shop.stop()
        #expect(payload["productVariants"]?.elements?.count == 1)
        #expect(payload["userErrors"]?.elements?.count == 1)
        #expect(shop.store.variants(sku: "LAMP-S").first?["price"] == "1.00")
    }

    /// MO-2: amounts follow the minor unit of the store's currency.
    @Test(arguments: [("JPY", "1000", "1000"), ("KWD", "1.234", "1.234"), ("EUR", "10", "10.00")])
    func `amounts have the currency's decimals`(currency: String, price: String, shown: String) async throws {
        let product = SimulatedProduct(title: "T", variants: [SimulatedVariant(sku: "A", price: price, cost: "1")])
        let shop = try await TestShop {
            $0.currency = currency
            $0.products = [product]
        }
        let reply = try await shop.graphQL(
            "{ productVariants(first: 1) { nodes { price inventoryItem { unitCost { amount } } } } }"
        )
        await shop.stop()
        let variant = reply.data["productVariants"]?["nodes"]?.elements?.first
        #expect(variant?["price"] == .string(shown))
        #expect(variant?["inventoryItem"]?["unitCost"]?["amount"] == "1.0")
    }
}
