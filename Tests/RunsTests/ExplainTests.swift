import Catalog
import Runs
import SimulatedShopify
import Testing

@Suite struct ExplainTests {
    @Test func `explain says what a run would do, and writes nothing`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00"])
            try world.destination.edit(sku: "LAMP-02", set: ["title": "Lump"])
            let first = try await explain("LAMP-01", world)
            #expect(first.price.contains { $0.contains("0.5") })
            #expect(first.price.contains("price: 13.20 EUR"), "\(first.price)")
            let price = try #require(first.fields.first { $0.field == .price })
            #expect(price.wanted.contains("13.20"))
            #expect(price.policy == .locked)
            let second = try await explain("LAMP-02", world)
            #expect(second.fields.first { $0.field == .title }?.wanted == "Lamp 2")
            #expect(try await explain("NO-SUCH", world).place == "the source has no such SKU")
            #expect(world.destination.counters.writeCount == 0)
            #expect(await world.ledger.heldLocks == [])
            #expect(world.leftovers.isEmpty)
        }
    }

    private func explain(_ sku: String, _ world: World) async throws -> ExplainRun.Explanation {
        var generator = SystemRandomNumberGenerator()
        let found = try await ExplainRun(
            settings: try world.settings(),
            only: [],
            run: .random(using: &generator),
            holder: "anna",
            ports: world.ports()
        ).explain(try #require(SKU(sku)))
        return try #require(found.first)
    }
}
