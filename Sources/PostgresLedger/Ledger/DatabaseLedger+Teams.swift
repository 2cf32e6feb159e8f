public import Catalog
import FoundationEssentials
import Pricing
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    public func createTeam(_ team: TeamID, source: StoreRecord, by actor: String, at time: Timestamp)
        async throws(LedgerError)
    {
        do {
            try await pool.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                let key = try connection.first(.newIdentifier) { row throws(DatabaseError) in try row.uuid("id") }
                guard let key else { throw DatabaseError.unreadable(statement: "NewIdentifier", detail: "no row") }
                try connection.execute(.setTeam, [.uuid(key)])
                let made = try connection.execute(
                    .insertTeam,
                    [.uuid(key), .text(team.text), .timestamp(time), .text(actor)]
                )
                guard made == 1 else {
                    throw DatabaseError.ruleBroken("there is a team \(team) already: create it under another id")
                }
                try connection.insert(source, as: .source, in: key, at: time)
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// See ``Runs/Ledger``.
    public func teams(around source: StoreRecord) async throws(LedgerError) -> [TeamID] {
        do {
            return try await pool.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                try connection.execute(.setSourceShop, [.text(String(source.id.number))])
                return try connection.rows(.selectTeamsOfSource, [.integer(source.id.number)]) {
                    row throws(DatabaseError) in
                    let address = try row.text("address")
                    guard let team = TeamID(address) else {
                        throw DatabaseError.unreadable(statement: "SelectTeamsOfSource", detail: "the id \(address)")
                    }
                    return team
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// See ``Runs/Ledger``.
    public func team(_ team: TeamID, askedBy actor: String, at time: Timestamp) async throws(LedgerError) -> TeamRecord?
    {
        do {
            return try await pool.transaction(.writing(team: nil)) { connection throws(DatabaseError) in
                // Only wrong tries are limited: a team that is there always answers.
                guard let key = try connection.teamKey(team) else {
                    try connection.noteMiss(of: team, by: actor, at: time)
                    return nil
                }
                return try connection.first(.selectTeam, [.uuid(key)]) { row throws(DatabaseError) in
                    TeamRecord(
                        id: team,
                        source: try row.store(),
                        createdAt: try row.timestamp("created_at"),
                        createdBy: try row.text("created_by")
                    )
                }
            }
        } catch {
            throw LedgerError(error)
        }
    }

    /// See ``Runs/Ledger``.
    public func pin(
        _ store: StoreRecord,
        role: StoreRole,
        in team: TeamID,
        at time: Timestamp
    ) async throws(LedgerError) -> PinResult {
        try await write(team) { connection, key throws(DatabaseError) in
            try connection.execute(.lockTeam, [.uuid(key)])
            let known = try connection.knownStores(like: store, in: key)
            if let mine = known.first(where: { $0.store.shop == store.shop }) {
                if mine.store.id.number != store.id.number { return .otherShop(pinned: mine.store.id.number) }
                if mine.role != role { return .otherRole(mine.role) }
                if mine.store.currency != store.currency { return .otherCurrency(pinned: mine.store.currency) }
                return .agrees
            }
            if let same = known.first(where: { $0.store.id.number == store.id.number }) {
                if same.role != role { return .otherRole(same.role) }
                throw DatabaseError.ruleBroken(
                    "\(store.shop) is the shop that team \(team) knows as \(same.store.shop): use that address"
                )
            }
            if role == .source, let source = known.first(where: { $0.role == .source }) {
                throw DatabaseError.ruleBroken(
                    "team \(team) has the source \(source.store.shop) already: a team has one source, found another team"
                )
            }
            try connection.insert(store, as: role, in: key, at: time)
            return .agrees
        }
    }
}

/// A store with its role in a team.
struct KnownStore: Sendable {
    let store: StoreRecord
    let role: StoreRole
}

extension PostgresConnection {
    /// The stores of a team that have the address or the number of this one, and the source.
    func knownStores(like store: StoreRecord, in key: UUID) throws(DatabaseError) -> [KnownStore] {
        try rows(.selectStores, [.uuid(key), .text(store.shop.text), .integer(store.id.number)]) {
            row throws(DatabaseError) in
            KnownStore(store: try row.store(), role: try row.word("role"))
        }
    }

    /// Records a question for a team that is not there, or refuses it where its actor asked too many of them.
    fileprivate func noteMiss(of team: TeamID, by actor: String, at time: Timestamp) throws(DatabaseError) {
        try execute(.setActor, [.text(actor)])
        let misses = try first(.countMissedLookups, [.text(actor), .timestamp(time + .seconds(-3600))]) {
            row throws(DatabaseError) in try row.integer("misses")
        }
        guard (misses ?? 0) < 10 else {
            throw .ruleBroken(
                "\(actor) asked for ten teams that do not exist within an hour: check the Team ID, and wait an hour"
            )
        }
        try execute(.insertMissedLookup, [.text(actor), .timestamp(time), .text(team.text)])
    }

    func insert(_ store: StoreRecord, as role: StoreRole, in key: UUID, at time: Timestamp) throws(DatabaseError) {
        try execute(
            .insertStore,
            [
                .uuid(key), .text(store.shop.text), .integer(store.id.number), .text(role.rawValue),
                .text(store.currency.code), .timestamp(time),
            ]
        )
    }
}

extension SQLStatement {
    fileprivate static let newIdentifier = SQLStatement("NewIdentifier", PackageResources.NewIdentifier_sql)
    fileprivate static let insertTeam = SQLStatement("InsertTeam", PackageResources.InsertTeam_sql)
    fileprivate static let selectTeam = SQLStatement("SelectTeam", PackageResources.SelectTeam_sql)
    fileprivate static let setSourceShop = SQLStatement("SetSourceShop", PackageResources.SetSourceShop_sql)
    fileprivate static let selectTeamsOfSource = SQLStatement(
        "SelectTeamsOfSource",
        PackageResources.SelectTeamsOfSource_sql
    )
    fileprivate static let setActor = SQLStatement("SetActor", PackageResources.SetActor_sql)
    fileprivate static let countMissedLookups = SQLStatement(
        "CountMissedLookups",
        PackageResources.CountMissedLookups_sql
    )
    fileprivate static let insertMissedLookup = SQLStatement(
        "InsertMissedLookup",
        PackageResources.InsertMissedLookup_sql
    )
    fileprivate static let selectStores = SQLStatement("SelectStores", PackageResources.SelectStores_sql)
    fileprivate static let insertStore = SQLStatement("InsertStore", PackageResources.InsertStore_sql)
}
