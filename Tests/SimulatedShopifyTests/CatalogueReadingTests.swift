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

    @Test func `many calls at once are all answered`() async throws {
        let shop = try await TestShop { $0.bucket = .init(maximum: 100_000, restorePerSecond: 1000) }
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let reply = try await shop.graphQL("{ products(first: \(1 + number % 3)) { nodes { id } } }")
                    return reply.data["products"]?["nodes"]?.elements?.count == 1 + number % 3
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        await shop.stop()
        #expect(answers == Array(repeating: true, count: 40))
        #expect(shop.store.counters.calls == ["products": 40])
    }

    @Test func `stores on one server keep to their own ports and tokens`() async throws {
        let stores = try ["a", "b"].map { (name: String) in
            try SimulatedStore(SimulatedStoreConfiguration(shop: "\(name).myshopify.com", accessToken: name))
        }
        let server = try await SimulatedServer.start(stores)
        #expect(Set(server.endpoints.map(\.port)).count == 2)
        #expect(stores.map { server.baseURL(of: $0) } == server.endpoints.map { $0.baseURL })
        let taken = server.endpoints[0].port
        var configuration = SimulatedStoreConfiguration(shop: "c.myshopify.com")
        configuration.port = taken
        let third = try SimulatedStore(configuration)
        await #expect(throws: SimulatorError.self) { try await SimulatedServer.start([third]) }
        await server.stop()
        let again = try await SimulatedServer.start([third])
        #expect(again.endpoints[0].port == taken)
        await again.stop()
    }
}
