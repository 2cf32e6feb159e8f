import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

@Suite struct ApplyTests {
    @Test(arguments: ["UpdateVariants", "UpdateProduct", "SetStock"])
    func `AP-1 a write whose answer is lost is found done, and never sent twice`(call: String) async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00", "title": "Lump", "inventory": 3])
            world.destination.add(FaultRule(match: call, action: .applyThenDrop))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
            #expect(report.destinations[0].summary.applied == 3)
            #expect(world.destination.counters.mutations["productVariantsBulkUpdate"] == 1)
            #expect(world.destination.counters.mutations["productUpdate"] == 1)
            // A repetition under the same idempotency key is answered, and not carried out again.
            #expect(world.destination.counters.mutations["inventorySetQuantities"] == (call == "SetStock" ? 2 : 1))
            #expect(world.destination.stock("LAMP-01") == 10)
        }
    }

    @Test(arguments: ["UpdateVariants", "UpdateProduct", "SetStock"])
    func `AP-1 a write that was lost on its way is sent once more`(call: String) async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00", "title": "Lump", "inventory": 3])
            world.destination.add(FaultRule(match: call, action: .dropBeforeApply))
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
            #expect(world.destination.value("LAMP-01", "price") == "12.00")
            #expect(world.destination.value("LAMP-01", "title") == "Lamp 1")
            #expect(world.destination.stock("LAMP-01") == 10)
        }
    }

    @Test func `AP-2 one refused variant leaves the others be, and is parked after three runs`() async throws {
        var products = Catalogue.lamps(3)
        products[0].options = ["Size"]
        products[0].variants = (0..<8).map {
            SimulatedVariant(sku: "SIZE-\($0)", price: "10.00", optionValues: ["\($0)"], inventory: ["Rotterdam": 1])
        }
        try await World.with(products) { world in
            try await world.settle()
            var statuses: [String] = []
            for round in 1...5 {
                for number in [3, 4] {
                    try world.destination.edit(sku: "SIZE-\(number)", set: ["barcode": .string("\(round)")])
                }
                if round == 1 {
                    for number in [3, 4] { try world.source.edit(sku: "SIZE-\(number)", set: ["price": "11.00"]) }
                    world.destination.add(
                        FaultRule(
                            match: "UpdateVariants",
                            times: nil,
                            action: .userError(index: 0, field: ["price"], message: "is odd", code: "INVALID")
                        )
                    )
                }
                let report = try await world.run()
                statuses.append(report.outcomes("SIZE-3").joined())
                #expect(report.status == "ATTENTION", "\(report.problems)")
                if round == 1 {
                    #expect(report.outcomes("SIZE-4") == ["applied"])
                    #expect(report.destinations[0].corrections.contains { $0.reason.contains("INVALID") })
                }
            }
            #expect(statuses == ["failed", "failed", "failed", "held", "held"])
            #expect(world.destination.value("SIZE-4", "price") == "6.60")
        }
    }

    @Test func `AP-2 a refused product does not take its variants' prices with it`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00", "title": "Lamp One"])
            world.destination.add(
                FaultRule(
                    match: "UpdateProduct",
                    times: nil,
                    action: .userError(index: nil, field: ["title"], message: "is odd", code: "INVALID")
                )
            )
            let report = try await world.run()
            #expect(report.outcomes("LAMP-01") == ["applied"], "\(report.problems)")
            #expect(report.outcomes("LAMP-01", .title) == ["failed"])
        }
    }

    @Test func `AP-2 refused quantities fall out of their call, the others are set`() async throws {
        try await World.with(Catalogue.lamps(12)) { world in
            try await world.settle()
            for number in 0..<6 { try world.destination.edit(sku: Catalogue.sku(number), set: ["inventory": 3]) }
            world.destination.add(
                FaultRule(
                    match: "SetStock",
                    times: 2,
                    action: .userError(
                        index: 0,
                        field: ["input", "quantities", "0"],
                        message: "is odd",
                        code: "INVALID_ITEM"
                    )
                )
            )
            let report = try await world.run()
            let stock = (0..<6).map { world.destination.stock(Catalogue.sku($0)) }
            #expect(stock.count { $0 == 10 } == 4, "\(stock) \(report.problems)")
            #expect(report.destinations[0].summary.failed == 2)
            #expect(report.destinations[0].summary.applied == 4)
        }
    }

    @Test func `AP-4 stock that a customer takes between read and set is left, the others are set`() async throws {
        try await World.with { world in
            try await world.settle()
            for number in 0..<3 { try world.destination.edit(sku: Catalogue.sku(number), set: ["inventory": 5]) }
            world.destination.add(FaultRule(match: "SetStock", action: .sale(sku: "LAMP-01")))
            let report = try await world.run()
            #expect(report.status == "ATTENTION")
            #expect(report.outcomes("LAMP-01", .inventory) == ["moved"], "\(report.problems)")
            #expect(world.destination.stock("LAMP-01") == 4)
            #expect(world.destination.stock("LAMP-00") == 10)
            #expect(world.destination.stock("LAMP-02") == 10)
            #expect(try await world.run().status == "OK")
            #expect(world.destination.stock("LAMP-01") == 10)
        }
    }

    @Test func `AP-4 stock that moves at every try is left for the next run`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["inventory": 5])
            try world.destination.edit(sku: "LAMP-02", set: ["inventory": 5])
            world.destination.add(FaultRule(match: "SetStock", action: .sale(sku: "LAMP-01")))
            world.destination.add(FaultRule(match: "SetStock", after: 1, action: .sale(sku: "LAMP-02")))
            let report = try await world.run()
            #expect(report.status == "ATTENTION")
            #expect(report.destinations[0].summary.left == 2, "\(report.problems)")
            #expect(world.destination.counters.calls["SetStock"] == 2)
            #expect(world.destination.stock("LAMP-01") == 4)
            #expect(world.destination.stock("LAMP-02") == 4)
        }
    }

    @Test(arguments: [
        ("IDEMPOTENCY_CONCURRENT_REQUEST", "OK"), ("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "OK"),
        ("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "INTERNAL"),
    ])
    func `AP-5 troubles with a key: wait, try under a new one, or stop`(code: String, status: String) async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["inventory": 5])
            world.destination.add(
                FaultRule(
                    match: "SetStock",
                    action: .userError(index: nil, field: ["input"], message: "key", code: code)
                )
            )
            let report = try await world.run()
            #expect(report.status == status, "\(report.problems)")
            #expect((world.destination.stock("LAMP-01") == 10) == (status == "OK"))
            let keys = await world.ledger.intents.values.filter {
                $0.intent.call == "set stock" && $0.intent.run.text == report.run
            }
            #expect(keys.count == (code == "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED" ? 2 : 1))
        }
    }

    @Test(arguments: [401, 402, 403, 423, 500, 503])
    func `AP-6 a store that refuses in mid-run is left alone; what was done is recorded, the other store goes on`(
        status: Int
    ) async throws {
        let products = Catalogue.lamps(12)
        let stores = [
            Catalogue.destination(of: products),
            Catalogue.destination(of: products, name: "zeta-home", seed: 3),
        ]
        try await World.with(products, destinations: stores) { world in
            try await world.settle()
            for store in world.destinations {
                for number in 0..<6 { try store.edit(sku: Catalogue.sku(number), set: ["title": "Lump"]) }
            }
            world.destinations[0].add(FaultRule(match: "mutation", after: 3, times: nil, action: .httpStatus(status)))
            world.destinations[0].add(
                FaultRule(match: "VariantPrices", after: 1, times: nil, action: .httpStatus(status))
            )
            let report = try await world.run()
            #expect(report.status == "STORE")
            #expect(report.destinations.map(\.status) == ["STORE", "OK"], "\(report.problems)")
            // The start of the export is the first of the three.
            #expect(world.destinations[0].counters.mutations["productUpdate"] == 2)
            if status < 500 { #expect(world.destinations[0].counters.faulted <= 2) }
            let words = Set(report.destinations[0].corrections.map(\.reason))
            #expect(words.contains { $0.contains("it was sent, and could not be read back") }, "\(words)")
            #expect(report.destinations[0].summary.left == 6)
            #expect(await world.ledger.recorded(report.run).count == 2)
            world.destinations[0].clearFaults()
            let next = try await world.run()
            #expect(next.status == "OK", "\(next.problems)")
            #expect((0..<6).allSatisfy { world.destinations[0].value(Catalogue.sku($0), "title") == "Lamp \($0)" })
        }
    }

    @Test func `AP-7 a location that was switched off and a product that was deleted after the snapshot are listed`()
        async throws
    {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["inventory": 5])
            try world.destination.edit(sku: "LAMP-02", set: ["title": "Lump"])
            try world.destination.edit(sku: "LAMP-03", set: ["title": "Lump"])
            let store = world.destination
            let progress = TestProgress { step in
                guard step.activity == .planning else { return }
                store.setLocation("Amsterdam", isActive: false)
                try? store.delete(sku: "LAMP-02")
            }
            let report = try await world.run(ports: world.ports(progress: progress))
            #expect(report.status == "ATTENTION", "\(report.problems)")
            #expect(report.outcomes("LAMP-02", .title) == ["left"])
            #expect(report.outcomes("LAMP-03", .title) == ["applied"])
            #expect(report.outcomes("LAMP-01", .inventory) != ["applied"])
            #expect(store.counters.mutations["inventoryActivate"] == nil)
            #expect(store.counters.mutations["productCreate"] == nil)
        }
    }

    @Test func `AP-8 negative stock counts as 0 and is listed, untracked stock is not written`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["inventory": -3])
            try world.destination.edit(sku: "LAMP-02", set: ["tracked": false, "inventory": 3])
            let report = try await world.run()
            #expect(report.status == "ATTENTION", "\(report.problems)")
            #expect(world.destination.stock("LAMP-01") == 0)
            #expect(world.destination.stock("LAMP-02") == 3)
            #expect(report.destinations[0].findings.map(\.kind) == [.negativeStock])
        }
    }

    @Test func `AP-9 a value over a limit of the platform is refused by name, never cut`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["title": .string(String(repeating: "x", count: 256))])
            try world.source.edit(sku: "LAMP-02", set: ["title": "Lamp Two"])
            let report = try await world.run()
            #expect(report.status == "ATTENTION")
            #expect(world.destination.value("LAMP-01", "title") == "Lamp 1")
            #expect(world.destination.value("LAMP-02", "title") == "Lamp Two")
            #expect(report.destinations[0].findings.contains { $0.kind == .refused && $0.sku == "LAMP-01" })
        }
    }

    @Test func `AP-9 more entries than one call takes are sent in several`() async throws {
        try await World.with(Catalogue.lamps(520)) { world in
            try await world.settle()
            for number in 0..<52 { try world.destination.edit(sku: Catalogue.sku(number), set: ["inventory": 3]) }
            for number in 52..<520 { try world.destination.edit(sku: Catalogue.sku(number), set: ["inventory": 11]) }
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems.prefix(2000))")
            #expect(world.destination.counters.calls["SetStock"] == 3)
        }
    }

    @Test func `SN-10 what was edited between snapshot and write is left and listed`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.destination.edit(sku: "LAMP-01", set: ["price": "12.50"])
            try world.destination.edit(sku: "LAMP-02", set: ["price": "18.50"])
            try world.destination.edit(sku: "LAMP-03", set: ["inventory": 5])
            let store = world.destination
            let progress = TestProgress { step in
                guard step.activity == .planning else { return }
                try? store.edit(sku: "LAMP-01", set: ["price": "12.75"])
                try? store.edit(sku: "LAMP-03", set: ["inventory": 6])
                try? store.edit(sku: "LAMP-02", set: ["price": "18.00"])
            }
            let report = try await world.run(ports: world.ports(progress: progress))
            #expect(report.status == "ATTENTION")
            #expect(report.outcomes("LAMP-01") == ["moved"], "\(report.problems)")
            #expect(report.outcomes("LAMP-02") == ["already there"])
            #expect(report.outcomes("LAMP-03", .inventory) == ["moved"])
            // Stock is the one that is tried: its expected quantity is in the call, and the store refuses it.
            #expect(store.counters.writeCount == 1)
            #expect(store.counters.mutations["inventorySetQuantities"] == 1)
            #expect(store.stock("LAMP-03") == 6)
            #expect(store.value("LAMP-01", "price") == "12.75")
        }
    }
}
