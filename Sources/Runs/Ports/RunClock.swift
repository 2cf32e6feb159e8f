public import Catalog

/// Where a run has its time from: passed in, so that a simulated week takes seconds.
public struct RunClock: Sendable {
    /// The wall clock.
    public let now: @Sendable () -> Timestamp

    /// Takes the time from a closure.
    public init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }
}
