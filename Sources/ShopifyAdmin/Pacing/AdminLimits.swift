/// How hard and how long a store is tried.
public struct AdminLimits: Sendable {
    /// Requests to one store at the same time.
    public var requestsInFlight = 6
    /// Sendings of one call that meets failures.
    public var attemptsPerCall = 5
    /// Sendings of one call that meets throttling.
    public var throttledAttemptsPerCall = 20
    /// Repetitions of all calls to one store together.
    public var retriesPerRun = 500
    /// Failures of the server one after the other that open the circuit breaker (FAULTS AP-6).
    public var breakerAfter = 5
    /// Longest wait for one bulk export before its pages are read instead (FAULTS SN-6).
    public var exportDeadline: Duration = .seconds(3 * 3600)
    /// Longest wait for other bulk operations to end.
    public var busyDeadline: Duration = .seconds(15 * 60)
    /// Bulk mutations at the same time: one fewer than the platform takes of an app (Admin API, "Import data in bulk").
    public var bulkWritesInFlight = 4
    /// Age up to which an export of an earlier run is still taken.
    public var resumableFor: Duration = .seconds(3600)
    /// Starts of an export in place of one that failed (FAULTS SN-1).
    public var exportRestarts = 2
    /// Downloads of one result file (FAULTS SN-3).
    public var downloadAttempts = 3

    /// The ordinary limits; change what has to be different.
    public init() {}
}
