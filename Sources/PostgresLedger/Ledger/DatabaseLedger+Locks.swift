public import Catalog
import FoundationEssentials
public import Runs

extension LockScope {
    /// As it stands in the tables.
    ///
    /// A shop's address has a dot, so `team` is never one.
    var storedText: String {
        switch self {
        case .team: "team"
        case .destination(_, let shop): shop.text
        }
    }
}

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    ///
    /// The lock is held by a session of its own, so that it is free when this process or its machine dies, and that
    /// session has to reach the server directly (FAULTS DB-3, SC-1).
    public func lock(_ scope: LockScope, holder: String, at time: Timestamp) async throws(LedgerError) -> RunLock {
        let session = PostgresSession(to: address, setup: .lockHolder, retry: retry)
        do throws(DatabaseError) {
            let key = try await key(of: scope.team)
            try await checkDirectness(of: session)
            try await take(scope, key, on: session)
            let fence = try await session.transaction(.writing(team: key)) { connection throws(DatabaseError) in
                try connection.first(
                    .raiseFence,
                    [.uuid(key), .text(scope.storedText), .text(holder), .timestamp(time)]
                ) { row throws(DatabaseError) in try row.integer("number") }
            }
            guard let fence else { throw DatabaseError.unreadable(statement: "RaiseFence", detail: "no row") }
            // A session that broke meanwhile was opened again by the transaction, without the lock.
            guard try await session.holdsLock(key, scope.storedText) else {
                throw DatabaseError.lockLost(scope: scope.description, detail: "its session broke while it was taken")
            }
            let lock = RunLock(scope: scope, fence: fence)
            await locks.add(lock, on: session)
            return lock
        } catch {
            await session.close()
            throw LedgerError(error, scope: scope)
        }
    }

    /// See ``Runs/Ledger``.
    public func unlock(_ lock: RunLock) async {
        guard let session = await locks.remove(lock) else { return }
        // Freed by word, not only by the end of the session, which the server may notice a moment later.
        if let key = try? await key(of: lock.scope.team) {
            _ = try? await session.whileOpen { connection throws(DatabaseError) in
                try connection.execute(.unlock, [.uuid(key), .text(lock.scope.storedText)])
            }
        }
        await session.close()
    }

    /// Makes sure that the session which holds a lock is still there, as far as this side can know without asking.
    func checkSession(of lock: RunLock) async throws(DatabaseError) {
        guard let session = await locks.session(of: lock) else {
            throw .lockLost(scope: lock.scope.description, detail: "it was freed before")
        }
        let isAlive = (try? await session.whileOpen { connection throws(DatabaseError) in connection.isAlive }) ?? false
        guard isAlive else {
            await session.close()
            throw .lockLost(scope: lock.scope.description, detail: "the session that held it is gone")
        }
    }

    /// How long a taken lock is asked for again before it counts as held by a living run.
    private static let graceForDeadSessions = Duration.seconds(2)

    private func take(_ scope: LockScope, _ key: UUID, on session: PostgresSession) async throws(DatabaseError) {
        // A session that has just died needs a moment to be noticed by the server, on a busy machine a longer one.
        let patience = ContinuousClock.now + Self.graceForDeadSessions
        while true {
            if try await session.tryLock(key, scope.storedText) { return }
            guard ContinuousClock.now < patience, !Task.isCancelled else { break }
            try? await Task.sleep(for: .milliseconds(50))
        }
        let holder = try await pool.transaction(.reading(team: key)) { connection throws(DatabaseError) in
            try connection.first(.selectFenceHolder, [.uuid(key), .text(scope.storedText)]) {
                row throws(DatabaseError) in
                "\(try row.text("holder")) since \(try row.timestamp("since"))"
            }
        }
        throw .locked(scope: scope.description, holder: holder ?? "a run that is just starting")
    }

    /// Refuses a pooler between us and the server: it could hand the session, and the lock, to others (FAULTS DB-3).
    private func checkDirectness(of session: PostgresSession) async throws(DatabaseError) {
        let (announced, first) = try await session.perform { connection throws(DatabaseError) in
            (connection.announcedProcess, try connection.backendProcess())
        }
        guard announced == first else {
            throw .poolerInBetween(detail: "the session was announced as process \(announced) and runs on \(first)")
        }
        // While another session holds a transaction, a pooler in transaction mode would have lent it the server's session.
        let second = PostgresSession(to: address, setup: .connectingUser, retry: retry)
        let other = try await second.transaction(.reading(team: nil)) { connection throws(DatabaseError) in
            try connection.backendProcess()
        }
        await second.close()
        let now = try await session.whileOpen { connection throws(DatabaseError) in try connection.backendProcess() }
        guard other != first, now == first else {
            throw .poolerInBetween(detail: "two sessions run on the server's process \(other)")
        }
    }
}

extension PostgresSession {
    fileprivate func tryLock(_ key: UUID, _ scope: String) throws(DatabaseError) -> Bool {
        try perform { connection throws(DatabaseError) in
            try connection.first(.tryLock, [.uuid(key), .text(scope)]) { row throws(DatabaseError) in
                try row.boolean("held")
            } ?? false
        }
    }

    /// Whether this very session holds the lock.
    fileprivate func holdsLock(_ key: UUID, _ scope: String) throws(DatabaseError) -> Bool {
        try whileOpen { connection throws(DatabaseError) in
            let held = try connection.first(.holdsLock, [.uuid(key), .text(scope)]) { row throws(DatabaseError) in
                try row.boolean("held")
            }
            return held ?? false
        }
    }
}

extension PostgresConnection {
    fileprivate func backendProcess() throws(DatabaseError) -> Int64 {
        try first(.backendProcess) { row throws(DatabaseError) in try row.integer("process") } ?? 0
    }
}

extension SQLStatement {
    fileprivate static let tryLock = SQLStatement("TryLock", PackageResources.TryLock_sql)
    fileprivate static let holdsLock = SQLStatement("HoldsLock", PackageResources.HoldsLock_sql)
    fileprivate static let unlock = SQLStatement("Unlock", PackageResources.Unlock_sql)
    fileprivate static let raiseFence = SQLStatement("RaiseFence", PackageResources.RaiseFence_sql)
    fileprivate static let selectFenceHolder = SQLStatement(
        "SelectFenceHolder",
        PackageResources.SelectFenceHolder_sql
    )
    fileprivate static let backendProcess = SQLStatement("BackendProcess", PackageResources.BackendProcess_sql)
}
