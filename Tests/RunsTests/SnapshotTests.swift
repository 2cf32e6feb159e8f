import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct SnapshotTests {
    @Test func `SN-2 an export that ends without its file is not a store without goods`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump"])
            world.source.add(FaultRule(match: "bulkQuery", times: nil, action: .bulkCompletedWithoutURL))
            world.source.add(FaultRule(match: "CatalogProductsPage", times: nil, action: .httpStatus(500)))
            let report = try await world.run()
            #expect(["SNAPSHOT", "STORE"].contains(report.status), "\(report.problems)")
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `SN-2 an empty export of a store that has goods is not believed`() async throws {
        try await World.with { world in
            try await world.settle()
            world.source.add(FaultRule(match: "bulkQuery", times: nil, action: .bulkEmpty))
            let report = try await world.run()
            #expect(report.status == "SNAPSHOT", "\(report.problems)")
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `SN-2 a store that really is empty brakes, and its emptiness does not become the measure`() async throws
    {
        try await World.with { world in
            try await world.settle()
            for number in 0..<6 { try world.source.delete(sku: Catalogue.sku(number)) }
            for _ in 0..<2 {
                let report = try await world.run()
                #expect(report.status == "BRAKE", "\(report.problems)")
                #expect(report.brakes() == [.snapshotShrinks])
            }
            #expect(world.destination.counters.writeCount == 0)
            #expect(world.destination.stock("LAMP-01") == 10)
        }
    }

    @Test(arguments: [true, false])
    func `SN-7 another version that answers stops that store before planning`(atSource: Bool) async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump"])
            (atSource ? world.source : world.destination).add(
                FaultRule(match: "any", times: nil, action: .otherVersion("2026-10"))
            )
            let report = try await world.run()
            #expect(report.status == "STORE", "\(report.problems)")
            #expect(report.problems.contains("2026-10"))
            #expect(report.problems.contains("2026-07"))
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `SN-8 errors beside the data, and a required field that is absent`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["title": "Lump"])
            world.destination.add(
                FaultRule(
                    match: "ShopIdentity",
                    times: nil,
                    action: .graphQLErrors([["message": "Access denied", "extensions": ["code": "ACCESS_DENIED"]]])
                )
            )
            #expect(try await world.run().status == "STORE")
            world.destination.clearFaults()
            world.destination.add(FaultRule(match: "download", times: nil, action: .omitField("price", line: 2)))
            let report = try await world.run()
            #expect(report.status == "SNAPSHOT", "\(report.problems)")
            #expect(world.destination.counters.writeCount == 0)
            #expect(world.leftovers.isEmpty)
        }
    }

    @Test(arguments: [1, 6])
    func `MA-5 SKUs that are gone from the source are reported, and nothing else`(gone: Int) async throws {
        try await World.with(Catalogue.lamps(20)) { world in
            try await world.settle()
            for number in 0..<gone { try world.source.delete(sku: Catalogue.sku(number)) }
            for _ in 0..<3 {
                let report = try await world.run()
                #expect(report.status == (gone == 1 ? "ATTENTION" : "BRAKE"), "\(report.problems)")
                #expect(report.destinations[0].findings.count { $0.kind == .extra } == gone)
            }
            #expect(world.destination.counters.writeCount == 0)
        }
    }

    @Test func `MA-4 swapped SKUs are held until a person approves just this`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["sku": "swap"])
            try world.destination.edit(sku: "LAMP-02", set: ["sku": "LAMP-01"])
            try world.destination.edit(sku: "swap", set: ["sku": "LAMP-02"])
            for _ in 0..<2 {
                let held = try await world.run()
                #expect(held.status == "ATTENTION", "\(held.problems)")
                #expect(
                    held.destinations[0].findings.filter { $0.kind == .moved }.map(\.sku) == ["LAMP-01", "LAMP-02"]
                )
            }
            #expect(world.destination.counters.writeCount == 0)
            try await world.approve()
            #expect(try await world.run().destinations[0].findings.contains { $0.kind == .moved })
            try await world.approve(held: true)
            var report = try await world.run()
            #expect(!report.destinations[0].findings.contains { $0.kind == .moved }, "\(report.problems)")
            #expect(await world.ledger.openApprovalCount == 0)
            #expect(world.destination.value("LAMP-01", "title") == "Lamp 1")
            report = try await world.run()
            #expect(!report.destinations[0].findings.contains { $0.kind == .moved }, "\(report.problems)")
        }
    }

    @Test func `MA-4 a product that was deleted and made again is linked anew after a direct read`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.delete(sku: "LAMP-01")
            var again = Catalogue.lamp(1, location: "Amsterdam")
            again.variants[0].price = "12.00"
            again.title = "Lump"
            try world.destination.add(again)
            world.destination.resetCounters()
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
            #expect(world.destination.value("LAMP-01", "title") == "Lamp 1")
            let calls = world.destination.counters.calls
            #expect(calls["VariantStates", default: 0] + calls["VariantPrices", default: 0] >= 2)
            #expect(try await world.run().status == "OK")
        }
    }
}
