import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Snapshots
import Testing

@Suite struct ConvergenceTests {
    @Test func `PL-3 the first run on a store only plans, and after its approval sets everything right`() async throws {
        try await World.with { world in
            try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00"])
            try world.destination.edit(sku: "LAMP-02", set: ["title": "Lump"])
            try world.destination.edit(sku: "LAMP-03", set: ["inventory": 4])
            let first = try await world.run()
            #expect(first.status == "BRAKE")
            #expect(first.brakes() == [.firstRun])
            #expect(world.destination.counters.writeCount == 0)
            try await world.approve()
            let second = try await world.run()
            #expect(second.status == "OK", "\(second.problems)")
            #expect(world.destination.value("LAMP-01", "price") == "12.00")
            #expect(world.destination.value("LAMP-02", "title") == "Lamp 2")
            #expect(world.destination.stock("LAMP-03") == 10)
        }
    }

    @Test func `invariant 7: a second run with no outside change writes nothing`() async throws {
        try await World.with { world in
            try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00"])
            try await world.settle()
            let report = try await world.run()
            #expect(report.status == "OK", "\(report.problems)")
            #expect(world.destination.counters.writeCount == 0)
            #expect(world.source.counters.writeCount == 0)
            #expect(report.destinations[0].corrections.isEmpty)
        }
    }

    @Test func `what another version remembered is as nothing: the next run only plans`()
        async throws
    {
        try await World.with { world in
            try await world.settle()
            try await world.ledger.replaceBaselines { known in
                Baseline(
                    team: known.team,
                    destination: known.destination,
                    run: known.run,
                    at: known.at,
                    rules: known.rules,
                    sourceRows: try PackedSnapshot(serialized: known.sourceRows).serialized(mark: 1),
                    links: Array("SYNCLNK1".utf8),
                    rate: known.rate,
                    sourceSKUs: known.sourceSKUs,
                    destinationSKUs: known.destinationSKUs
                )
            }
            try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00"])
            let first = try await world.run()
            #expect(first.status == "BRAKE", "\(first.problems)")
            #expect(first.brakes() == [.firstRun])
            try await world.approve()
            let second = try await world.run()
            #expect(second.status == "OK", "\(second.problems)")
            #expect(world.destination.value("LAMP-01", "price") == "12.00")
        }
    }

    @Test func `plan and run build the very same plan`() async throws {
        try await World.with { world in
            try await world.settle()
            try world.source.edit(sku: "LAMP-01", set: ["price": "22.00", "title": "Lamp One"])
            let planned = try await world.run(.plan)
            #expect(planned.status == "ATTENTION")
            #expect(world.destination.counters.writeCount == 0)
            let ran = try await world.run()
            #expect(planned.destinations[0].plan == ran.destinations[0].plan)
            #expect(ran.status == "OK", "\(ran.problems)")
        }
    }

    @Test func `SC-2 a week of hourly runs: each change is set right by the next run, and quiet hours write nothing`()
        async throws
    {
        try await World.with { world in
            try await world.settle()
            var applied = 0
            for hour in 0..<168 {
                world.clock.advance(by: .seconds(3300))
                world.rates.set(try Catalogue.rates(date: String(world.clock.now.description.prefix(10))))
                let number = hour % 6
                let sku = Catalogue.sku(number)
                switch hour % 7 {
                case 0: try world.destination.sell(sku: sku)
                case 1: try world.source.edit(sku: sku, set: ["price": .string("\((number + 1) * 10 + hour % 2).00")])
                case 2: try world.destination.edit(sku: sku, set: ["title": "Mine"])
                default: break
                }
                world.destination.resetCounters()
                let report = try await world.run()
                #expect(report.status == "OK", "hour \(hour): \(report.problems)")
                if hour % 7 > 2 { #expect(world.destination.counters.writeCount == 0, "hour \(hour)") }
                applied += report.destinations[0].summary.applied
            }
            // 24 sales and 24 titles, and the prices that really became another one.
            #expect(applied > 48)
            #expect((0..<6).allSatisfy { world.destination.stock(Catalogue.sku($0)) == 10 })
            #expect((0..<6).allSatisfy { world.destination.value(Catalogue.sku($0), "title") == "Lamp \($0)" })
        }
    }

    @Test func `the sums close and every SKU has one outcome (invariant 11)`() async throws {
        var own = Catalogue.lamps(8)
        own.append(SimulatedProduct(title: "Own", variants: [SimulatedVariant(sku: "OWN-1", price: "1.00")]))
        own.append(SimulatedProduct(title: "Blank", variants: [SimulatedVariant(sku: "", price: "1.00")]))
        own.append(Catalogue.lamp(3))
        own[10].handle = "lamp-again"
        own.remove(at: 0)
        try await World.with(Catalogue.lamps(8), destinations: [Catalogue.destination(of: own)]) { world in
            let report = try await world.run(.plan)
            let sums = report.destinations[0].summary
            #expect(sums.contradictions == [])
            #expect(sums.destinationVariants == 10)
            #expect(sums.matched == 6)
            #expect(sums.count(.missing) == 1)
            #expect(sums.count(.extra) == 1)
            #expect(sums.count(.duplicate) == 1)
            #expect(sums.destinationBlanks == 1)
        }
    }
}
