import Testing

@testable import SimulatedShopify

@Suite struct CatalogueReadingTests {
    @Test func `a product and its variants read as the API writes them`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            """
            { products(first: 1) { nodes { __typename handle title tags status seo { title description }
                variants(first: 2) { edges { cursor node { sku price compareAtPrice title taxable
                    inventoryItem { unitCost { amount currencyCode } measurement { weight { unit value } } } } } } } } }
            """
        )
        await shop.stop()
        let product = reply.data["products"]?["nodes"]?.elements?.first
        #expect(product?["handle"] == "café-lamp")
        #expect(product?["tags"] == ["new", "Sale"])
        #expect(product?["seo"] == ["title": "Lamp", "description": nil])
        let variant = product?["variants"]?["edges"]?.elements?.first?["node"]
        #expect(
            variant == [
                "sku": "LAMP-S", "price": "19.99", "compareAtPrice": "25.00", "title": "S / Black", "taxable": true,
                "inventoryItem": [
                    "unitCost": ["amount": "7.5", "currencyCode": "EUR"],
                    "measurement": ["weight": ["unit": "KILOGRAMS", "value": .number("0.5")]],
                ],
            ]
        )
    }

    @Test func `a bulk export writes every node and its parent before it`() async throws {
        let shop = try await TestShop()
        let (status, lines) = try await shop.export(
            """
            { products { edges { node { id variants { edges { node { id sku inventoryItem { id
                inventoryLevels { edges { node { id quantities(names: ["available"]) { name quantity } } } } } } } } } } } }
            """
        )
        await shop.stop()
        #expect(status["status"] == "COMPLETED")
        #expect(status["objectCount"] == "11")
        #expect(status["rootObjectCount"] == "3")
        #expect(lines.count == 11)
        var seen: Set<String> = []
        for line in lines {
            if let parent = line["__parentId"]?.text { #expect(seen.contains(parent)) }
            seen.insert(line["id"]?.text ?? "")
        }
    }
}
