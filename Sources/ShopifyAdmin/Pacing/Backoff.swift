/// How long to wait before a repetition: longer each time, and by chance, so that many callers don't come back together.
enum Backoff {
    /// The longest wait of its own accord.
    static let longest: Duration = .seconds(30)
    /// The longest wait a store may ask for (`Retry-After`).
    static let longestAsked: Duration = .seconds(600)

    /// Full jitter: anything from 0 to twice as long as the time before, 1 s at first.
    static func wait(attempt: Int, random: Double) -> Duration {
        let ceiling = min(longest, .seconds(1) * (1 << min(max(attempt - 1, 0), 10)))
        return ceiling * random
    }

    /// After throttling: what the store asked for, or the second that Shopify recommends, and jitter on top.
    static func throttledWait(attempt: Int, asked: Duration?, random: Double) -> Duration {
        min(longestAsked, asked ?? .seconds(1)) + wait(attempt: attempt, random: random)
    }
}
