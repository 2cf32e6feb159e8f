import Foundation
import Synchronization
import Testing

@testable import SimulatedShopify

@Suite struct CostBucketTests {
    /// A clock that a test moves.
    final class ManualClock: Sendable {
        private let seconds = Mutex(1_790_000_000.0)

        func now() -> Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
        func advance(by more: Double) { seconds.withLock { $0 += more } }
    }

    @Test func `an empty bucket throttles until it has refilled`() async throws {
        let clock = ManualClock()
        let shop = try await TestShop {
            $0.bucket = .init(maximum: 100, restorePerSecond: 10)
            $0.now = { clock.now() }
        }
        shop.store.setBucket(.init(maximum: 30, restorePerSecond: 10))
        let query = "{ products(first: 25) { nodes { id } } }"
        let first = try await shop.graphQL(query)
        let used = try await shop.graphQL("{ products(first: 28) { nodes { id } } }")
        clock.advance(by: 0.1)
        let second = try await shop.graphQL("{ products(first: 29) { nodes { id } } }")
        clock.advance(by: 1)
        let third = try await shop.graphQL("{ products(first: 29) { nodes { id } } }")
        await shop.stop()
        #expect(first.json["extensions"]?["cost"]?["requestedQueryCost"] == 25)
        #expect(first.json["extensions"]?["cost"]?["actualQueryCost"] == 3)
        #expect(first.json["extensions"]?["cost"]?["throttleStatus"]?["currentlyAvailable"] == 27)
        for reply in [used, second] {
            #expect(reply.code == "THROTTLED")
            #expect(reply.json["data"] == nil)
            #expect(reply.json["errors"]?.elements?.first?["message"] == "Throttled")
            #expect(reply.json["extensions"]?["cost"]?["actualQueryCost"] == .null)
        }
        #expect(third.code == nil)
        #expect(shop.store.counters.throttled == 2)
    }

    @Test(arguments: [
        ("{ shop { id name } }", 1), ("{ products(first: 10) { nodes { id } } }", 10),
        ("{ products(first: 10) { edges { node { id seo { title } } } pageInfo { endCursor } } }", 21),
        ("{ products(first: 2) { nodes { variants(first: 3) { nodes { id product { id } } } } } }", 14),
        (
            "mutation { bulkOperationCancel(id: \"gid://shopify/BulkOperation/1\") { bulkOperation { id } userErrors { message } } }",
            11
        ),
        (
            "{ node(id: \"gid://shopify/Shop/1\") { ... on Shop { plan { displayName } } ... on Product { seo { title } } } }",
            2
        ),
    ])
    func `the cost asked for follows the documented defaults`(query: String, cost: Int) throws {
        let operation = try PreparedOperation(text: query, operationName: nil, variables: [:])
        #expect(operation.requestedCost == cost)
    }
}
