import Runs

/// Waiting for a store, within work that a stop lets finish.
enum StoppableWait {
    /// What a stop still waits for: a short wait lets the batch under way end as it should, and be read back.
    private static let rest: Duration = .seconds(10)
    /// Between two looks whether a stop was asked for.
    private static let look: Duration = .milliseconds(500)

    /// Waits so long, unless a stop was asked for and more than ten seconds are left.
    ///
    /// - Throws: `CancellationError`.
    static func sleep(for duration: Duration) async throws {
        let end = ContinuousClock.now + duration
        while true {
            let left = end - ContinuousClock.now
            guard left > .zero else { return }
            if StopRequest.isMade, left > rest { throw CancellationError() }
            try await Task.sleep(for: min(left, look), clock: .continuous)
        }
    }
}
