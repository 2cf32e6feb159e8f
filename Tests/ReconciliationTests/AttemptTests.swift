import Catalog
import Reconciliation
import Testing

@Suite struct AttemptTests {
    @Test func `a field that somebody resets is contested after three corrections: PL-7`() throws {
        var bench = Bench(.plain(count: 3))
        try bench.cycle()
        var corrected = 0
        for _ in 0..<6 {
            bench.destination.change("S-1") { $0.price = "90.00" }
            corrected += try bench.cycle().plan.corrections.count
        }
        #expect(corrected == 3)
        #expect(try bench.run().heldBrief == ["S-1 price: contested"])
    }

    @Test func `a run in step starts the count anew: PL-7`() throws {
        var bench = Bench(.plain(count: 3))
        try bench.cycle()
        for round in 0..<6 {
            if round % 3 != 2 { bench.destination.change("S-1") { $0.price = "90.00" } }
            try bench.cycle()
        }
        #expect(bench.memory.attempts.isEmpty)
        bench.destination.change("S-1") { $0.price = "90.00" }
        #expect(try bench.run().plan.corrections.count == 1)
    }

    @Test func `a value that reads back otherwise is contested after three writes: PL-7`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.products[0].title = "Salt & Pepper"
        for _ in 0..<3 {
            let run = try bench.run()
            #expect(run.brief == ["S-1 title=Salt & Pepper"])
            _ = try bench.apply(run) { _ in .unheld(found: "Salt &amp; Pepper") }
        }
        #expect(try bench.run().heldBrief == ["S-1 title: contested"])
    }

    @Test func `a field refused three times with the same error is parked: AP-2`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.change("S-1") { $0.barcode = "bad" }
        bench.locked = FieldSet([.barcode])
        for _ in 0..<3 {
            let run = try bench.run()
            #expect(run.plan.corrections.count == 1)
            let outcomes = try bench.apply(run) { _ in .failed(code: "INVALID", message: "no") }
            #expect(run.summary(outcomes).count(.failed) == 1)
        }
        for _ in 0..<3 { #expect(try bench.cycle().heldBrief == ["S-1 barcode: parked"]) }
        // A new value at the source is another thing, and is tried.
        bench.source.change("S-1") { $0.barcode = "good" }
        #expect(try bench.cycle().brief == ["S-1 barcode=good"])
        #expect(bench.memory.attempts.isEmpty)
    }

    @Test func `another error counts anew: AP-2`() throws {
        var bench = Bench(.plain(count: 3))
        bench.source.change("S-1") { $0.barcode = "bad" }
        bench.locked = FieldSet([.barcode])
        for code in ["A", "A", "B", "A", "A"] {
            _ = try bench.apply(try bench.run()) { _ in .failed(code: code, message: "no") }
        }
        #expect(bench.memory.attempts.values.map(\.attempt.count) == [2])
        #expect(try bench.run().plan.corrections.count == 1)
    }

    @Test func `a run that could not judge a field keeps its count: PL-7`() throws {
        var bench = Bench(.plain(count: 3))
        try bench.cycle()
        for _ in 0..<3 {
            bench.destination.change("S-1") { $0.price = "90.00" }
            try bench.cycle()
        }
        bench.destination.change("S-1") { $0.price = "90.00" }
        bench.rate = nil
        try bench.cycle()
        bench.rate = "1"
        #expect(try bench.run().heldBrief == ["S-1 price: contested"])
        // Nor does a SKU that is held as a whole.
        bench.source.change("S-1") { $0.id += 7 }
        #expect(try bench.cycle().heldBrief == ["S-1 all: sku moved"])
        bench.source.change("S-1") { $0.id -= 7 }
        #expect(try bench.run().heldBrief == ["S-1 price: contested"])
    }

    @Test func `stock that sells is no quarrel: PL-7`() throws {
        var bench = Bench(.plain(count: 3))
        try bench.cycle()
        for _ in 0..<6 {
            bench.destination.change("S-1") { $0.levels = [1: 8] }
            #expect(try bench.cycle().brief == ["S-1 inventory=10"])
        }
    }
}
