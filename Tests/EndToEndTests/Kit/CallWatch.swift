import Foundation
import Glibc
import SimulatedShopify

/// Does something at the moment a store has been asked something.
enum CallWatch {
    /// Waits until the counters are so, looking ten thousand times a second; false where they were not within `limit`.
    static func reached(
        _ store: SimulatedStore,
        limit: Duration = .seconds(300),
        then action: @escaping @Sendable () -> Void = {},
        when condition: @escaping @Sendable (CallCounters) -> Bool
    ) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let start = ContinuousClock.now
                while ContinuousClock.now - start < limit {
                    if condition(store.counters) {
                        action()
                        return continuation.resume(returning: true)
                    }
                    usleep(100)
                }
                continuation.resume(returning: false)
            }
        }
    }
}
