/// A call made under an idempotency key, remembered for a day (Admin API, "Implementing idempotency").
struct IdempotentCall {
    static let lifetime: Int64 = 86_400

    /// The field and its arguments: the same key with others is refused.
    let fingerprint: String
    let payload: Resolved
    let at: Int64
}
