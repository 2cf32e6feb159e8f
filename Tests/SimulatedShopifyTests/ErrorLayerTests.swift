import Foundation
import Testing

@testable import SimulatedShopify

@Suite struct ErrorLayerTests {
    static let setStock = """
        mutation S($input: InventorySetQuantitiesInput!) {
          inventorySetQuantities(input: $input) { userErrors { code } inventoryAdjustmentGroup { id } } }
        """

    @Test(arguments: [
        ("{ shop { nope } }", "undefinedField"), ("{ shop(x: 1) { id } }", "argumentNotAccepted"),
        ("{ product { id } }", "missingRequiredArguments"), ("{ shop }", "selectionMismatch"),
        ("{ shop { id { x } } }", "selectionMismatch"), ("query($x: Int) { shop { id } }", "variableNotUsed"),
        ("{ products(first: $n) { nodes { id } } }", "variableNotDefined"),
        ("{ products(first: \"a\") { nodes { id } } }", "argumentLiteralsIncompatible"),
        ("{ products(first: 1, sortKey: NOPE) { nodes { id } } }", "argumentLiteralsIncompatible"),
        ("query($i: String!) { product(id: $i) { id } }", "variableMismatch"),
        ("query($i: ID) { product(id: $i) { id } }", "variableMismatch"),
        ("{ ...F }", "useAndDefineFragment"),
        ("{ node(id: \"gid://shopify/Shop/1\") { ... on Nope { id } } }", "undefinedType"),
        ("{ shop { ... on Product { id } } }", "cannotSpreadFragment"),
        ("{ shop { ...A } } fragment A on Shop { ...A }", "infiniteLoop"),
        (
            "mutation @idempotent(key: \"1\") { bulkOperationCancel(id: \"gid://shopify/BulkOperation/1\") { userErrors { message } } }",
            "directiveCannotBeApplied"
        ),
        ("{ shop @nope { id } }", "undefinedDirective"),
        ("mutation { productUpdate(product: {}) { userErrors { code } } }", "undefinedField"),
    ])
    func `a document the schema does not allow answers errors and no data`(query: String, code: String) async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(query)
        await shop.stop()
        #expect(reply.status == 200)
        #expect(reply.code == code)
        #expect(reply.json["data"] == nil)
    }

    private static let badVariables: [(JSONValue, String)] = [
        (
            ["product": ["id": "gid://shopify/Product/1", "colour": "red"]],
            "Field is not defined on ProductUpdateInput"
        ),
        ([:], "Expected value to not be null"), (["product": nil], "Expected value to not be null"),
        (["product": ["id": "7"]], "Invalid global id '7'"),
        (["product": ["status": "GONE"]], "Expected \"GONE\" to be one of: ACTIVE, ARCHIVED, DRAFT, UNLISTED"),
        (["product": ["tags": [1]]], "Could not coerce value 1 to String"),
    ]

    @Test(arguments: badVariables)
    func `variables that do not fit are named`(variables: JSONValue, explanation: String) async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            "mutation U($product: ProductUpdateInput!) { productUpdate(product: $product) { userErrors { message } } }",
            variables
        )
        await shop.stop()
        #expect(reply.code == "INVALID_VARIABLE")
        let problem = reply.json["errors"]?.elements?.first?["extensions"]?["problems"]?.elements?.first
        #expect(problem?["explanation"]?.text == explanation)
    }

    @Test(arguments: [(250, nil), (251, "MAX_INPUT_SIZE_EXCEEDED")] as [(Int, String?)])
    func `lists are limited to 250 entries`(count: Int, code: String?) async throws {
        let shop = try await TestShop()
        let ids = JSONValue.array(Array(repeating: "gid://shopify/Product/1", count: count))
        let reply = try await shop.graphQL("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ["ids": ids])
        let written = try await shop.graphQL("{ nodes(ids: \(ids.jsonText)) { id } }")
        await shop.stop()
        #expect(reply.code == code)
        #expect(written.code == code)
    }

    @Test func `a query over 1000 points is refused whole`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            "{ products(first: 250) { nodes { seo { title } variants(first: 10) { nodes { id } } } } }"
        )
        await shop.stop()
        #expect(reply.code == "MAX_COST_EXCEEDED")
    }

    @Test func `a page over 250 is refused`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL("{ products(first: 251) { nodes { id } } }")
        await shop.stop()
        #expect(reply.code == "BAD_REQUEST")
    }

    @Test func `an inventory mutation without its key is refused`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            Self.setStock,
            [
                "input": [
                    "name": "available", "reason": "correction",
                    "quantities": [
                        [
                            "inventoryItemId": shop.ids(sku: "LAMP-S").item, "locationId": shop.locationID("Amsterdam"),
                            "quantity": 1,
                            "changeFromQuantity": 5,
                        ]
                    ],
                ]
            ]
        )
        await shop.stop()
        #expect(reply.code == "BAD_REQUEST")
        #expect(reply.json["data"] == ["inventorySetQuantities": nil])
    }

    @Test(arguments: [nil, "", "shpat_other"] as [String?])
    func `a wrong token is refused with 401`(token: String?) async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL("{ shop { id } }", token: token)
        await shop.stop()
        #expect(reply.status == 401)
        #expect(
            reply.json == ["errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"]
        )
    }

    @Test func `a missing scope denies the field and leaves the others`() async throws {
        let shop = try await TestShop { $0.scopes = ["read_locations"] }
        let reply = try await shop.graphQL("{ shop { name } products(first: 1) { nodes { id } } }")
        await shop.stop()
        #expect(reply.code == "ACCESS_DENIED")
        #expect(reply.data == ["shop": ["name": "Lamp House"], "products": nil])
    }

    @Test func `an id of another type is no resource, an unknown one is null`() async throws {
        let shop = try await TestShop()
        let wrong = try await shop.graphQL("{ product(id: \"gid://shopify/Location/1\") { id } }")
        let unknown = try await shop.graphQL("{ product(id: \"gid://shopify/Product/1\") { id } }")
        await shop.stop()
        #expect(wrong.code == "RESOURCE_NOT_FOUND")
        #expect(unknown.json["errors"] == nil)
        #expect(unknown.data == ["product": nil])
    }

    @Test(arguments: [("2026-07", "2026-07"), ("2026-10", "2026-10"), ("2019-01", "2026-01"), ("nonsense", "2026-01")])
    func `the header tells which version ran`(asked: String, run: String) async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL("{ shop { id } }", version: asked)
        await shop.stop()
        #expect(reply.headers["x-shopify-api-version"] == run)
        #expect(reply.headers["x-request-id"] != nil)
    }

    @Test func `a body that is no JSON and a path that is none are refused`() async throws {
        let shop = try await TestShop()
        let headers = ["X-Shopify-Access-Token": TestShop.token]
        let body = try await shop.send("POST", "/admin/api/2026-07/graphql.json", Array("{".utf8), headers)
        let path = try await shop.send("GET", "/admin/api/2026-07/products.json", nil, headers)
        await shop.stop()
        #expect(body.status == 400)
        #expect(path.status == 404)
    }
}
