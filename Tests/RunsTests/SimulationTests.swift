import Catalog
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

/// Random merchants, customers and faults from one seed; an independent model says where it all has to end.
@Suite struct SimulationTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `whatever happens in between, quiet runs end in step and write no more`(seed: UInt64) async throws {
        try await World.with(Catalogue.lamps(12)) { world in
            try await world.settle()
            var dice = Dice(state: seed)
            for _ in 0..<6 {
                for _ in 0..<(1 + dice.roll(4)) { try disturb(world, &dice) }
                if dice.roll(2) == 0 { world.destination.add(fault(&dice)) }
                if dice.roll(4) == 0 { await world.ledger.fail("", after: dice.roll(30)) }
                let report = try? await world.run()
                if let report {
                    for part in report.destinations {
                        #expect(part.summary.contradictions == [], "seed \(seed)")
                    }
                }
                await world.ledger.heal()
                world.destination.clearFaults()
            }
            var last = try await world.run()
            for _ in 0..<3 {
                try await world.approve(held: true)
                last = try await world.run()
            }
            world.destination.resetCounters()
            let quiet = try await world.run()
            #expect(world.destination.counters.writeCount == 0, "seed \(seed): \(quiet.problems)")
            let held = Set(quiet.destinations[0].corrections.map { "\($0.sku) \($0.field?.rawValue ?? "")" })
            for number in 0..<12 {
                let sku = Catalogue.sku(number)
                let wanted = [
                    "title": world.source.value(sku, "title"),
                    "price": world.source.value(sku, "price").map { Catalogue.price($0) },
                ]
                for (field, value) in wanted where !held.contains("\(sku) \(field)") {
                    #expect(
                        world.destination.value(sku, field) == value,
                        "seed \(seed): \(sku) \(field) \(last.problems)"
                    )
                }
                #expect(
                    world.destination.stock(sku) == world.source.stock(sku, at: "Rotterdam"),
                    "seed \(seed): \(sku)"
                )
            }
            #expect(world.leftovers.isEmpty)
            #expect(await world.ledger.heldLocks == [])
        }
    }

    private func disturb(_ world: World, _ dice: inout Dice) throws {
        let number = dice.roll(12)
        let sku = Catalogue.sku(number)
        switch dice.roll(6) {
        case 0: try world.source.edit(sku: sku, set: ["price": .string("\((number + 1) * 10 + dice.roll(3)).00")])
        case 1: try world.source.edit(sku: sku, set: ["title": .string("Lamp \(number) mark \(dice.roll(3))")])
        case 2: try world.source.edit(sku: sku, set: ["inventory": .number("\(1 + dice.roll(20))")])
        case 3: try world.destination.edit(sku: sku, set: ["title": "Mine"])
        case 4: try world.destination.edit(sku: sku, set: ["price": .string("\((number + 1) * 6 + 1).00")])
        default: try world.destination.sell(sku: sku)
        }
    }

    private func fault(_ dice: inout Dice) -> FaultRule {
        let call = ["UpdateVariants", "UpdateProduct", "SetStock", "VariantPrices", "StockStates"][dice.roll(5)]
        let action: FaultAction =
            switch dice.roll(6) {
            case 0: .applyThenDrop
            case 1: .dropBeforeApply
            case 2: .httpStatus(402)
            case 3: .httpStatus(503)
            case 4: .throttled
            default: .sale(sku: Catalogue.sku(dice.roll(12)))
            }
        return FaultRule(match: call, after: dice.roll(3), times: 1 + dice.roll(6), action: action)
    }
}
