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

    var all: [RunLock] { Array(sessions.keys) }

    func session(of lock: RunLock) -> PostgresSession? {
        sessions[lock]
    }
}
