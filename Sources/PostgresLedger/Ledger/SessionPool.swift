import Synchronization

/// A few sessions under the service role, each on its own thread; work goes to the least busy one.
final class SessionPool: Sendable {
    private let sessions: [PostgresSession]
    private let busy: Mutex<[Int]>

    init(to address: DatabaseAddress, count: Int, retry: RetryPolicy) {
        sessions = (0..<count).map { _ in PostgresSession(to: address, setup: .serviceRole, retry: retry) }
        busy = Mutex(Array(repeating: 0, count: count))
    }

    /// Runs a transaction on one of the sessions.
    func transaction<Value: Sendable>(
        _ scope: TransactionScope,
        _ body: @Sendable (borrowing PostgresConnection) throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        let index = busy.withLock { busy in
            let index = busy.indices.min { busy[$0] < busy[$1] } ?? 0
            busy[index] += 1
            return index
        }
        defer { busy.withLock { $0[index] -= 1 } }
        return try await sessions[index].transaction(scope, body)
    }

    /// Ends all sessions.
    func close() async {
        for session in sessions { await session.close() }
    }
}
