import Catalog
import FoundationEssentials
public import Runs
import Synchronization

/// The ledger in Postgres: an adapter of ``Runs/Ledger``.
///
/// This module knows libpq, SQL and how a private server is kept; it knows nothing of stores, plans' insides or prices. Start
/// reading at ``open(_:retry:)``; transactions and their repetition are `PostgresSession`'s business, the tables are in
/// `Migrations`, and each statement has its own file in `SQL`.
///
/// The program connects as the owner of the schema or as a member of the role `synctec_service`, takes on that role, and names
/// the team in each transaction: without a team it sees no row and writes none (FAULTS DB-5).
public final class DatabaseLedger: Ledger {
    let address: DatabaseAddress
    let retry: RetryPolicy
    let pool: SessionPool
    let locks = HeldLocks()
    private let server: PrivateServer?
    private let teamKeys = Mutex<[TeamID: UUID]>([:])

    init(at address: DatabaseAddress, server: PrivateServer?, retry: RetryPolicy) {
        self.address = address
        self.server = server
        self.retry = retry
        pool = SessionPool(to: address, count: 3, retry: retry)
    }

    /// Frees all locks, ends all sessions, and leaves the private server, which stops when nobody else uses it.
    public func close() async throws(LedgerError) {
        for lock in await locks.all { await unlock(lock) }
        await pool.close()
        do {
            try await server?.leave()
        } catch {
            throw LedgerError(error)
        }
    }

    /// Reads in one transaction that sees the team's rows as of one moment.
    func read<Value: Sendable>(
        _ team: TeamID,
        _ body: @Sendable (borrowing PostgresConnection, UUID) throws(DatabaseError) -> Value
    ) async throws(LedgerError) -> Value {
        do {
            let key = try await key(of: team)
            return try await pool.transaction(.reading(team: key)) { connection throws(DatabaseError) in
                try body(connection, key)
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// Writes in one transaction; with a lock, only while this run holds it.
    @discardableResult
    func write<Value: Sendable>(
        _ team: TeamID,
        lock: RunLock? = nil,
        _ body: @Sendable (borrowing PostgresConnection, UUID) throws(DatabaseError) -> Value
    ) async throws(LedgerError) -> Value {
        do throws(DatabaseError) {
            let key = try await key(of: team)
            var fences: [Fence] = []
            if let lock {
                guard lock.scope.team == team else {
                    throw DatabaseError.ruleBroken("a lock on \(lock.scope) does not cover team \(team)")
                }
                try await checkSession(of: lock)
                fences.append(Fence(team: key, scope: lock.scope.storedText, number: lock.fence))
            }
            return try await pool.transaction(.writing(team: key, fences: fences)) { connection throws(DatabaseError) in
                try body(connection, key)
            }
        } catch {
            throw LedgerError(error, scope: lock?.scope)
        }
    }

    /// The inner key of a team; asked once.
    ///
    /// - Throws: ``DatabaseError/ruleBroken(_:)`` where there is no such team.
    func key(of team: TeamID) async throws(DatabaseError) -> UUID {
        if let known = teamKeys.withLock({ $0[team] }) { return known }
        let found = try await pool.transaction(.reading(team: nil)) { connection throws(DatabaseError) in
            try connection.teamKey(team)
        }
        guard let found else {
            throw .ruleBroken(
                "there is no team \(team) in this ledger: let `database` or `state` lead to the one it was founded in, "
                    + "or found it with `synctec team create`"
            )
        }
        teamKeys.withLock { $0[team] = found }
        return found
    }
}

extension PostgresConnection {
    /// Looks a team up by its address, and makes its rows visible to the rest of the transaction.
    func teamKey(_ team: TeamID) throws(DatabaseError) -> UUID? {
        try execute(.setTeamAddress, [.text(team.text)])
        let key = try first(.findTeam, [.text(team.text)]) { row throws(DatabaseError) in try row.uuid("team_id") }
        if let key { try execute(.setTeam, [.uuid(key)]) }
        return key
    }
}

extension SQLStatement {
    fileprivate static let setTeamAddress = SQLStatement("SetTeamAddress", PackageResources.SetTeamAddress_sql)
    fileprivate static let findTeam = SQLStatement("FindTeam", PackageResources.FindTeam_sql)
}
