import Catalog
import Runs
import Transport

/// Sends GraphQL calls to one store: paces them, judges the answers in four layers, and repeats what may be repeated.
///
/// A query may be sent again after any failure that may pass. A mutation is sent again only where nothing was sent, or
/// where it carries an idempotency key; else a lost answer is ``StoreError/unknownOutcome(shop:operation:reason:)``.
struct GraphQLClient: Sendable {
    let endpoint: AdminEndpoint
    let token: AdminToken
    let transport: any HTTPExchanging
    let clock: AdminClock
    let limits: AdminLimits
    let bucket: CostBucket
    let health: StoreHealth
    /// What calls and bulk operations took so far.
    let pace = PaceMemory()

    var shop: ShopDomain { endpoint.shop }

    /// Sends a call until it is answered, its repetitions are used up, or it cannot succeed.
    ///
    /// `units` is how many things it asks for, by which its cost is learnt.
    func perform(
        _ operation: AdminOperation,
        _ variables: JSONValue = [:],
        units: Int = 1
    ) async throws(StoreError) -> AdminAnswer {
        let body = JSONValue.object([
            JSONMember("query", .string(operation.document)), JSONMember("operationName", .string(operation.name)),
            JSONMember("variables", variables),
        ]).bytes
        var call = CallState()
        while true {
            do throws(StoreError) {
                if let answer = try await attempt(operation, body: body, units: units, call: &call) { return answer }
            } catch {
                // Whatever ended the call: a sending before may have been carried out, and that is what counts.
                guard operation.isMutation, call.mayHaveActed, !error.isAboutKey else { throw error }
                throw .unknownOutcome(shop: shop, operation: operation.name, reason: error.description)
            }
        }
    }

    /// One sending; `nil` where the call is to be sent again.
    private func attempt(
        _ operation: AdminOperation,
        body: [UInt8],
        units: Int,
        call: inout CallState
    ) async throws(StoreError) -> AdminAnswer? {
        if Task.isCancelled { throw .cancelled(shop: shop) }
        let reservation: CostBucket.Reservation
        do {
            reservation = try await bucket.reserve(operation)
        } catch {
            throw .cancelled(shop: shop)
        }
        let wave: Int
        let lease: AdminToken.Lease
        do throws(StoreError) {
            wave = try await health.admit()
            lease = try await token.lease()
        } catch {
            await bucket.settle(reservation, of: operation, with: nil)
            throw error
        }
        await health.countSending(operation)
        let begin = clock.elapsed()
        let result = await transport.exchange(request(body, token: lease.text))
        let (verdict, cost) = AnswerReading(shop: shop, operation: operation).verdict(on: result)
        await bucket.settle(reservation, of: operation, with: cost)
        await health.count(cost)
        await pace.learn(operation, cost: cost?.actual, units: units, took: clock.elapsed() - begin)
        return try await act(on: verdict, wave: wave, lease: lease, operation: operation, call: &call)
    }

    private func act(
        on verdict: AnswerVerdict,
        wave: Int,
        lease: AdminToken.Lease,
        operation: AdminOperation,
        call: inout CallState
    ) async throws(StoreError) -> AdminAnswer? {
        switch verdict {
        case .good(let answer):
            await health.answered()
            await health.tell(storeClock: answer.date)
            return answer
        case .throttled(let asked, let reason):
            await health.answered()
            await health.countThrottled()
            if operation.repetition == .never { call.mayHaveActed = true }
            call.throttled += 1
            let wait = Backoff.throttledWait(attempt: call.throttled, asked: asked, random: clock.random())
            let left = call.throttled < limits.throttledAttemptsPerCall && operation.repetition != .never
            try await pause(wait, if: left, operation: operation, reason: "throttled: \(reason)")
        case .keyInFlight:
            call.mayHaveActed = true
            try await pauseAfterFailure(operation, reason: "its key is still in use", call: &call)
        case .trouble(let trouble):
            if trouble.mayHaveActed { call.mayHaveActed = true }
            if trouble.isServerFailure, await health.serverFailed(inWave: wave, reason: trouble.reason) {
                throw .unavailable(shop: shop, operation: operation.name, reason: trouble.reason)
            }
            let repeats =
                !trouble.mayHaveActed || operation.repetition == .always || operation.repetition == .underItsKey
            guard repeats else { throw .unavailable(shop: shop, operation: operation.name, reason: trouble.reason) }
            try await pauseAfterFailure(operation, reason: trouble.reason, call: &call)
        case .tokenRefused:
            guard !call.renewedToken, await token.renew(after: lease) else {
                await health.stop(with: .unauthorized(shop: shop))
                throw .unauthorized(shop: shop)
            }
            call.renewedToken = true
        case .failed(let error, let mayHaveActed):
            if mayHaveActed { call.mayHaveActed = true }
            if error.closesStore { await health.stop(with: error) }
            throw error
        }
        return nil
    }

    /// Waits out a ``WriteRefusal`` that says an earlier sending under the key is still being worked on.
    func pauseForKey(attempt: Int, operation: AdminOperation) async throws(StoreError) {
        var call = CallState()
        call.failures = attempt - 1
        try await pauseAfterFailure(operation, reason: "its idempotency key is still in use", call: &call)
    }

    private func pauseAfterFailure(
        _ operation: AdminOperation,
        reason: String,
        call: inout CallState
    ) async throws(StoreError) {
        call.failures += 1
        let wait = Backoff.wait(attempt: call.failures, random: clock.random())
        try await pause(wait, if: call.failures < limits.attemptsPerCall, operation: operation, reason: reason)
    }

    private func pause(
        _ wait: Duration,
        if isAllowed: Bool,
        operation: AdminOperation,
        reason: String
    ) async throws(StoreError) {
        guard isAllowed, await health.spendRetry() else {
            throw .unavailable(shop: shop, operation: operation.name, reason: reason)
        }
        do {
            try await clock.sleep(wait)
        } catch {
            throw .cancelled(shop: shop)
        }
    }

    private func request(_ body: [UInt8], token: String) -> HTTPRequest {
        HTTPRequest(
            .post,
            url: endpoint.graphQL,
            headers: [
                HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", "application/json"),
                HTTPHeader("X-Shopify-Access-Token", token),
            ],
            body: .bytes(body),
            reach: endpoint.reach
        )
    }
}

/// What happened to one call so far.
private struct CallState {
    var failures = 0
    var throttled = 0
    var renewedToken = false
    var mayHaveActed = false
}

extension StoreError {
    /// Whether nothing more can succeed at the store, so that nothing more is sent to it.
    fileprivate var closesStore: Bool {
        switch self {
        case .unauthorized, .closed, .otherVersion, .otherShop, .untrusted: true
        default: false
        }
    }

    fileprivate var isAboutKey: Bool {
        switch self {
        case .keyMisused, .keySpent, .otherVersion: true
        default: false
        }
    }
}
