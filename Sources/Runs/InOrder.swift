import Foundation
import Snapshots
import Synchronization

/// Works on numbered parts on all cores at once, and takes over what comes of them one at a time, in their order.
enum InOrder {
    /// Ends when all parts are taken over, or at the first failure.
    static func run<Part: Sendable>(
        _ count: Int,
        work: @escaping @Sendable (Int) throws(SnapshotError) -> Part,
        take: @escaping @Sendable (Part) throws(SnapshotError) -> Void
    ) async throws(SnapshotError) {
        let parts = Parts<Part>(count)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<min(count, ProcessInfo.processInfo.activeProcessorCount) {
                group.addTask {
                    do throws(SnapshotError) {
                        while let number = parts.next() { try parts.hand(over: try work(number), number, to: take) }
                    } catch {
                        parts.fail(error)
                    }
                }
            }
        }
        if let failure = parts.failure { throw failure }
    }

    /// Which parts are worked on, which wait for those before them, and who takes them over.
    private final class Parts<Part: Sendable>: Sendable {
        private struct State {
            var begun = 0
            var taken = 0
            var isTaking = false
            var waiting: [Int: Part] = [:]
            var failure: SnapshotError?
        }

        private let count: Int
        private let state = Mutex(State())

        init(_ count: Int) {
            self.count = count
        }

        var failure: SnapshotError? { state.withLock { $0.failure } }

        /// The next part to work on.
        func next() -> Int? {
            state.withLock { state in
                guard state.begun < count, state.failure == nil else { return nil }
                state.begun += 1
                return state.begun - 1
            }
        }

        func fail(_ error: SnapshotError) {
            state.withLock { $0.failure = $0.failure ?? error }
        }

        /// Leaves a part to whoever takes parts over, or takes over all that can be.
        func hand(
            over part: Part,
            _ number: Int,
            to take: (Part) throws(SnapshotError) -> Void
        ) throws(SnapshotError) {
            let isMine = state.withLock { state in
                state.waiting[number] = part
                defer { state.isTaking = true }
                return !state.isTaking
            }
            guard isMine else { return }
            while let ready = nextReady() { try take(ready) }
        }

        private func nextReady() -> Part? {
            state.withLock { state in
                guard let part = state.waiting.removeValue(forKey: state.taken) else {
                    state.isTaking = false
                    return nil
                }
                state.taken += 1
                return part
            }
        }
    }
}
