import Catalog
import Pricing
import Reconciliation

/// Draws a source and a destination with everything that happens in stores: duplicates, blanks, look-alikes, drift, odd prices.
struct RandomStores {
    private var generator: SplitMix64
    private let size: Int

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
        size = Int(generator.number(1...24))
    }

    /// A bench with random stores, rate, markup and locks.
    mutating func bench() -> Bench {
        let source = store()
        var bench = Bench(source)
        bench.destination.currency = .eur
        bench.rate = generator.pick(["0.9250", "1.1", "0.5", "1"])
        bench.priceRules = [PriceRule(markup: Percent(Int32(generator.number(-20...60))))]
        bench.groups = [
            TestGroup(source: [1, 2], destination: 1, buffer: generator.number(0...3)),
            TestGroup(source: [3], destination: 2),
        ]
        bench.share = generator.pick([.activeProducts, .everything])
        if generator.number(0...3) == 0 { bench.aliases = ["S-1": "X-1", "S-2": "S-3"] }
        drift(&bench.destination)
        return bench
    }

    /// A source.
    mutating func store() -> TestStore {
        var store = TestStore()
        var next: Int64 = 1
        for index in 0..<size {
            var product = TestProduct(id: Int64(index + 1), title: word(), variants: [])
            product.vendor = generator.pick(["Acme", "Birch", "Cedar"])
            product.status = generator.pick(["ACTIVE", "ACTIVE", "ACTIVE", "DRAFT"])
            for _ in 0..<generator.number(1...3) {
                product.variants.append(variant(next))
                next += 1
            }
            store.products.append(product)
        }
        return store
    }

    /// Changes some of everything.
    mutating func drift(_ store: inout TestStore) {
        store.products.shuffle(using: &generator)
        for product in store.products.indices {
            if generator.number(0...4) == 0 { store.products[product].title = word() }
            if generator.number(0...9) == 0 { store.products[product].vendor = "Acme " }
        }
        if generator.number(0...3) == 0 { store.products.removeLast() }
        for product in store.products.indices {
            for place in store.products[product].variants.indices {
                var changed = store.products[product].variants[place]
                if generator.number(0...2) == 0 { changed.price = amount() }
                if generator.number(0...4) == 0 { changed.compareAt = generator.pick([nil, amount(), "0.00"]) }
                if generator.number(0...4) == 0 { changed.cost = generator.pick([nil, amount()]) }
                if generator.number(0...9) == 0 { changed.sku = sku() }
                changed.tracked = generator.number(0...9) != 0
                changed.levels = levels(locations: [1, 2])
                store.products[product].variants[place] = changed
            }
        }
    }

    private mutating func variant(_ id: Int64) -> TestVariant {
        var variant = TestVariant(id: id, sku: sku())
        variant.price = amount()
        variant.compareAt = generator.pick([nil, nil, amount(), "0.00"])
        variant.cost = generator.pick([nil, amount(), amount()])
        variant.tracked = generator.number(0...9) != 0
        variant.levels = levels(locations: [1, 2, 3])
        return variant
    }

    /// From so small a pool that some stand twice; with blanks, and SKUs that only look alike.
    private mutating func sku() -> String? {
        switch generator.number(0...29) {
        case 0: nil
        case 1: "  "
        case 2: "caf\u{E9}"
        case 3: "cafe\u{301}"
        case 4: "s-1"
        case 5: "S-1 "
        default: "S-\(generator.number(1...Int64(size * 6)))"
        }
    }

    private mutating func amount() -> String {
        generator.number(0...19) == 0
            ? "0.00" : "\(generator.number(1...300)).\(generator.pick(["00", "05", "10", "49", "50", "95", "99"]))"
    }

    private mutating func levels(locations: [Int64]) -> [Int64: Int64] {
        var levels: [Int64: Int64] = [:]
        for location in locations where generator.number(0...4) != 0 { levels[location] = generator.number(-3...9) }
        return levels
    }

    private mutating func word() -> String { generator.pick(["Lamp", "Chair", "Desk", "Caf\u{E9}", "Shelf"]) }
}
