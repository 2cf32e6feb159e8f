import Foundation
import Testing

@testable import SimulatedShopify

@Suite struct FaultTests {
    static let shopQuery = "query Identity { shop { name } }"
    static let update = """
        mutation Rename($product: ProductUpdateInput!) { productUpdate(product: $product) { product { title } userErrors { field message } } }
        """
    static let catalogue = "{ products { edges { node { id title } } } }"

    private func rename(_ title: String, in shop: TestShop) async throws -> TestShop.Reply {
        try await shop.graphQL(Self.update, ["product": ["id": shop.ids(sku: "MUG").product, "title": .string(title)]])
    }

    private func title(in shop: TestShop) -> JSONValue? { shop.store.variants(sku: "MUG").first?["product"]?["title"] }

    /// AP-6, SN-9: statuses the real API answers with.
    @Test(arguments: [401, 402, 403, 404, 423, 429, 430, 500, 502, 503])
    func `a status stands in for the answer, once`(status: Int) async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "Identity", after: 1, action: .httpStatus(status, retryAfter: 2)))
        var statuses: [Int] = []
        var retryAfter: String?
        for _ in 0..<3 {
            let reply = try await shop.graphQL(Self.shopQuery)
            statuses.append(reply.status)
            retryAfter = retryAfter ?? reply.headers["retry-after"]
        }
        await shop.stop()
        #expect(statuses == [200, status, 200])
        #expect(retryAfter == "2.0")
    }

    @Test func `throttling on request`() async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "any", times: nil, action: .throttled))
        let codes = [try await shop.graphQL(Self.shopQuery).code, try await shop.graphQL(Self.shopQuery).code]
        await shop.stop()
        #expect(codes == ["THROTTLED", "THROTTLED"])
        #expect(shop.store.counters.throttled == 2)
    }

    /// AP-1: the answer is lost, with the write done or not.
    @Test(arguments: [(FaultAction.dropBeforeApply, "Mug"), (.applyThenDrop, "Cup")])
    func `a dropped connection leaves the write done or not`(action: FaultAction, expected: String) async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "Rename", action: action))
        await #expect(throws: URLError.self) { try await rename("Cup", in: shop) }
        #expect(title(in: shop) == .string(expected))
        #expect(try await rename("Bowl", in: shop).status == 200)
        await shop.stop()
    }

    /// SN-8: errors beside the data.
    @Test func `errors stand beside data`() async throws {
        let shop = try await TestShop()
        shop.store.add(
            FaultRule(action: .graphQLErrors([["message": "x", "extensions": ["code": "INTERNAL_SERVER_ERROR"]]]))
        )
        let reply = try await shop.graphQL(Self.shopQuery)
        await shop.stop()
        #expect(reply.code == "INTERNAL_SERVER_ERROR")
        #expect(reply.data == ["shop": ["name": "Lamp House"]])
    }

    @Test func `any text can be answered`() async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(action: .body("<html>")))
        #expect(try await shop.graphQL(Self.shopQuery).text == "<html>")
        await shop.stop()
    }

    /// SN-3: a download cut at a byte or at a line end, told by the header or not.
    @Test(arguments: [
        FaultAction.truncate(bytes: 100), .truncate(lines: 2), .truncate(bytes: -1),
        .truncate(bytes: 100, isAnnounced: false),
    ])
    func `downloads are cut`(action: FaultAction) async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "download", action: action))
        if case .truncate(_, _, isAnnounced: false) = action {
            await #expect(throws: URLError.self) { try await shop.export(Self.catalogue) }
        } else {
            let (status, lines) = try await shop.export(Self.catalogue)
            #expect(status["objectCount"] == "3")
            #expect(lines.count < 3 || lines.last == .some(.null) || action == .truncate(bytes: -1))
        }
        let (_, whole) = try await shop.export(Self.catalogue)
        await shop.stop()
        #expect(whole.count == 3)
    }

    private static let bulkEnds: [(FaultAction, String, Bool)] = [
        (.bulkFailed(errorCode: "TIMEOUT"), "FAILED", false), (.bulkCanceled, "CANCELED", false),
        (.bulkCompletedWithoutURL, "COMPLETED", false), (.bulkEmpty, "COMPLETED", false),
        (.bulkStuck, "RUNNING", false),
        (.resultURL("http://127.0.0.1:1/other"), "COMPLETED", true),
    ]

    /// SN-1, SN-2, SN-6, HI-1: how an export can end.
    @Test(arguments: bulkEnds)
    func `a bulk operation ends as told`(action: FaultAction, status: String, hasURL: Bool) async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "bulkQuery", action: action))
        let started = try await shop.graphQL(
            "mutation { bulkOperationRunQuery(query: \"{ products { edges { node { id } } } }\") { bulkOperation { id } } }"
        )
        let poll = try await shop.graphQL(
            "query($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount url partialDataUrl } }",
            ["id": started.data["bulkOperationRunQuery"]?["bulkOperation"]?["id"] ?? .null]
        )
        let operation = poll.data["bulkOperation"]
        await shop.stop()
        #expect(operation?["status"] == .string(status))
        #expect((operation?["url"] != .null) == hasURL)
        switch action {
        case .bulkFailed:
            #expect(operation?["errorCode"] == "TIMEOUT")
            #expect(operation?["partialDataUrl"] != .null)
        case .bulkCompletedWithoutURL: #expect(operation?["objectCount"] == "3")
        case .bulkEmpty: #expect(operation?["objectCount"] == "0")
        default: break
        }
    }

    /// SN-7: the store answers in another version.
    @Test func `the version header lies`() async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(times: nil, action: .otherVersion("2026-10")))
        #expect(try await shop.graphQL(Self.shopQuery).headers["x-shopify-api-version"] == "2026-10")
        await shop.stop()
    }

    /// SN-8: a required field is absent in one line.
    @Test func `a field is left out of an answer or of one line`() async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "Identity", action: .omitField("name")))
        shop.store.add(FaultRule(match: "download", action: .omitField("title", line: 2)))
        let reply = try await shop.graphQL(Self.shopQuery)
        let (_, lines) = try await shop.export(Self.catalogue)
        await shop.stop()
        #expect(reply.data == ["shop": [:]])
        #expect(lines.map { $0["title"] == nil } == [false, true, false])
    }

    /// AP-4: stock moves under the call, once or always.
    @Test(arguments: [(1 as Int?, 1), (nil, 2)])
    func `a sale comes between reading and setting`(times: Int?, stale: Int) async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "inventorySetQuantities", times: times, action: .sale()))
        var codes: [JSONValue] = []
        for attempt in 0..<2 {
            let available = shop.store.variants(sku: "LAMP-S").first?["inventory"]?["Amsterdam"] ?? .null
            let reply = try await shop.graphQL(
                SetQuantitiesTests.set,
                [
                    "key": .string("k\(attempt)"),
                    "input": [
                        "name": "available", "reason": "correction",
                        "quantities": [
                            [
                                "inventoryItemId": shop.ids(sku: "LAMP-S").item,
                                "locationId": shop.locationID("Amsterdam"),
                                "quantity": 50, "changeFromQuantity": available,
                            ]
                        ],
                    ],
                ]
            )
            codes += reply.data["inventorySetQuantities"]?["userErrors"]?.elements?.compactMap { $0["code"] } ?? []
        }
        await shop.stop()
        #expect(codes == Array(repeating: "CHANGE_FROM_QUANTITY_STALE", count: stale))
    }

    /// PL-7: the server writes something else than it was given.
    @Test func `a field is rewritten whenever it is saved`() async throws {
        let shop = try await TestShop()
        shop.store.add(
            FaultRule(match: "mutation", times: nil, action: .rewriteOnSave(field: "title", from: "&", to: "&amp;"))
        )
        _ = try await rename("Cup & saucer", in: shop)
        await shop.stop()
        #expect(title(in: shop) == "Cup &amp; saucer")
    }

    /// AP-2, AP-5: user errors at an index, or for all.
    @Test(arguments: [(1 as Int?, 1), (nil, 2)])
    func `entries are refused at an index`(index: Int?, refused: Int) async throws {
        let shop = try await TestShop()
        shop.store.add(
            FaultRule(
                match: "productVariantsBulkUpdate",
                action: .userError(index: index, field: ["price"], message: "no", code: "INVALID_VALUE")
            )
        )
        let variants: JSONValue = [
            ["id": shop.ids(sku: "LAMP-S").variant, "price": "1"],
            ["id": shop.ids(sku: "LAMP-L").variant, "price": "1"],
        ]
        let reply = try await shop.graphQL(
            VariantsUpdateTests.update,
            ["product": shop.ids(sku: "LAMP-S").product, "variants": variants, "partial": true]
        )
        await shop.stop()
        let errors = reply.data["productVariantsBulkUpdate"]?["userErrors"]?.elements
        #expect(errors?.count == refused)
        #expect(errors?.last?["field"] == ["variants", "1", "price"])
    }

    /// AP-5: a key that is in flight can be sent again.
    @Test func `a made-up refusal is not remembered under the key`() async throws {
        let shop = try await TestShop()
        shop.store.add(
            FaultRule(
                match: "inventorySetQuantities",
                action: .userError(index: 0, field: [], message: "in flight", code: "IDEMPOTENCY_CONCURRENT_REQUEST")
            )
        )
        let variables: JSONValue = [
            "key": "k",
            "input": [
                "name": "available", "reason": "correction",
                "quantities": [
                    [
                        "inventoryItemId": shop.ids(sku: "LAMP-S").item, "locationId": shop.locationID("Amsterdam"),
                        "quantity": 50, "changeFromQuantity": 5,
                    ]
                ],
            ],
        ]
        let first = try await shop.graphQL(SetQuantitiesTests.set, variables)
        let second = try await shop.graphQL(SetQuantitiesTests.set, variables)
        await shop.stop()
        let error = first.data["inventorySetQuantities"]?["userErrors"]?.elements?.first
        #expect(error?["code"] == "IDEMPOTENCY_CONCURRENT_REQUEST")
        #expect(second.data["inventorySetQuantities"]?["userErrors"] == [])
    }

    /// HI-1: a redirect to somewhere else.
    @Test func `calls and downloads are redirected`() async throws {
        let shop = try await TestShop()
        shop.store.add(FaultRule(match: "Identity", action: .redirect("http://169.254.169.254/")))
        let reply = try await shop.graphQL(Self.shopQuery)
        await shop.stop()
        #expect(reply.status == 301)
        #expect(reply.headers["location"] == "http://169.254.169.254/")
    }

    /// SN-4: a listing that never ends.
    @Test(arguments: [(true, false), (false, true)])
    func `pages say that more follows for ever`(repeatsCursor: Bool, isEmpty: Bool) async throws {
        let shop = try await TestShop()
        shop.store.add(
            FaultRule(times: nil, action: .endlessPages(repeatsCursor: repeatsCursor, isEmpty: isEmpty))
        )
        var cursors: Set<String> = []
        var after: JSONValue = nil
        for _ in 0..<3 {
            let reply = try await shop.graphQL(
                "query($after: String) { products(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
                ["after": after]
            )
            let page = reply.data["products"]
            #expect(page?["pageInfo"]?["hasNextPage"] == true)
            #expect((page?["nodes"] == []) || !isEmpty)
            after = page?["pageInfo"]?["endCursor"] ?? nil
            cursors.insert(after.text ?? "")
        }
        await shop.stop()
        #expect(cursors.count == (repeatsCursor ? 1 : 3))
    }

    /// SN-10: an item changes between two calls.
    @Test func `an edit happens before the n-th call`() async throws {
        let shop = try await TestShop()
        let edit: JSONValue = ["sku": "MUG", "set": ["title": "Edited"]]
        shop.store.add(FaultRule(match: "Identity", after: 1, action: .edit([edit])))
        _ = try await shop.graphQL(Self.shopQuery)
        let before = title(in: shop)
        _ = try await shop.graphQL(Self.shopQuery)
        await shop.stop()
        #expect(before == "Mug")
        #expect(title(in: shop) == "Edited")
    }
}
