public import Catalog

/// Time and chance as the adapter sees them: only the command binds them to the machine's, tests let them jump.
public struct AdminClock: Sendable {
    /// The wall clock; used for the age of things only, never for waiting (FAULTS SC-2).
    public let now: @Sendable () -> Timestamp
    /// A clock that never goes back, counted from any point.
    public let elapsed: @Sendable () -> Duration
    /// Waits on the clock that never goes back; throws when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// A number of 0 or more and below 1, for jitter.
    public let random: @Sendable () -> Double

    /// Binds time and chance.
    public init(
        now: @escaping @Sendable () -> Timestamp,
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }
}
