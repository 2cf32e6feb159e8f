public import Catalog
import FoundationEssentials
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    ///
    /// The very same intent a second time changes nothing; another one under its key is refused.
    public func intend(_ intent: WriteIntent, lock: RunLock) async throws(LedgerError) {
        try await write(intent.team, lock: lock) { connection, key throws(DatabaseError) in
            let corrections = String(decoding: intent.corrections, as: UTF8.self)
            let head: [SQLValue] = [.uuid(key), .text(intent.key)]
            let inserted = try connection.execute(
                .insertIntent,
                head + [
                    .uuid(intent.run.uuid), .text(intent.destination.text), .text(intent.call), .text(corrections),
                    .timestamp(intent.at),
                ]
            )
            guard inserted == 0 else { return }
            let isSame = try connection.first(
                .intentIsSame,
                head + [.text(intent.destination.text), .text(intent.call), .text(corrections)]
            ) { row throws(DatabaseError) in try row.boolean("same") }
            guard isSame == true else {
                throw DatabaseError.unreadable(
                    statement: "InsertIntent",
                    detail: "the key \(intent.key) was used before, for another write"
                )
            }
        }
    }

    /// See ``Runs/Ledger``.
    public func settle(_ intent: String, as state: WriteIntent.State, detail: String, lock: RunLock, at time: Timestamp)
        async throws(LedgerError)
    {
        try await write(lock.scope.team, lock: lock) { connection, key throws(DatabaseError) in
            let settled = try connection.execute(
                .settleIntent,
                [.uuid(key), .text(intent), .text(state.rawValue), .text(detail), .timestamp(time)]
            )
            guard settled == 1 else {
                throw DatabaseError.unreadable(statement: "SettleIntent", detail: "there is no intent \(intent)")
            }
        }
    }

    /// See ``Runs/Ledger``.
    ///
    /// Oldest first.
    public func openIntents(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [WriteIntent] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectOpenIntents, [.uuid(key), .text(destination.text)]) {
                row throws(DatabaseError) in try row.intent(of: team)
            }
        }
    }

    /// See ``Runs/Ledger``.
    public func unreportedIntents(_ team: TeamID, destination: ShopDomain)
        async throws(LedgerError) -> [UnreportedIntent]
    {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectUnreportedIntents, [.uuid(key), .text(destination.text)]) {
                row throws(DatabaseError) in
                UnreportedIntent(intent: try row.intent(of: team), state: try row.word("state"))
            }
        }
    }

    /// See ``Runs/Ledger``.
    public func exportTicket(_ team: TeamID, shop: ShopDomain) async throws(LedgerError) -> ExportTicket? {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.first(.selectExportTicket, [.uuid(key), .text(shop.text)]) { row throws(DatabaseError) in
                let operation = ResourceID(gid: try row.text("operation"), as: .bulkOperation)
                return ExportTicket(
                    operation: try row.made(operation, "operation"),
                    startedAt: try row.timestamp("started_at"),
                    query: try row.text("query")
                )
            }
        }
    }

    /// See ``Runs/Ledger``.
    public func save(_ ticket: ExportTicket?, team: TeamID, shop: ShopDomain, lock: RunLock) async throws(LedgerError) {
        try await write(team, lock: lock) { connection, key throws(DatabaseError) in
            let head: [SQLValue] = [.uuid(key), .text(shop.text)]
            if let ticket {
                try connection.execute(
                    .saveExportTicket,
                    head + [.text(ticket.operation.gid), .timestamp(ticket.startedAt), .text(ticket.query)]
                )
            } else {
                try connection.execute(.deleteExportTicket, head)
            }
        }
    }
}

extension Row {
    fileprivate func intent(of team: TeamID) throws(DatabaseError) -> WriteIntent {
        WriteIntent(
            key: try text("intent_key"),
            run: try runID("run_id"),
            team: team,
            destination: try shop("shop"),
            call: try text("call"),
            corrections: Data(try text("corrections").utf8),
            at: try timestamp("intended_at")
        )
    }
}

extension SQLStatement {
    fileprivate static let insertIntent = SQLStatement("InsertIntent", PackageResources.InsertIntent_sql)
    fileprivate static let intentIsSame = SQLStatement("IntentIsSame", PackageResources.IntentIsSame_sql)
    fileprivate static let settleIntent = SQLStatement("SettleIntent", PackageResources.SettleIntent_sql)
    fileprivate static let selectOpenIntents = SQLStatement("SelectOpenIntents", PackageResources.SelectOpenIntents_sql)
    fileprivate static let selectUnreportedIntents = SQLStatement(
        "SelectUnreportedIntents",
        PackageResources.SelectUnreportedIntents_sql
    )
    fileprivate static let selectExportTicket = SQLStatement(
        "SelectExportTicket",
        PackageResources.SelectExportTicket_sql
    )
    fileprivate static let saveExportTicket = SQLStatement("SaveExportTicket", PackageResources.SaveExportTicket_sql)
    fileprivate static let deleteExportTicket = SQLStatement(
        "DeleteExportTicket",
        PackageResources.DeleteExportTicket_sql
    )
}
