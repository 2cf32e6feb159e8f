import Testing

@testable import SimulatedShopify

@Suite struct PagingTests {
    private func pages(
        _ connection: String,
        _ size: Int,
        _ more: String = "",
        in shop: TestShop
    ) async throws -> [[JSONValue]] {
        var pages: [[JSONValue]] = []
        var after: JSONValue = nil
        while true {
            let reply = try await shop.graphQL(
                """
                query($after: String) { \(connection)(first: \(size), after: $after \(more)) {
                  nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }
                """,
                ["after": after]
            )
            let page = reply.data[connection]
            pages.append(page?["nodes"]?.elements?.compactMap { $0["id"] } ?? [])
            guard page?["pageInfo"]?["hasNextPage"] == true, pages.count < 100 else { return pages }
            after = page?["pageInfo"]?["endCursor"] ?? nil
        }
    }

    @Test(arguments: ["products", "productVariants", "inventoryItems", "collections", "locations"])
    func `paging visits everything once, either way round`(connection: String) async throws {
        let products = CatalogueGenerator(variants: 60, seed: 4).products(
            digits: 2,
            locations: ["Amsterdam", "Berlin"]
        )
        let shop = try await TestShop { $0.products = products }
        let whole = try await pages(connection, 250, in: shop)[0]
        let parts = try await pages(connection, 3, in: shop)
        let back = try await pages(connection, 4, ", reverse: true", in: shop)
        await shop.stop()
        #expect(!whole.isEmpty)
        #expect(parts.flatMap { $0 } == whole)
        #expect(back.flatMap { $0 } == whole.reversed())
        #expect(parts.dropLast().allSatisfy { $0.count == 3 })
    }

    @Test func `a deleted item does not break the page after it`() async throws {
        let products = CatalogueGenerator(variants: 20, seed: 4).products(digits: 2, locations: ["Amsterdam"])
        let shop = try await TestShop { $0.products = products }
        let query =
            "query($after: String) { productVariants(first: 5, after: $after) { nodes { sku } pageInfo { endCursor } } }"
        let first = try await shop.graphQL(query).data["productVariants"]
        try shop.store.delete(sku: first?["nodes"]?.elements?.last?["sku"]?.text ?? "")
        let second = try await shop.graphQL(query, ["after": first?["pageInfo"]?["endCursor"] ?? .null])
        await shop.stop()
        let expected = products.flatMap(\.variants).compactMap(\.sku)[5..<10].map { JSONValue.string($0) }
        #expect(second.data["productVariants"]?["nodes"]?.elements?.compactMap { $0["sku"] } == Array(expected))
    }

    @Test(arguments: ["first: 1, last: 1", "reverse: true", "first: 1, after: \"nonsense\""])
    func `page arguments that make no sense are refused`(arguments: String) async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL("{ products(\(arguments)) { nodes { id } } }")
        await shop.stop()
        #expect(reply.code == "BAD_REQUEST")
    }

    @Test func `aliases, fragments and conditions work together`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            """
            query Q($ids: [ID!]!, $yes: Boolean = true) {
              mine: nodes(ids: $ids) { __typename ...Named ... on ProductVariant { sku @skip(if: $yes) price } ... on Product @include(if: $yes) { title } } }
            fragment Named on Node { id }
            """,
            ["ids": [shop.ids(sku: "MUG").product, shop.ids(sku: "MUG").variant, "gid://shopify/Product/1"]]
        )
        await shop.stop()
        #expect(
            reply.data["mine"] == [
                ["__typename": "Product", "id": shop.ids(sku: "MUG").product, "title": "Mug"],
                ["__typename": "ProductVariant", "id": shop.ids(sku: "MUG").variant, "price": "8.00"], nil,
            ]
        )
    }

    @Test(arguments: [
        ("updated_at:>'2026-09-21T14:13:20Z'", 0), ("updated_at:>='2026-09-21T14:13:20Z'", 3),
        ("created_at:<2026-10-01", 3),
        ("sku:MUG", 1), ("tag:sale AND vendor:lumen", 1), ("status:active,draft", 3), ("title:'café lamp'", 1),
        ("colour:red", 3),
    ])
    func `listings are filtered by what is known`(filter: String, count: Int) async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            "query($q: String) { products(first: 9, query: $q) { nodes { id } } productsCount(query: $q) { count } }",
            ["q": .string(filter)]
        )
        await shop.stop()
        #expect(reply.data["products"]?["nodes"]?.elements?.count == count)
        #expect(reply.data["productsCount"]?["count"] == .number(String(count)))
    }

    @Test func `counts, locations and identity`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            """
            { productsCount(limit: null) { count precision } productVariantsCount(limit: 2) { count precision }
              locations(first: 9) { nodes { name } } all: locations(first: 9, includeInactive: true) { nodes { name isActive isFulfillmentService } }
              shop { myshopifyDomain currencyCode } currentAppInstallation { accessScopes { handle } } publicApiVersions { handle supported }
              filtered: products(first: 9, query: "status:draft") { nodes { handle } } odd: products(first: 9, query: "colour:red") { nodes { handle } } }
            """
        )
        await shop.stop()
        #expect(reply.data["productsCount"] == ["count": 3, "precision": "EXACT"])
        #expect(reply.data["productVariantsCount"] == ["count": 2, "precision": "AT_LEAST"])
        #expect(reply.data["locations"]?["nodes"] == [["name": "Amsterdam"], ["name": "Berlin"]])
        #expect(
            reply.data["all"]?["nodes"]?.elements?.last == [
                "name": "Closed", "isActive": false, "isFulfillmentService": false,
            ]
        )
        #expect(reply.data["shop"] == ["myshopifyDomain": "lamp-house.myshopify.com", "currencyCode": "EUR"])
        #expect(reply.data["currentAppInstallation"]?["accessScopes"]?.elements?.count == 5)
        #expect(reply.data["publicApiVersions"]?.elements?.count == 4)
        #expect(reply.data["filtered"]?["nodes"] == [["handle": "mug"]])
        #expect(reply.data["odd"]?["nodes"]?.elements?.count == 3)
    }
}
