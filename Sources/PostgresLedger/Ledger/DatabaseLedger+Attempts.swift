public import Catalog
import FoundationEssentials
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    public func attempts(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [AttemptRecord] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.rows(.selectAttempts, [.uuid(key), .text(destination.text)]) { row throws(DatabaseError) in
                AttemptRecord(
                    sku: try row.made(SKU(try row.text("sku")), "sku"),
                    field: try row.word("field"),
                    kind: try row.word("kind"),
                    count: try row.count("count"),
                    detail: try row.text("detail")
                )
            }
        }
    }

    /// See ``Runs/Ledger``.
    public func save(_ attempts: [AttemptRecord], team: TeamID, destination: ShopDomain, lock: RunLock)
        async throws(LedgerError)
    {
        try await write(team, lock: lock) { connection, key throws(DatabaseError) in
            let head: [SQLValue] = [.uuid(key), .text(destination.text)]
            try connection.execute(.deleteAttempts, head)
            guard !attempts.isEmpty else { return }
            try connection.execute(
                .insertAttempts,
                head + [
                    .texts(attempts.map(\.sku.text)), .texts(attempts.map(\.field.rawValue)),
                    .texts(attempts.map(\.kind.rawValue)), .integers(attempts.map { Int64($0.count) }),
                    .texts(attempts.map(\.detail)),
                ]
            )
        }
    }
}

extension SQLStatement {
    fileprivate static let selectAttempts = SQLStatement("SelectAttempts", PackageResources.SelectAttempts_sql)
    fileprivate static let deleteAttempts = SQLStatement("DeleteAttempts", PackageResources.DeleteAttempts_sql)
    fileprivate static let insertAttempts = SQLStatement("InsertAttempts", PackageResources.InsertAttempts_sql)
}
