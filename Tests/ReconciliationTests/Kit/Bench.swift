import Catalog
import Pricing
import Reconciliation
import Snapshots
import Testing

/// Two stores, the rules between them and what earlier runs left: everything a plan is made of.
struct Bench {
    var source: TestStore
    var destination: TestStore
    var order = TestStore.LineOrder.grouped
    var locked = FieldSet([.price, .compareAtPrice, .cost, .inventory, .title, .vendor])
    var exceptions: [LockException] = []
    var priceRules: [PriceRule] = []
    var rate: String? = "1"
    var share = ShareRule.activeProducts
    var aliases: [String: String] = [:]
    var groups = [TestGroup(source: [1], destination: 1)]
    var tags = ["wholesale"]
    /// The watched collections of the source's products, by their ids.
    var collections: [Int64: UInt64] = [:]
    var limits = BrakeLimits()
    var rules = "rules 1"
    var acceptedRules: String? = "rules 1"
    var memory = TestMemory()

    /// Source and destination alike.
    init(_ source: TestStore) {
        self.source = source
        destination = source.copied()
    }

    static let key: FingerprintKey = {
        var generator = SplitMix64(seed: 42)
        return FingerprintKey.random(using: &generator)
    }()

    func fingerprint(_ text: String, _ field: CatalogField? = nil) -> Fingerprint {
        if let field { return Self.key.fingerprint(of: text, form: CanonicalForm(of: field)) }
        return SKU(text).map { Self.key.fingerprint(of: $0) } ?? .none
    }

    func exchangeRate(_ text: String) throws -> ExchangeRate {
        let day = try #require(CalendarDate("2026-11-20"))
        guard source.currency != destination.currency else { return .identity(source.currency, date: day) }
        return try ExchangeRate(
            from: source.currency,
            to: destination.currency,
            numerator: ExactDecimal(parsing: text),
            date: day,
            origin: "test"
        )
    }

    func priceBook() throws -> PriceBook? {
        try rate.map { try PriceBook(rules: priceRules, rate: try exchangeRate($0)) }
    }

    /// Lays the stores side by side.
    func compare() throws -> CatalogComparison {
        let (left, right, rules) = try sides()
        return CatalogComparison(source: left, destination: right, rules: rules, links: memory.links)
    }

    /// Lays the stores side by side in parts of a few rows each.
    func compareInParts() async throws -> CatalogComparison {
        let (left, right, rules) = try sides()
        return await CatalogComparison.inParts(
            source: left,
            destination: right,
            rules: rules,
            links: memory.links,
            leastRows: 1
        )
    }

    private func sides() throws -> (SKUIndex, PackedSnapshot, ComparisonRules) {
        let left = try source.snapshot(order, key: Self.key, tags: tags)
        let right = try destination.snapshot(order, key: Self.key, tags: tags)
        let rules = ComparisonRules(
            locked: locked,
            exceptions: exceptions,
            prices: try priceBook(),
            priceMatches: priceRules.map { match($0.match) },
            share: share,
            aliases: Dictionary(
                uniqueKeysWithValues: aliases.map { (fingerprint($0.key), fingerprint($0.value)) }
            ),
            stock: groups.map { $0.group(left, right) },
            collections: collections.isEmpty ? [] : left.products.map { collections[$0.id] ?? 0 }
        )
        return (SKUIndex(left), right, rules)
    }

    /// Compares, plans and judges.
    func run() throws -> BenchRun {
        let comparison = try compare()
        var planner = CorrectionPlanner(
            comparison: comparison,
            memory: memory.planMemory,
            limits: limits
        )
        planner.plan(comparison.openPairs[...], records: try Self.records(of: comparison))
        let (plan, facts) = planner.finish(
            team: try #require(TeamID("SP-TEAM-7KQ2MX")),
            destination: try #require(ShopDomain("shop.myshopify.com")),
            rules: rules,
            snapshots: SnapshotDigests(source: "s", destination: "d")
        )
        let sizes = Brakes.SnapshotSizes(
            source: SKUIndex(comparison.source).distinctSKUs,
            destination: comparison.destinationSKUs
        )
        let hits = Brakes(limits: limits).judge(
            plan,
            in: Brakes.Situation(
                facts: facts,
                sizes: sizes,
                previousSizes: memory.sizes,
                acceptedRules: acceptedRules,
                rateRefusal: rate == nil ? "no rate" : nil,
                pricesAreLocked: !locked.isDisjoint(with: FieldSet([.price]))
            )
        )
        return BenchRun(comparison: comparison, plan: plan, facts: facts, hits: hits, sizes: sizes)
    }

    private func match(_ match: PriceMatch) -> RowMatch {
        switch match {
        case .all: .all
        case .sku(let texts): .skus(Set(texts.map { fingerprint($0) }))
        case .vendor(let vendor): .vendor(fingerprint(vendor, .vendor))
        case .productType(let type): .productType(fingerprint(type, .productType))
        case .tag(let tag): .tag(tags.firstIndex(of: tag).map { 1 << UInt64($0) } ?? 0)
        case .collection: .collection(1)
        }
    }

    private static func records(of comparison: CatalogComparison) throws -> [PairRecord?] {
        let (source, destination) = (comparison.source, comparison.destination)
        return try comparison.openPairs.map { pair in
            PairRecord(
                pair,
                source: try source.variantRecord(pair.source),
                of: try source.productRecord(Int(source.variants[pair.source].product)),
                destination: try destination.variantRecord(pair.destination),
                of: try destination.productRecord(Int(destination.variants[pair.destination].product))
            )
        }
    }
}

/// Locations that share one stock, by their numbers.
struct TestGroup {
    var source: [Int64]
    var destination: Int64
    var buffer: Int64 = 0

    func group(_ left: PackedSnapshot, _ right: PackedSnapshot) -> StockGroup {
        func places(_ numbers: [Int64], _ snapshot: PackedSnapshot) -> LocationSelection {
            .only(
                LocationIndexSet(snapshot.locations.indices.filter { numbers.contains(snapshot.locations[$0].number) })
            )
        }
        return StockGroup(
            name: "group \(destination)",
            source: places(source, left),
            destination: places([destination], right),
            location: destination,
            buffer: buffer
        )
    }
}

/// What earlier runs left.
struct TestMemory {
    var previousSource: SKUIndex?
    var links = LinkTable.empty
    var previousRate: ExchangeRate?
    var attempts: [AttemptKey: AttemptTally.Entry] = [:]
    var released: Set<ReleasedItem> = []
    var sizes: Brakes.SnapshotSizes?

    var planMemory: PlanMemory {
        PlanMemory(
            previousSource: previousSource,
            links: links,
            previousRate: previousRate,
            attempts: attempts.mapValues(\.attempt),
            released: released
        )
    }
}

/// What came of a plan.
struct BenchRun {
    let comparison: CatalogComparison
    let plan: CorrectionPlan
    let facts: PlanFacts
    let hits: [BrakeHit]
    let sizes: Brakes.SnapshotSizes

    var brakes: [Brake] { hits.map(\.brake) }

    /// The corrections that no brake stops.
    var free: [Correction] { plan.corrections.filter { correction in !hits.contains { $0.stops(correction) } } }

    /// Corrections in short: SKU, field, new value.
    var brief: [String] { plan.corrections.map { "\($0.sku) \($0.field.rawValue)=\($0.new.displayText)" } }

    /// Held items in short: SKU, field, reason.
    var heldBrief: [String] { plan.held.map { "\($0.sku) \($0.field?.rawValue ?? "all"): \($0.reason.rawValue)" } }

    func summary(_ outcomes: [CorrectionOutcome]) -> DestinationSummary {
        OutcomeTally.summary(of: comparison, plan: plan, outcomes: outcomes, pricesUnjudged: false)
    }
}
