import Testing

@testable import SimulatedShopify

@Suite struct ProductUpdateTests {
    static let update = """
        mutation U($product: ProductUpdateInput!) { productUpdate(product: $product) {
          product { title handle descriptionHtml vendor productType tags status seo { title description } }
          userErrors { field message } } }
        """

    private func update(_ fields: JSONValue, sku: String = "LAMP-S") async throws -> JSONValue {
        let shop = try await TestShop()
        let product: JSONValue = .object([.init("id", shop.ids(sku: sku).product)] + (fields.members ?? []))
        let reply = try await shop.graphQL(Self.update, ["product": product])
        await shop.stop()
        return reply.data["productUpdate"] ?? .null
    }

    @Test func `given fields are written as Shopify normalises them, others stay`() async throws {
        let payload = try await update([
            "title": " New lamp ", "handle": "New Handle!", "tags": ["b", "A", "a", " "], "status": "DRAFT",
            "descriptionHtml": "<p>x</p>", "seo": ["title": "", "description": "d"],
        ])
        #expect(payload["userErrors"] == [])
        #expect(
            payload["product"] == [
                "title": "New lamp", "handle": "new-handle", "descriptionHtml": "<p>x</p>", "vendor": "Lumen",
                "productType": "Lighting", "tags": ["A", "b"], "status": "DRAFT",
                "seo": ["title": nil, "description": "d"],
            ]
        )
    }

    private static let refused: [(JSONValue, String)] = [
        (["title": ""], "title"), (["title": .string(String(repeating: "x", count: 256))], "title"),
        (["handle": "mug"], "handle"), (["tags": [.string(String(repeating: "t", count: 256))]], "tags"),
        (["vendor": .string(String(repeating: "v", count: 256))], "vendor"),
    ]

    /// AP-9: limits are the store's, and nothing is cut short.
    @Test(arguments: refused)
    func `a field over its limits refuses the whole update`(fields: JSONValue, field: String) async throws {
        let payload = try await update(.object((fields.members ?? []) + [.init("productType", "Changed")]))
        #expect(payload["userErrors"]?.elements?.first?["field"] == [.string(field)])
        #expect(payload["product"]?["productType"] == "Lighting")
    }

    @Test func `an unknown product is a user error`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(Self.update, ["product": ["id": "gid://shopify/Product/1", "title": "x"]])
        await shop.stop()
        #expect(reply.data["productUpdate"]?["product"] == .null)
        #expect(reply.data["productUpdate"]?["userErrors"] == [["field": ["id"], "message": "Product does not exist"]])
    }
}
