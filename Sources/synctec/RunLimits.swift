import ArgumentParser
import Runs
import Settings
import SystemdNotify

/// How long a run may wait for another one, and how long it may take.
struct RunLimits: Sendable {
    /// How long to wait for another run of the team; zero: not at all (FAULTS SC-1).
    var wait: Duration = .zero
    /// When the run is stopped in order, waiting included; `nil`: never (FAULTS SC-5).
    var deadline: Duration?

    /// Between two looks whether the other run has ended.
    private static let pause: Duration = .seconds(3)

    /// Reads an option such as `90m`.
    static func duration(_ text: String) throws -> Duration {
        guard let duration = Duration(settingsText: text), duration > .zero else {
            throw ValidationError("\(text) is no duration: a whole number and s, m, h or d, such as 90m")
        }
        return duration
    }

    /// Runs `body` within the limits: again and again while another run holds the lock, and stopped at the deadline.
    func within<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        guard let deadline else { return try await waiting(since: start, body) }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await waiting(since: start, body) }
            group.addTask {
                try await Task.sleep(for: deadline, clock: .continuous)
                return nil
            }
            defer { group.cancelAll() }
            while let first = try await group.next() {
                if let value = first {
                    warnIfClose(ContinuousClock.now - start, to: deadline)
                    return value
                }
                let text = "deadline reached: what is under way is finished, the rest is left"
                Console.log(JournalEntry(text, priority: .error))
                Console.tell([.stopping])
                group.cancelAll()
            }
            throw CancellationError()
        }
    }

    private func waiting<Value: Sendable>(
        since start: ContinuousClock.Instant,
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        var isTold = false
        while true {
            do {
                return try await body()
            } catch RunError.ledger(.locked(let scope, let holder)) where ContinuousClock.now - start < wait {
                if !isTold {
                    let text = "waiting: \(scope) is locked by \(holder)"
                    Console.log(JournalEntry(text, priority: .notice))
                    Console.tell([.status(text)])
                    isTold = true
                }
                do {
                    try await Task.sleep(for: Self.pause, clock: .continuous)
                } catch {
                    throw CommandFailure(.interrupted, "stopped while it waited for another run; nothing was contacted")
                }
            }
        }
    }

    /// A run that fills its time will be cut short soon.
    private func warnIfClose(_ taken: Duration, to deadline: Duration) {
        guard taken * 10 > deadline * 8 else { return }
        let text =
            "the run took over 80 % of its deadline: \(taken.components.seconds) of \(deadline.components.seconds) s; "
            + "start it less often and give it more time"
        Console.log(JournalEntry(text, priority: .warning))
    }
}
