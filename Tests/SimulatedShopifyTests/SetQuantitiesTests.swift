import Testing

@testable import SimulatedShopify

@Suite struct SetQuantitiesTests {
    static let set = """
        mutation S($input: InventorySetQuantitiesInput!, $key: String!) {
          inventorySetQuantities(input: $input) @idempotent(key: $key) {
            inventoryAdjustmentGroup { id changes { delta name } } userErrors { field message code } } }
        """

    struct Line {
        var sku = "LAMP-S"
        var location = "Amsterdam"
        var quantity = 9
        var expected: JSONValue? = 5
    }

    private func send(
        _ lines: [Line],
        key: String = "k",
        name: String = "available",
        reason: String = "correction",
        in shop: TestShop
    ) async throws -> TestShop.Reply {
        let quantities = lines.map { line -> JSONValue in
            let item = line.sku.hasPrefix("gid") ? .string(line.sku) : shop.ids(sku: line.sku).item
            let location = line.location.hasPrefix("gid") ? .string(line.location) : shop.locationID(line.location)
            let members: [JSONValue.Member] = [
                .init("inventoryItemId", item), .init("locationId", location),
                .init("quantity", .number(String(line.quantity))),
            ]
            return .object(members + (line.expected.map { [.init("changeFromQuantity", $0)] } ?? []))
        }
        return try await shop.graphQL(
            Self.set,
            [
                "input": ["name": .string(name), "reason": .string(reason), "quantities": .array(quantities)],
                "key": .string(key),
            ]
        )
    }

    private func stock(_ sku: String, in shop: TestShop) -> JSONValue? {
        shop.store.variants(sku: sku).first?["inventory"]
    }

    @Test func `a quantity is set where the expected one still holds`() async throws {
        let shop = try await TestShop()
        let reply = try await send(
            [Line(), Line(location: "Berlin", quantity: 0, expected: nil as JSONValue? ?? .null)],
            in: shop
        )
        await shop.stop()
        #expect(reply.data["inventorySetQuantities"]?["userErrors"] == [])
        #expect(
            reply.data["inventorySetQuantities"]?["inventoryAdjustmentGroup"]?["changes"]
                == [["delta": 4, "name": "available"], ["delta": -2, "name": "available"]]
        )
        #expect(stock("LAMP-S", in: shop) == ["Amsterdam": 9, "Berlin": 0])
    }

    @Test func `setting on_hand moves available by the same delta`() async throws {
        let shop = try await TestShop()
        try shop.store.sell(sku: "LAMP-S", quantity: 2, location: "Amsterdam")
        _ = try await send([Line(quantity: 10)], name: "on_hand", in: shop)
        await shop.stop()
        #expect(stock("LAMP-S", in: shop) == ["Amsterdam": 8, "Berlin": 2])
    }

    private static let refused: [(Line, String)] = [
        (Line(expected: 4), "CHANGE_FROM_QUANTITY_STALE"),
        (Line(sku: "gid://shopify/InventoryItem/1"), "INVALID_INVENTORY_ITEM"),
        (Line(location: "gid://shopify/Location/1"), "INVALID_LOCATION"),
        (Line(location: "Closed"), "INVALID_LOCATION"),
        (Line(sku: "MUG", location: "Berlin", expected: .null), "ITEM_NOT_STOCKED_AT_LOCATION"),
        (Line(quantity: 1_000_000_001), "INVALID_QUANTITY_TOO_HIGH"),
        (Line(quantity: -1_000_000_001), "INVALID_QUANTITY_TOO_LOW"),
    ]

    /// AP-4, AP-7: nothing of a call is applied where one line is refused.
    @Test(arguments: refused)
    func `one bad line refuses all`(bad: Line, code: String) async throws {
        let shop = try await TestShop()
        let reply = try await send([Line(location: "Berlin", quantity: 7, expected: 2), bad], in: shop)
        await shop.stop()
        let payload = reply.data["inventorySetQuantities"]
        #expect(payload?["userErrors"]?.elements?.first?["code"] == .string(code))
        #expect(payload?["inventoryAdjustmentGroup"] == .null)
        #expect(stock("LAMP-S", in: shop) == ["Amsterdam": 5, "Berlin": 2])
    }

    @Test(arguments: [("incoming", "correction", "INVALID_NAME"), ("available", "because", "INVALID_REASON")])
    func `name and reason come from fixed lists`(name: String, reason: String, code: String) async throws {
        let shop = try await TestShop()
        let reply = try await send([Line()], name: name, reason: reason, in: shop)
        await shop.stop()
        #expect(reply.data["inventorySetQuantities"]?["userErrors"]?.elements?.first?["code"] == .string(code))
    }

    @Test func `negative on_hand is refused, negative available is not`() async throws {
        let shop = try await TestShop()
        let onHand = try await send([Line(quantity: -1)], key: "1", name: "on_hand", in: shop)
        let available = try await send([Line(quantity: -1)], key: "2", in: shop)
        await shop.stop()
        #expect(
            onHand.data["inventorySetQuantities"]?["userErrors"]?.elements?.first?["code"]
                == "INVALID_QUANTITY_NEGATIVE"
        )
        #expect(available.data["inventorySetQuantities"]?["userErrors"] == [])
    }

    @Test func `the same pair twice is refused`() async throws {
        let shop = try await TestShop()
        let reply = try await send([Line(), Line()], in: shop)
        await shop.stop()
        #expect(
            reply.data["inventorySetQuantities"]?["userErrors"]?.elements?.first?["code"]
                == "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR"
        )
    }

    @Test func `changeFromQuantity has to be there, if only as null`() async throws {
        let shop = try await TestShop()
        let reply = try await send([Line(expected: nil)], in: shop)
        await shop.stop()
        #expect(reply.code == "INVALID_FIELD_ARGUMENTS")
    }

    /// AP-5: keys are remembered with what was asked under them.
    @Test func `a key gives its first answer again and refuses other arguments`() async throws {
        let shop = try await TestShop()
        let first = try await send([Line()], in: shop)
        let again = try await send([Line()], in: shop)
        let other = try await send([Line(quantity: 8)], in: shop)
        await shop.stop()
        #expect(first.data["inventorySetQuantities"] == again.data["inventorySetQuantities"])
        #expect(
            other.data["inventorySetQuantities"]?["userErrors"]?.elements?.first?["code"]
                == "IDEMPOTENCY_KEY_PARAMETER_MISMATCH"
        )
        #expect(stock("LAMP-S", in: shop) == ["Amsterdam": 9, "Berlin": 2])
    }

    @Test func `an item is stocked at a location once`() async throws {
        let shop = try await TestShop()
        let activate = """
            mutation A($item: ID!, $location: ID!, $available: Int!, $key: String!) {
              inventoryActivate(inventoryItemId: $item, locationId: $location, available: $available) @idempotent(key: $key) {
                inventoryLevel { quantities(names: ["available", "on_hand"]) { name quantity } } userErrors { field message } } }
            """
        func variables(_ available: Int, _ key: String) -> JSONValue {
            [
                "item": shop.ids(sku: "MUG").item, "location": shop.locationID("Berlin"),
                "available": .number(String(available)), "key": .string(key),
            ]
        }
        let first = try await shop.graphQL(activate, variables(3, "a"))
        let replayed = try await shop.graphQL(activate, variables(3, "a"))
        let other = try await shop.graphQL(activate, variables(4, "b"))
        await shop.stop()
        #expect(
            first.data["inventoryActivate"]?["inventoryLevel"]?["quantities"]
                == [["name": "available", "quantity": 3], ["name": "on_hand", "quantity": 3]]
        )
        #expect(replayed.data == first.data)
        #expect(other.data["inventoryActivate"]?["userErrors"]?.elements?.count == 1)
        #expect(stock("MUG", in: shop) == ["Amsterdam": 40, "Berlin": 3])
    }
}
