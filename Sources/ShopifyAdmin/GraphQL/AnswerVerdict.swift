import Runs

/// What became of one sending of a call.
enum AnswerVerdict: Sendable {
    /// All layers are without an error.
    case good(AdminAnswer)
    /// The store had no room for it; it says how long to wait, or does not.
    case throttled(after: Duration?, reason: String)
    /// Something that may pass.
    case trouble(Trouble)
    /// An earlier sending under the same idempotency key is still being worked on.
    case keyInFlight
    /// 401.
    case tokenRefused
    /// A repetition cannot heal it. `mayHaveActed` says whether a mutation may have been carried out all the same.
    case failed(StoreError, mayHaveActed: Bool)

    /// A failure that may pass.
    struct Trouble: Sendable {
        let reason: String
        /// Whether the store may have received and carried out the call.
        let mayHaveActed: Bool
        /// Whether it counts for the circuit breaker.
        let isServerFailure: Bool
    }
}
