import Runs

/// The sessions that hold this process' locks.
actor HeldLocks {
    private var sessions: [RunLock: PostgresSession] = [:]

    func add(_ lock: RunLock, on session: PostgresSession) {
        sessions[lock] = session
    }

    func remove(_ lock: RunLock) -> PostgresSession? {
        sessions.removeValue(forKey: lock)
    }

    func removeAll() -> [PostgresSession] {
        defer { sessions = [:] }
        return Array(sessions.values)
    }

    func session(of lock: RunLock) -> PostgresSession? {
        sessions[lock]
    }
}
