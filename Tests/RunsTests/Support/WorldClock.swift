import Catalog
import Foundation
import Runs
import ShopifyAdmin
import Synchronization

/// One clock for a whole pretend world: waits jump over it, tests push it.
final class WorldClock: Sendable {
    /// A Monday afternoon in the business week, so that a rate of the day before is fresh.
    static let start = Timestamp(seconds: 1_795_446_000)

    private let state = Mutex((elapsed: Duration.zero, skew: Duration.zero))

    /// The stores' time.
    var now: Timestamp { state.withLock { Self.start + $0.elapsed } }
    /// This machine's time.
    var local: Timestamp { state.withLock { Self.start + $0.elapsed + $0.skew } }

    func advance(by duration: Duration) { state.withLock { $0.elapsed += duration } }

    /// Sets this machine's clock ahead of the stores'.
    func setSkew(_ skew: Duration) { state.withLock { $0.skew = skew } }

    var run: RunClock { RunClock(now: { self.local }) }

    var date: Date { Date(timeIntervalSince1970: TimeInterval(now.seconds)) }

    var admin: AdminClock {
        AdminClock(
            now: { self.local },
            elapsed: { self.state.withLock { $0.elapsed } },
            sleep: { wait in
                try Task.checkCancellation()
                self.advance(by: wait)
            },
            random: { 0.5 }
        )
    }
}
