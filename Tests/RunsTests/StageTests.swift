import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct StageTests {
    @Test func `writes only the stages asked for, and the others when they are`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00"])
            try world.destination.edit(sku: "LAMP-02", set: ["title": "Lump"])
            try world.destination.edit(sku: "LAMP-03", set: ["inventory": 4])

            let stock = try await world.run(.run(stages: [.stock]))
            #expect(stock.status == "ATTENTION")
            #expect(world.destination.stock("LAMP-03") == 10)
            #expect(world.destination.value("LAMP-01", "price") == "13.00")
            #expect(world.destination.value("LAMP-02", "title") == "Lump")
            let waiting = stock.destinations[0].corrections.filter { $0.outcome == "planned" }
            #expect(Set(waiting.map(\.sku)) == ["LAMP-01", "LAMP-02"])

            let catalogue = try await world.run(.run(stages: [.prices, .content]))
            #expect(catalogue.status == "OK", "\(catalogue.problems)")
            #expect(world.destination.value("LAMP-01", "price") == "12.00")
            #expect(world.destination.value("LAMP-02", "title") == "Lamp 2")
            let verdicts = catalogue.destinations[0].corrections.map(\.verdict)
            #expect(verdicts.allSatisfy { $0 == .destinationDrifted })
        }
    }
}
