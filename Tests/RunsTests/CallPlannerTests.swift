import Runs
import Testing

@Suite struct CallPlannerTests {
    /// A standard plan's bucket, as documented figures go.
    private static func pace(restoring rate: Double = 100, full: Double = 2000) -> StorePace {
        StorePace(
            available: full,
            restoreRate: rate,
            callsInFlight: 6,
            secondsPerCall: 0.2,
            pointsPerVariant: 2,
            pointsPerProduct: 2,
            pointsPerVariantsCall: 11,
            pointsPerProductCall: 11,
            exportedPerSecond: 500,
            linesPerSecond: 5,
            bulkInFlight: 4,
            secondsPerBulk: 20,
            pointsPerBulk: 40
        )
    }

    /// Prices of so many products with three variants each, in a store of that size.
    private static func prices(_ products: Int, store: Int? = nil) -> CallPlanner.Work {
        CallPlanner.Work(
            variants: products * 3,
            products: 0,
            variantCalls: products,
            productCalls: 0,
            storeVariants: store ?? products * 3,
            storeProducts: products
        )
    }

    @Test func `points of single calls are those of two readings and of every call`() {
        let estimate = CallPlanner(pace: Self.pace()).calls(Self.prices(1000))
        #expect(estimate.points == 2 * 3000 * 2 + 1000 * 11)
        #expect(estimate.calls == 2 * 30 + 1000)
        #expect(estimate.seconds == (23_000 - 2000) / 100)
    }

    @Test func `while the bucket is full enough, it is the answers that take time`() {
        let estimate = CallPlanner(pace: Self.pace(full: 100_000)).calls(Self.prices(600))
        #expect(abs(estimate.seconds - Double(600 + 2 * 18) * 0.2 / 6) < 0.001)
    }

    @Test(arguments: [(1, 1), (100, 1), (200, 2), (400, 4), (100_000, 4)])
    func `lines are shared out to as many operations as pay, and to no more than may run`(lines: Int, operations: Int) {
        #expect(CallPlanner(pace: Self.pace()).operations(lines) == operations)
    }

    @Test(arguments: [
        (products: 10, rate: 100.0, way: CallPlanner.Way.calls), (10_000, 100, .bulk), (10_000, 1000, .calls),
        (10_000, 2000, .calls), (600, 100, .bulk), (600, 200, .calls),
    ])
    func `which way ends sooner follows from the store's own bucket`(
        products: Int,
        rate: Double,
        way: CallPlanner.Way
    ) {
        #expect(CallPlanner(pace: Self.pace(restoring: rate, full: rate * 20)).way(for: Self.prices(products)) == way)
    }

    @Test func `few corrections in a huge store are not worth passing over it`() {
        let planner = CallPlanner(pace: Self.pace())
        #expect(planner.way(for: Self.prices(2000, store: 6000)) == .bulk)
        #expect(planner.way(for: Self.prices(2000, store: 1_000_000)) == .calls)
    }

    @Test(arguments: 0..<200)
    func `laws: more work takes no less, a richer bucket no more, and the sooner way is chosen`(seed: UInt64) {
        var random = SplitMix(state: seed)
        var pace = Self.pace(restoring: random.between(10, 2000), full: random.between(0, 20_000))
        pace.linesPerSecond = random.between(0.5, 50)
        pace.exportedPerSecond = random.between(50, 5000)
        pace.secondsPerCall = random.between(0.05, 2)
        var work = Self.prices(1 + Int(random.between(0, 30_000)))
        work.products = Int(random.between(0, 500))
        work.productCalls = work.products
        let planner = CallPlanner(pace: pace)
        let (calls, bulk) = (planner.calls(work), planner.bulk(work))
        #expect((planner.way(for: work) == .bulk) == (bulk.seconds < calls.seconds))

        var more = work
        more.variants += 100
        more.variantCalls += 40
        #expect(planner.calls(more).points > calls.points)
        #expect(planner.calls(more).seconds >= calls.seconds)

        pace.restoreRate *= 2
        #expect(CallPlanner(pace: pace).calls(work).seconds <= calls.seconds)
        #expect(CallPlanner(pace: pace).bulk(work).seconds <= bulk.seconds)
        // What runs inside an operation draws no points, so its points don't grow with the corrections.
        #expect(bulk.points <= Double(2 + 2 * pace.bulkInFlight) * pace.pointsPerBulk)
    }
}

/// The usual small generator (SplitMix64).
private struct SplitMix {
    var state: UInt64

    mutating func between(_ low: Double, _ high: Double) -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return low + Double(mixed >> 11) / Double(1 << 53) * (high - low)
    }
}
