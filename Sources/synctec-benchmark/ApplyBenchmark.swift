import ArgumentParser
import Catalog
import CurlTransport
import Foundation
import Pricing
import Reconciliation
import Runs
import Settings
import ShopifyAdmin
import SimulatedShopify
import Synchronization

/// Applies corrections to a simulated store at simulated time, and holds points, calls and time against the least possible.
struct ApplyBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract:
            "Measures what applying corrections draws from a store's budget, against the least by the documented limits.",
        discussion: """
            The store has the bucket of a standard plan unless told otherwise; waits jump over simulated time, so that hours take
            seconds. The same arguments give the same points and calls. The rates of bulk operations are assumptions, as none are
            documented.

            Example: synctec-benchmark apply --corrections 10000 --corrections 100000
            """
    )

    @Option(help: "Corrections of each kind; may be given more than once.") var corrections: [Int] = [10_000, 100_000]
    @Option(help: "Variants of a product.") var variantsPerProduct = 3
    @Option(help: "Points of the store's bucket.") var bucket = 2000
    @Option(help: "Points it gains each second.") var restore = 100
    @Option(help: "Lines that a bulk mutation of the store works off each second.") var lineRate = 5.0
    @Option(help: "Objects that a bulk query of the store writes each second.") var objectRate = 500.0

    mutating func run() async throws {
        print("kind corrections way points least ratio calls least ratio seconds bound ratio")
        for count in corrections {
            for kind in [ApplyTrial.Kind.prices, .stock] {
                for mayBulk in kind == .prices ? [true, false] : [true] {
                    let trial = ApplyTrial(
                        kind: kind,
                        corrections: count,
                        variantsPerProduct: max(1, min(variantsPerProduct, 100)),
                        bucket: .init(maximum: bucket, restorePerSecond: restore),
                        pace: .init(secondsToStart: 5, objectsPerSecond: objectRate, linesPerSecond: lineRate),
                        mayBulk: mayBulk
                    )
                    print(try await trial.run().row)
                }
            }
        }
    }
}

/// One application of corrections to a store of its own.
struct ApplyTrial: Sendable {
    enum Kind: String, Sendable {
        case prices
        case stock
    }

    let kind: Kind
    let corrections: Int
    let variantsPerProduct: Int
    let bucket: SimulatedStoreConfiguration.CostBucketSize
    let pace: SimulatedStoreConfiguration.BulkPace
    /// Whether bulk operations may be chosen.
    let mayBulk: Bool

    /// What it took, and the least it could have taken.
    struct Outcome: Sendable {
        let title: String
        let points: Int
        let calls: Int
        let seconds: Double
        let least: ApplyBound

        var row: String {
            func ratio(_ left: Double, _ right: Double) -> String { String(format: "%.2f", left / max(right, 0.001)) }
            return "\(title) \(points) \(least.points) \(ratio(Double(points), Double(least.points))) "
                + "\(calls) \(least.calls) \(ratio(Double(calls), Double(least.calls))) "
                + "\(Int(seconds.rounded())) \(Int(least.seconds.rounded())) \(ratio(seconds, least.seconds))"
        }
    }

    func run() async throws -> Outcome {
        let clock = SimulatedTime()
        let simulated = try SimulatedStore(configuration(clock))
        let server = try await SimulatedServer.start([simulated])
        do {
            let outcome = try await apply(at: simulated, server.baseURL(of: simulated) ?? "", clock)
            await server.stop()
            return outcome
        } catch {
            await server.stop()
            throw error
        }
    }

    private func configuration(_ clock: SimulatedTime) -> SimulatedStoreConfiguration {
        let products = (0..<(corrections + variantsPerProduct - 1) / variantsPerProduct).map { number in
            SimulatedProduct(
                handle: "p-\(number)",
                title: "Product \(number)",
                options: ["Size"],
                variants: (0..<min(variantsPerProduct, corrections - number * variantsPerProduct)).map {
                    SimulatedVariant(
                        sku: "S-\(number)-\($0)",
                        price: "10.00",
                        optionValues: ["\($0)"],
                        inventory: ["Main": 5]
                    )
                }
            )
        }
        var configuration = SimulatedStoreConfiguration(
            shop: "lumen-home.myshopify.com",
            currency: "EUR",
            products: products,
            now: { Date(timeIntervalSince1970: SimulatedTime.start + clock.elapsed / .seconds(1)) }
        )
        configuration.bucket = bucket
        configuration.bulkPace = pace
        return configuration
    }

    private func apply(at simulated: SimulatedStore, _ address: String, _ clock: SimulatedTime) async throws -> Outcome
    {
        guard let shop = ShopDomain(simulated.shop), let team = TeamID("SP-TEAM-7KQ2MX") else {
            throw ValidationError("no shop")
        }
        var limits = AdminLimits()
        // One call after the other: the budget is what counts here, and the order is the same each time.
        limits.requestsInFlight = 1
        let store = ShopifyStore(
            address: StoreAddress(shop: shop, endpoint: address, allowInsecureEndpoint: true),
            credential: .token(Secret("shpat_simulated")),
            transport: try CurlClient(userAgent: "synctec-benchmark", environment: [:]),
            clock: clock.admin,
            limits: limits
        )
        let location = try await store.identify().locations.first?.id.number ?? 0
        let planned = try plan(simulated, location)
        let folder = FileManager.default.temporaryDirectory.appending(path: "synctec-apply-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var generator = SystemRandomNumberGenerator()
        let applier = CorrectionApplier(
            store: store,
            journal: CountedJournal(run: .random(using: &generator), team: team),
            equality: ValueEquality(using: &generator),
            aliases: [:],
            batchesInFlight: 1,
            gate: WriteGate { nil },
            bulk: mayBulk
                ? BulkTerms(
                    folder: folder.path,
                    storeVariants: corrections,
                    storeProducts: corrections / variantsPerProduct
                ) : nil,
            progress: { _ in }
        )
        simulated.resetCounters()
        let begin = clock.elapsed
        let result = await applier.apply(planned, of: Set(PlanStage.allCases), stoppedBy: [])
        let seconds = (clock.elapsed - begin) / .seconds(1)
        let counters = simulated.counters
        let applied = result.outcomes.count { $0.kind == .applied }
        guard applied == planned.count else {
            throw ValidationError("\(applied) of \(planned.count) applied: \(result.stopped?.description ?? "")")
        }
        let usedBulk = counters.calls["StartBulkWrite"] != nil
        return Outcome(
            title: "\(kind.rawValue) \(corrections) \(usedBulk ? "bulk" : "calls")",
            points: counters.costSpent,
            calls: counters.calls.values.reduce(0, +),
            seconds: seconds,
            least: ApplyBound(self)
        )
    }

    /// A correction for every variant of the store.
    private func plan(_ simulated: SimulatedStore, _ location: Int64) throws -> [Correction] {
        func number(_ value: SimulatedShopify.JSONValue?) -> Int64 {
            value?.text?.split(separator: "/").last.flatMap { Int64($0) } ?? 0
        }
        var corrections: [Correction] = []
        for product in simulated.catalogue["products"]?.elements ?? [] {
            for variant in product["variants"]?.elements ?? [] {
                guard let sku = SKU(variant["sku"]?.text) else { continue }
                corrections.append(
                    Correction(
                        sku: sku,
                        field: kind == .prices ? .price : .inventory,
                        target: CorrectionTarget(
                            product: number(product["id"]),
                            variant: number(variant["id"]),
                            inventoryItem: number(variant["inventory_item"]),
                            location: kind == .stock ? location : nil
                        ),
                        source: value(1250, 9),
                        old: value(1000, 5),
                        new: value(1250, 9),
                        verdict: .destinationDrifted,
                        rule: nil,
                        product: product["title"]?.text ?? ""
                    )
                )
            }
        }
        return corrections
    }

    private func value(_ cents: Int64, _ quantity: Int64) -> FieldValue {
        kind == .prices ? .amount(Money(minorUnits: cents, currency: .eur)) : .quantity(quantity)
    }
}

/// The least that applying can take by the documented limits: nothing read by number, every call as full as it may be.
struct ApplyBound: Sendable {
    let points: Int
    let calls: Int
    let seconds: Double

    /// The lesser in points of single calls and bulk operations; the lesser in time, whichever way that is.
    init(_ trial: ApplyTrial) {
        let products = (trial.corrections + trial.variantsPerProduct - 1) / trial.variantsPerProduct
        let mutations =
            trial.kind == .stock
            ? (trial.corrections + StoreLimits.quantitiesPerCall - 1) / StoreLimits.quantitiesPerCall
            : products
        // A mutation costs 10 points and what it selects (Shopify Admin API, "API limits").
        let single = 10 * mutations
        let singleSeconds =
            Double(max(0, single - trial.bucket.maximum)) / Double(max(trial.bucket.restorePerSecond, 1))
        guard trial.kind == .prices, trial.mayBulk else {
            (points, calls, seconds) = (single, mutations, singleSeconds)
            return
        }
        // A query to read, a place, an upload, a start; a look at the end of each and a download.
        let bulk = 10 + 1 + 10 + 10 + 1
        let bulkSeconds =
            2 * trial.pace.secondsToStart + Double(trial.corrections) / trial.pace.objectsPerSecond
            + Double(products) / (trial.pace.linesPerSecond * 5)
        points = min(single, bulk)
        calls = min(mutations, 8)
        seconds = min(singleSeconds, bulkSeconds)
    }
}

/// Simulated time: a wait is over at once, and the time is then what it would have been.
final class SimulatedTime: Sendable {
    static let start: Double = 1_795_446_000
    private let state = Mutex(Duration.zero)

    var elapsed: Duration { state.withLock { $0 } }

    var admin: AdminClock {
        AdminClock(
            now: { Timestamp(seconds: Int64(Self.start)) + self.elapsed },
            elapsed: { self.elapsed },
            sleep: { wait in
                try Task.checkCancellation()
                let end = self.elapsed + wait
                // Others may have waited at the same time.
                self.state.withLock { $0 = max($0, end) }
                await Task.yield()
            },
            random: { 0.5 }
        )
    }
}

/// A journal without a database.
private struct CountedJournal: WriteJournaling {
    let run: RunID
    let team: TeamID

    func intend(_ call: String, batch: String, corrections: [Correction]) async throws(LedgerError) -> String {
        "\(run.text)-\(batch)"
    }

    func settle(_ key: String, _ state: WriteIntent.State, _ detail: String) async throws(LedgerError) {}
}
