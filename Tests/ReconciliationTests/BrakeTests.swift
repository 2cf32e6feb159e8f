import Catalog
import Pricing
import Reconciliation
import Testing

@Suite struct BrakeTests {
    @Test(arguments: [(20, false), (21, true)])
    func `more than 20 % of prices brake: PL-1`(changed: Int, isBraked: Bool) throws {
        var bench = Bench(.plain(count: 100))
        for index in 1...changed { bench.source.change("S-\(index)") { $0.price = "101.00" } }
        bench.source.products[99].title = "Other"
        let run = try bench.run()
        #expect(run.brakes == (isBraked ? [.priceChanges] : []))
        // Not one price is written; the rest goes on.
        #expect(run.free.count == (isBraked ? 1 : changed + 1))
    }

    @Test(arguments: ["0.9270", "0.9548", "0.8980"])
    func `prices follow an accepted rate without a brake: PL-1`(rate: String) throws {
        var bench = Bench(.plain(count: 100))
        bench.destination.currency = .eur
        bench.rate = "0.9270"
        bench.destination.changeVariants { $0.price = "92.70" }
        try bench.cycle()
        bench.rate = rate
        let run = try bench.cycle()
        #expect(run.plan.corrections.count == (rate == "0.9270" ? 0 : 100))
        #expect(run.hits == [])
        #expect(try bench.run().plan.corrections.isEmpty)
    }

    @Test func `what a new rate does not explain alone is counted: PL-1`() throws {
        var bench = Bench(.plain(count: 100))
        bench.destination.currency = .eur
        bench.rate = "0.9270"
        bench.destination.changeVariants { $0.price = "92.70" }
        try bench.cycle()
        bench.rate = "0.9548"
        for index in 1...21 { bench.source.change("S-\(index)") { $0.price = "101.00" } }
        let run = try bench.run()
        #expect(run.plan.corrections.count == 100)
        #expect(run.brakes == [.priceChanges])
        #expect(run.hits.first?.detail.hasPrefix("21 of 100 ") == true)
    }

    @Test func `a new rate does not hide that another rule prices the items: PL-1`() throws {
        var bench = Bench(.plain(count: 100))
        bench.destination.currency = .eur
        bench.rate = "0.9270"
        bench.priceRules = [PriceRule(match: .vendor("Birch"), markup: Percent(20)), PriceRule()]
        bench.locked = FieldSet([.price])
        bench.destination.changeVariants { $0.price = "92.70" }
        try bench.cycle()
        bench.rate = "0.9548"
        // The source's prices stand still; its vendor decides by which rule they are made.
        for index in 0..<30 { bench.source.products[index].vendor = "Birch" }
        #expect(try bench.run().brakes == [.priceChanges])
    }

    @Test func `a price that is held is not taken for one that the rate explains: PL-1`() throws {
        var bench = Bench(.plain(count: 100))
        bench.destination.currency = .eur
        bench.rate = "1"
        try bench.cycle()
        bench.rate = "1.03"
        for index in 1...50 {
            let key = AttemptKey(sku: try #require(SKU("S-\(index)")), field: .price)
            bench.memory.attempts[key] = .init(attempt: Attempt(isUnheld: false, count: 3), detail: "X")
        }
        for index in 51...75 { bench.source.change("S-\(index)") { $0.price = "101.00" } }
        // 25 of 100 changed for another reason; the 50 parked ones must not be taken off from them.
        let run = try bench.run()
        #expect(run.facts.explainedByRate[.price] == 25)
        #expect(run.brakes == [.priceChanges])
    }

    @Test(arguments: [(10, false), (11, true)])
    func `more than 10 % of stock to zero brakes only that: PL-2`(emptied: Int, isBraked: Bool) throws {
        var bench = Bench(.plain(count: 100))
        for index in 1...emptied { bench.source.change("S-\(index)") { $0.levels = [1: 0] } }
        bench.source.change("S-99") { $0.levels = [1: 20] }
        bench.source.change("S-100") { $0.levels = [1: 1] }
        let run = try bench.run()
        #expect(run.brakes == (isBraked ? [.stockToZero] : []))
        #expect(run.free.count == (isBraked ? 2 : emptied + 2))
        #expect(run.free.allSatisfy { !isBraked || $0.new != .quantity(0) })
    }

    @Test func `stock is counted among what is in stock: PL-2`() throws {
        var bench = Bench(.plain(count: 100, available: 0))
        for index in 1...20 { bench.destination.change("S-\(index)") { $0.levels = [1: 5] } }
        for index in 4...20 { bench.source.change("S-\(index)") { $0.levels = [1: 5] } }
        // 3 of 20, though only 3 of 100.
        #expect(try bench.run().brakes == [.stockToZero])
    }

    @Test(arguments: 1...20)
    func `no catalogue is too small for the brakes: PL-3`(size: Int) throws {
        for changed in 0...size {
            var bench = Bench(.plain(count: size))
            for index in 0..<changed {
                bench.source.change("S-\(index + 1)") { variant in
                    variant.price = "101.00"
                    variant.levels = [1: 0]
                }
            }
            let brakes = Set(try bench.run().brakes)
            #expect(brakes.contains(.priceChanges) == (changed > 3 && changed * 5 > size))
            #expect(brakes.contains(.stockToZero) == (changed > 2 && changed * 10 > size))
            #expect(brakes.contains(.allOfOneField) == (size > 10 && changed == size))
        }
    }

    @Test(arguments: [(10, false), (11, true)])
    func `every title changed is a brake of its own: PL-4`(size: Int, isBraked: Bool) throws {
        var bench = Bench(.plain(count: size))
        for index in 0..<size { bench.source.products[index].title = "Caf&eacute; \(index)" }
        bench.source.change("S-1") { $0.price = "101.00" }
        let run = try bench.run()
        #expect(run.brakes == (isBraked ? [.allOfOneField] : []))
        #expect(run.free.count == (isBraked ? 1 : size + 1))
    }

    @Test func `one item that waits or is not locked does not hide that all the others changed: PL-4`() throws {
        var bench = Bench(.plain(count: 20))
        bench.exceptions = [
            LockException(
                match: .skus([bench.fingerprint("S-1")]),
                lock: FieldSet(),
                unlock: FieldSet([.title])
            )
        ]
        let key = AttemptKey(sku: try #require(SKU("S-2")), field: .title)
        bench.memory.attempts[key] = .init(attempt: Attempt(isUnheld: true, count: 3), detail: "X")
        for index in 0..<20 { bench.source.products[index].title = "Caf&eacute; \(index)" }
        let run = try bench.run()
        #expect(run.plan.corrections.count == 18)
        #expect(run.brakes == [.allOfOneField])
    }

    @Test func `the first run, and the first under other rules, only plans: PL-5`() throws {
        var bench = Bench(.plain(count: 5))
        bench.source.change("S-1") { $0.price = "101.00" }
        bench.acceptedRules = nil
        #expect(try bench.run().brakes == [.firstRun])
        bench.acceptedRules = "rules 0"
        let run = try bench.run()
        #expect(run.brakes == [.rulesChanged])
        #expect(run.free.isEmpty)
    }

    @Test(arguments: [(95, false), (94, true)])
    func `a snapshot that shrank lets no stock go to zero: SN-5`(left: Int, isBraked: Bool) throws {
        var bench = Bench(.plain(count: 100))
        try bench.cycle()
        bench.source.products.removeLast(100 - left)
        bench.source.change("S-1") { $0.levels = [1: 0] }
        bench.source.change("S-2") { $0.levels = [1: 3] }
        let run = try bench.run()
        #expect(run.brakes == (isBraked ? [.snapshotShrinks] : []))
        #expect(run.free.count == (isBraked ? 1 : 2))
    }

    @Test func `without a rate no price is written and no price is called in step: MO-3`() throws {
        var bench = Bench(.plain(count: 5))
        bench.rate = nil
        bench.source.change("S-1") { $0.price = "101.00" }
        bench.source.change("S-2") { $0.levels = [1: 3] }
        let run = try bench.run()
        #expect(run.brakes == [.exchangeRate])
        #expect(run.brief == ["S-2 inventory=3"])
        #expect(run.plan.held.isEmpty)
        let summary = OutcomeTally.summary(
            of: run.comparison,
            plan: run.plan,
            outcomes: [.applied],
            pricesUnjudged: true
        )
        #expect([summary.count(.inStep), summary.count(.refused)] == [0, 4])
    }

    @Test func `0 % means none, beyond the grace`() throws {
        var bench = Bench(.plain(count: 100))
        bench.limits.priceChanges = Percent(0)
        for index in 1...3 { bench.source.change("S-\(index)") { $0.price = "101.00" } }
        #expect(try bench.run().brakes == [])
        bench.source.change("S-4") { $0.price = "101.00" }
        #expect(try bench.run().brakes == [.priceChanges])
    }
}
