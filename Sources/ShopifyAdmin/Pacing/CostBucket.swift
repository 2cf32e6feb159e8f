/// The store's leaky bucket of query cost, as far as it can be known from here; shared by all requests to one store.
///
/// Shopify takes `requestedQueryCost` out of the bucket before a call runs and throttles where it does not hold that much
/// (Admin API, "API limits"). So every call waits until it does. The figures come from the answers, never from constants;
/// until the first answer one call goes at a time.
actor CostBucket {
    /// Points set aside for a call under way.
    struct Reservation: Sendable {
        fileprivate let cost: Double
    }

    private let clock: AdminClock
    private let requestsInFlight: Int
    private let places = Turnstile(places: 1)
    private let turn = Turnstile(places: 1)
    private var status: (maximum: Double, available: Double, restoreRate: Double, at: Duration)?
    private var outstanding = 0.0
    /// Whoever waits for a call under way to be settled.
    private var settlements: [CheckedContinuation<Void, Never>] = []
    private var learned: [String: Double] = [:]

    init(clock: AdminClock, requestsInFlight: Int) {
        self.clock = clock
        self.requestsInFlight = requestsInFlight
    }

    /// The size of the bucket; 1,000 points, the most of one call, until the store has named it.
    var maximum: Int { Int(status?.maximum ?? 1000) }

    /// Points in the bucket now and those it gains each second; `nil` until the store has named them.
    var standing: (available: Double, restoreRate: Double)? {
        status.map { (level(of: $0), $0.restoreRate) }
    }

    /// Waits for a place among the requests in flight and for enough points, first come, first served.
    ///
    /// Whoever got a reservation must ``settle(_:of:with:)`` it.
    func reserve(_ operation: AdminOperation) async throws(CancellationError) -> Reservation {
        await places.enter()
        await turn.enter()
        let cost = learned[operation.name] ?? operation.estimatedCost
        while true {
            if isSpokenFor(cost) {
                await withCheckedContinuation { settlements.append($0) }
                continue
            }
            guard let wait = wait(for: cost) else { break }
            do {
                try await clock.sleep(wait)
            } catch {
                await turn.leave()
                await places.leave()
                throw CancellationError()
            }
        }
        if let known = status {
            status = (known.maximum, level(of: known) - cost, known.restoreRate, clock.elapsed())
        }
        outstanding += cost
        await turn.leave()
        return Reservation(cost: cost)
    }

    /// Gives the place back and takes over what the answer said; `nil` where no answer said anything.
    func settle(_ reservation: Reservation, of operation: AdminOperation, with report: CostReport?) async {
        outstanding = max(0, outstanding - reservation.cost)
        let waiting = settlements
        settlements = []
        for waiter in waiting { waiter.resume() }
        if let report {
            learned[operation.name] = max(learned[operation.name] ?? 0, report.requested)
            status = (
                report.maximum, report.available - outstanding, max(report.restoreRate, 1), clock.elapsed()
            )
            await places.setPlaces(requestsInFlight)
        }
        await places.leave()
    }

    /// Whether calls under way may still take so much that even a full bucket would not hold that many points.
    ///
    /// When the store takes them nobody here knows: points that were restored meanwhile may be theirs.
    private func isSpokenFor(_ cost: Double) -> Bool {
        guard let status, outstanding > 0 else { return false }
        return min(cost, status.maximum) > status.maximum - outstanding
    }

    /// How long until the bucket holds that many points, by what is known; `nil` where it does.
    private func wait(for cost: Double) -> Duration? {
        guard let status else { return nil }
        let lacking = min(cost, status.maximum) - level(of: status)
        guard lacking > 0.000_1 else { return nil }
        return .seconds(lacking / status.restoreRate) + .milliseconds(1)
    }

    private func level(of status: (maximum: Double, available: Double, restoreRate: Double, at: Duration)) -> Double {
        let passed = (clock.elapsed() - status.at) / .seconds(1)
        return min(status.maximum, status.available + passed * status.restoreRate)
    }
}
