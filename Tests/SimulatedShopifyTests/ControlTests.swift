import Testing

@testable import SimulatedShopify

@Suite struct ControlTests {
    private static let edits: [(String, JSONValue, JSONValue)] = [
        ("price", "12.5", "12.50"), ("compare_at_price", nil, nil), ("cost", "1", "1.00"), ("barcode", "x", "x"),
        ("taxable", false, false), ("requires_shipping", false, false), ("tracked", false, false),
        ("country_of_origin", "FR", "FR"), ("hs_code", "123456", "123456"),
        ("inventory_policy", "continue", "CONTINUE"),
        ("weight", ["value": 3, "unit": "grams"], ["value": .number("3.0"), "unit": "GRAMS"]),
        ("sku", "LAMP-S", "LAMP-S"),
    ]

    @Test(arguments: edits)
    func `fields of a variant are edited by their settings name`(
        field: String,
        value: JSONValue,
        shown: JSONValue
    ) async throws {
        let shop = try await TestShop()
        let reply = try await shop.control("edit", ["sku": "LAMP-S", "set": .object([.init(field, value)])])
        await shop.stop()
        #expect(reply == ["ok": true])
        #expect(shop.store.variants(sku: "LAMP-S").first?[field] == shown)
    }

    private static let productEdits: [(String, JSONValue, JSONValue)] = [
        ("title", "T", "T"), ("description", "<p>", "<p>"), ("vendor", "V", "V"), ("product_type", "P", "P"),
        ("tags", ["b", "a", "A"], ["a", "b"]), ("status", "archived", "ARCHIVED"), ("handle", "New One", "new-one"),
        ("seo_title", "s", "s"), ("seo_description", nil, nil),
    ]

    @Test(arguments: productEdits)
    func `fields of a product are edited by their settings name`(
        field: String,
        value: JSONValue,
        shown: JSONValue
    ) async throws {
        let shop = try await TestShop()
        _ = try await shop.control("edit", ["sku": "LAMP-S", "set": .object([.init(field, value)])])
        await shop.stop()
        #expect(shop.store.variants(sku: "LAMP-S").first?["product"]?[field] == shown)
    }

    @Test func `stock is edited by location, and taken away by null`() async throws {
        let shop = try await TestShop()
        _ = try await shop.control("edit", ["sku": "MUG", "set": ["inventory": 3], "location": "Berlin"])
        _ = try await shop.control("edit", ["sku": "MUG", "set": ["inventory": nil], "location": "Amsterdam"])
        await shop.stop()
        #expect(shop.store.variants(sku: "MUG").first?["inventory"] == ["Berlin": 3])
    }

    @Test func `a sale lowers available and raises committed`() async throws {
        let shop = try await TestShop()
        _ = try await shop.control("sell", ["sku": "LAMP-S", "quantity": 2, "location": "Berlin"])
        let variant = shop.store.variants(sku: "LAMP-S").first
        await shop.stop()
        #expect(variant?["inventory"] == ["Amsterdam": 5, "Berlin": 0])
        #expect(variant?["committed"] == ["Amsterdam": 0, "Berlin": 2])
    }

    @Test func `products come and go`() async throws {
        let shop = try await TestShop()
        _ = try await shop.control(
            "add",
            ["title": "Tray", "variants": [["sku": "TRAY", "price": 4, "inventory": ["Berlin": 6]]]]
        )
        _ = try await shop.control("delete", ["sku": "MUG"])
        let reply = try await shop.graphQL("{ productsCount { count } productVariants(first: 9) { nodes { sku } } }")
        await shop.stop()
        #expect(reply.data["productsCount"]?["count"] == 3)
        #expect(
            reply.data["productVariants"]?["nodes"] == [
                ["sku": "LAMP-S"], ["sku": "LAMP-L"], ["sku": nil], ["sku": "TRAY"],
            ]
        )
    }

    @Test func `counters tell what was called and start anew`() async throws {
        let shop = try await TestShop()
        _ = try await shop.graphQL("query A { shop { id } }")
        _ = try await shop.graphQL(
            "mutation B($p: ProductUpdateInput!) { productUpdate(product: $p) { userErrors { message } } }",
            ["p": ["title": "x"]]
        )
        _ = try await shop.graphQL("{ shop { id } }", token: "wrong")
        let counters = try await shop.control("counters")
        _ = try await shop.control("reset-counters", [:])
        let reset = try await shop.control("counters")
        await shop.stop()
        #expect(counters["calls"] == ["A": 1, "B": 1])
        #expect(counters["mutations"] == ["productUpdate": 1])
        #expect(counters["mutationCount"] == 1)
        #expect(counters["unauthorized"] == 1)
        #expect(reset["mutationCount"] == 0)
        #expect(reset["calls"] == [:])
    }

    @Test func `faults are set and cleared by JSON`() async throws {
        let shop = try await TestShop()
        _ = try await shop.control("fault", ["match": "any", "times": nil, "action": "httpStatus", "status": 503])
        let faulty = try await shop.graphQL("{ shop { id } }").status
        _ = try await shop.control("clear-faults", [:])
        let sound = try await shop.graphQL("{ shop { id } }").status
        await shop.stop()
        #expect(faulty == 503)
        #expect(sound == 200)
    }

    @Test(arguments: [
        "httpStatus", "throttled", "dropBeforeApply", "applyThenDrop", "graphQLErrors", "body", "truncateDownload",
        "bulkFailed",
        "bulkCanceled", "bulkCompletedWithoutURL", "bulkEmpty", "bulkStuck", "resultURL", "otherVersion", "omitField",
        "staleOnce", "staleAlways", "rewriteOnSave", "userErrorAtIndex", "redirect", "editBetween", "endlessPages",
    ])
    func `every action has a name in JSON`(name: String) throws {
        let rule = try FaultRule(json: [
            "action": .string(name), "status": 500, "url": "http://x", "field": "title", "from": "a", "to": "b",
            "edit": [:],
        ])
        #expect(
            rule.times
                == (["staleAlways", "rewriteOnSave", "bulkStuck", "otherVersion", "endlessPages"].contains(name)
                    ? nil : 1)
        )
    }

    @Test(
        arguments: [
            ("edit", ["sku": "NOPE", "set": [:]]), ("edit", ["sku": "MUG"]),
            ("edit", ["sku": "MUG", "set": ["colour": "red"]]),
            ("edit", ["sku": "MUG", "set": ["price": "1.005"]]),
            ("edit", ["sku": "MUG", "set": ["handle": "nameless"]]),
            ("sell", ["sku": "MUG", "location": "Mars"]), ("add", ["title": "x"]), ("fault", ["action": "explode"]),
            ("dance", [:]),
        ] as [(String, JSONValue)]
    )
    func `what makes no sense is refused`(action: String, body: JSONValue) async throws {
        let shop = try await TestShop()
        let reply = try await shop.control(action, body)
        await shop.stop()
        #expect(reply["error"] != nil)
    }

    /// CF-3, AP-7, SC-2: rights, locations and the clock change under way.
    @Test func `what the store is or grants can be changed`() async throws {
        let shop = try await TestShop()
        let before = try await shop.graphQL("{ shop { id } }").headers["date"]
        _ = try await shop.control(
            "configure",
            [
                "scopes": ["read_locations"], "shop": "other.myshopify.com", "clock_skew": 3600, "token": "new",
                "location": ["name": "Berlin", "active": false],
            ]
        )
        let reply = try await shop.graphQL(
            "{ shop { myshopifyDomain } locations(first: 9) { nodes { name } } node(id: \"gid://shopify/Product/1\") { id } }",
            token: "new"
        )
        await shop.stop()
        #expect(before == "Mon, 21 Sep 2026 14:13:20 GMT")
        #expect(reply.headers["date"] == "Mon, 21 Sep 2026 15:13:20 GMT")
        #expect(reply.data["shop"] == ["myshopifyDomain": "other.myshopify.com"])
        #expect(reply.data["locations"]?["nodes"] == [["name": "Amsterdam"]])
        #expect(reply.code == "ACCESS_DENIED")
        #expect(reply.json["errors"]?.elements?.first?["path"] == ["node"])
    }

    @Test func `the state shows the whole catalogue`() async throws {
        let shop = try await TestShop()
        let state = try await shop.control("state")
        let truth = try await shop.control("truth")
        await shop.stop()
        #expect(state["currency"] == "EUR")
        #expect(state["products"]?.elements?.map { $0["handle"] } == ["café-lamp", "mug", "nameless"])
        #expect(truth == .null)
    }

    /// The client-credentials grant: tokens expire, and a new one is had for the asking.
    @Test func `client credentials give tokens that expire`() async throws {
        let clock = CostBucketTests.ManualClock()
        let shop = try await TestShop {
            $0.accessToken = nil
            $0.clientCredentials = .init(id: "app", secret: "a&b", lifetime: 60)
            $0.now = { clock.now() }
        }
        func grant(_ secret: String) async throws -> TestShop.Reply {
            try await shop.send(
                "POST",
                "/admin/oauth/access_token",
                Array("grant_type=client_credentials&client_id=app&client_secret=\(secret)".utf8),
                ["Content-Type": "application/x-www-form-urlencoded"]
            )
        }
        let refused = try await grant("wrong")
        let granted = try await grant("a%26b")
        let token = granted.json["access_token"]?.text
        let fresh = try await shop.graphQL("{ shop { id } }", token: token).status
        clock.advance(by: 61)
        let stale = try await shop.graphQL("{ shop { id } }", token: token).status
        await shop.stop()
        #expect(refused.status == 401)
        #expect(granted.json["expires_in"] == 60)
        #expect(granted.json["scope"]?.text?.contains("write_products") == true)
        #expect([fresh, stale] == [200, 401])
    }
}
