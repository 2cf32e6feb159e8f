import Foundation

/// One session of the ledger on a thread of its own; work on it is done one piece after the other.
///
/// A transaction's body runs on that thread without suspending, so nothing of another caller can come in between, and it can
/// be repeated as a whole. Cancelling a task does not cut a statement off: what was begun in the ledger is finished.
actor PostgresSession {
    private let thread: SessionThread
    private let address: DatabaseAddress
    private let setup: SessionSetup
    private let retry: RetryPolicy
    private var open: OpenConnection?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Prepares a session; it is opened by its first use.
    init(to address: DatabaseAddress, setup: SessionSetup, retry: RetryPolicy = RetryPolicy()) {
        self.address = address
        self.setup = setup
        self.retry = retry
        thread = SessionThread(name: "synctec-ledger")
    }

    /// Runs `body` on the open session, outside of any transaction; opens the session first where needed.
    func perform<Value: Sendable>(
        _ body: @Sendable (borrowing PostgresConnection) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value {
        try openIfNeeded()
        return try whileOpen(body)
    }

    /// Runs `body` only if the session was never lost since it was opened.
    func whileOpen<Value: Sendable>(
        _ body: @Sendable (borrowing PostgresConnection) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value {
        do throws(DatabaseError) {
            return try withConnection(body)
        } catch {
            if error.isLostConnection { open = nil }
            throw error
        }
    }

    /// Ends the session; its locks are free then.
    func close() {
        open = nil
    }

    /// Runs `body` in a transaction and commits.
    ///
    /// After a deadlock, a serialisation failure, or a session that broke before COMMIT, all of `body` is repeated (FAULTS
    /// DB-6). If the session breaks during COMMIT, a new one asks what became of the transaction, and only one that was rolled
    /// back is repeated (FAULTS DB-2).
    func transaction<Value: Sendable>(
        _ scope: TransactionScope,
        _ body: @Sendable (borrowing PostgresConnection) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value {
        var repetitions = 0
        var losses = 0
        while true {
            do throws(DatabaseError) {
                try openIfNeeded(patiently: losses > 0)
                switch try attempt(scope, body) {
                case .committed(let value): return value
                case .unknown(let value, let transaction, let detail):
                    open = nil
                    if try wasCommitted(transaction, detail) { return value }
                    losses += 1
                    guard losses <= retry.repetitionsAfterLoss else {
                        throw DatabaseError.connectionLost(statement: "COMMIT", detail: detail)
                    }
                }
            } catch {
                if error.isLostConnection {
                    open = nil
                    losses += 1
                    guard losses <= retry.repetitionsAfterLoss else { throw error }
                } else if error.asksForRepetition, repetitions < retry.repetitions {
                    repetitions += 1
                    wait(retry.repetitionWait * repetitions)
                } else {
                    throw error
                }
            }
        }
    }

    private func attempt<Value>(
        _ scope: TransactionScope,
        _ body: (borrowing PostgresConnection) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> TransactionEnd<Value> {
        try withConnection { connection throws(DatabaseError) in
            try connection.execute(scope.isReadOnly ? .beginReadOnly : .begin)
            let value: Value
            var transaction = ""
            do throws(DatabaseError) {
                try connection.enter(scope)
                value = try body(connection)
                if !scope.isReadOnly {
                    transaction =
                        try connection.first(.currentTransaction) { row throws(DatabaseError) in
                            try row.text("transaction")
                        } ?? ""
                }
            } catch {
                if !error.isLostConnection { try connection.execute(.rollback) }
                throw error
            }
            do throws(DatabaseError) {
                try connection.commit()
                return .committed(value)
            } catch {
                guard error.isLostConnection, !scope.isReadOnly else { throw error }
                return .unknown(value, transaction: transaction, detail: "\(error)")
            }
        }
    }

    /// Asks a new session what became of a transaction whose COMMIT got no answer.
    private func wasCommitted(_ transaction: String, _ detail: String) throws(DatabaseError) -> Bool {
        do throws(DatabaseError) {
            try openIfNeeded(patiently: true)
            for attempt in 1...50 {
                switch try status(of: transaction) {
                case "committed": return true
                case "aborted": return false
                case "in progress": wait(.milliseconds(10) * attempt)
                default: throw DatabaseError.outcomeUnknown(transaction: transaction, detail: "the server forgot it")
                }
            }
            throw DatabaseError.outcomeUnknown(transaction: transaction, detail: "it is still in progress")
        } catch {
            open = nil
            if case .outcomeUnknown = error { throw error }
            throw .outcomeUnknown(transaction: transaction, detail: "\(detail); \(error)")
        }
    }

    /// What the server says of a transaction; `nil` where it does not know it.
    private func status(of transaction: String) throws(DatabaseError) -> String? {
        let words = try withConnection { connection throws(DatabaseError) in
            try connection.rows(.transactionStatus, [.text(transaction)]) { row throws(DatabaseError) in
                try row.optionalText("status") ?? ""
            }
        }
        return words.first
    }

    private func openIfNeeded(patiently: Bool = false) throws(DatabaseError) {
        guard open == nil else { return }
        var waits = (patiently ? retry.reconnectWaits : [])[...]
        while true {
            do throws(DatabaseError) {
                let opened = try OpenConnection(to: address, answerLimit: retry.answerLimit)
                for statement in setup.statements { try opened.connection.execute(statement) }
                open = opened
                return
            } catch {
                guard let next = waits.popFirst() else { throw error }
                wait(next)
            }
        }
    }

    private func withConnection<Value>(
        _ body: (borrowing PostgresConnection) throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value {
        guard let open else { throw .connectionLost(statement: "the session", detail: "it is closed") }
        return try body(open.connection)
    }

    private func wait(_ duration: Duration) {
        Thread.sleep(forTimeInterval: duration / .seconds(1))
    }
}

/// Holds the connection that the session may have: an optional value that cannot be copied is awkward to lend.
private final class OpenConnection {
    let connection: PostgresConnection

    init(to address: DatabaseAddress, answerLimit: Duration) throws(DatabaseError) {
        connection = try PostgresConnection(to: address, answerLimit: answerLimit)
    }
}

private enum TransactionEnd<Value> {
    case committed(Value)
    /// COMMIT was sent and no answer came.
    case unknown(Value, transaction: String, detail: String)
}

extension PostgresConnection {
    /// Makes the team's rows visible, and makes sure of the run's locks.
    fileprivate func enter(_ scope: TransactionScope) throws(DatabaseError) {
        if let team = scope.team { try execute(.setTeam, [.uuid(team)]) }
        for fence in scope.fences {
            let number = try first(.checkFence, [.uuid(fence.team), .text(fence.scope)]) { row throws(DatabaseError) in
                try row.integer("number")
            }
            guard number == fence.number else {
                let detail =
                    number.map { "it was taken over under number \($0), ours is \(fence.number)" } ?? "it is gone"
                throw .lockLost(scope: fence.scope, detail: detail)
            }
        }
    }

    /// Commits; a server that answers ROLLBACK has kept nothing.
    fileprivate func commit() throws(DatabaseError) {
        let tag = try commandTag(.commit)
        guard tag == "COMMIT" else {
            throw .refused(statement: "COMMIT", sqlState: "25P02", detail: "the server answered \(tag)")
        }
    }
}
