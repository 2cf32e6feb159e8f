import Catalog
import Runs

/// What the calls to one store learn together: whether it is still worth asking, what was sent, and its clock.
actor StoreHealth {
    private let shop: ShopDomain
    private let limits: AdminLimits
    private var stopped: StoreError?
    private var failuresInARow = 0
    private var wave = 0
    private var retriesLeft: Int
    private(set) var counters = StoreCounters()
    private(set) var storeClock: Timestamp?

    init(shop: ShopDomain, limits: AdminLimits) {
        self.shop = shop
        self.limits = limits
        retriesLeft = limits.retriesPerRun
    }

    /// Lets a call through, unless the store was given up; the number goes to ``serverFailed(inWave:reason:)``.
    func admit() throws(StoreError) -> Int {
        if let stopped { throw stopped }
        return wave
    }

    /// Gives the store up: every later call fails with this at once, and nothing more is sent (FAULTS AP-6).
    func stop(with error: StoreError) {
        if stopped == nil { stopped = error }
    }

    /// Counts a failure of the server; whether the circuit breaker is open now.
    ///
    /// Calls that were under way together fail together: such a wave counts once, so a hiccup of a second that hits six
    /// calls is not five failures in a row.
    func serverFailed(inWave sentIn: Int, reason: String) -> Bool {
        if sentIn == wave {
            wave += 1
            failuresInARow += 1
        }
        guard failuresInARow >= limits.breakerAfter else { return false }
        stop(
            with: .unavailable(
                shop: shop,
                operation: "every call",
                reason: "\(failuresInARow) failures in a row, the last one: \(reason)"
            )
        )
        return true
    }

    /// Ends the row of failures.
    func answered() {
        failuresInARow = 0
    }

    /// Takes one repetition out of the run's budget; `false` where none is left.
    func spendRetry() -> Bool {
        guard retriesLeft > 0 else { return false }
        retriesLeft -= 1
        return true
    }

    /// Counts a call that is being sent.
    func countSending(_ operation: AdminOperation) {
        if operation.changesStore {
            counters.mutations += 1
        } else {
            counters.queries += 1
        }
    }

    /// Counts a throttled answer.
    func countThrottled() {
        counters.throttled += 1
    }

    /// Counts what a call took out of the bucket.
    func count(_ report: CostReport?) {
        guard let actual = report?.actual else { return }
        counters.points += Int(actual.rounded(.up))
    }

    /// Keeps the time of the last answer.
    func tell(storeClock time: Timestamp?) {
        if let time { storeClock = time }
    }
}
