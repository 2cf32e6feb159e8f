import Catalog
import ShopifyAdmin
import Synchronization

/// A clock that jumps over every wait and remembers it.
final class JumpingClock: Sendable {
    private let state = Mutex<(elapsed: Duration, waits: [Duration])>((.zero, []))
    private let chance: Double
    static let start = Timestamp(seconds: 1_795_424_400)

    init(chance: Double = 0.5) {
        self.chance = chance
    }

    var waits: [Duration] { state.withLock { $0.waits } }
    var elapsed: Duration { state.withLock { $0.elapsed } }

    func advance(by duration: Duration) {
        state.withLock { $0.elapsed += duration }
    }

    var clock: AdminClock {
        AdminClock(
            now: { Self.start + self.elapsed },
            elapsed: { self.elapsed },
            sleep: { wait in
                try Task.checkCancellation()
                self.state.withLock {
                    $0.elapsed += wait
                    $0.waits.append(wait)
                }
            },
            random: { self.chance }
        )
    }
}
