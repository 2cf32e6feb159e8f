public import Catalog
import FoundationEssentials
public import Mail
import Reconciliation
import Reporting
public import Runs

extension DatabaseLedger {
    /// See ``Runs/Ledger``.
    public func begin(_ run: RunStart, lock: RunLock) async throws(LedgerError) {
        try await write(run.team, lock: lock) { connection, key throws(DatabaseError) in
            try connection.execute(
                .closeDeadRuns,
                [.uuid(key), .text(lock.scope.storedText), .timestamp(run.startedAt)]
            )
            try connection.execute(
                .insertRun,
                [
                    .uuid(key), .uuid(run.id.uuid), .text(run.command), .timestamp(run.startedAt), .text(run.version),
                    .text(run.holder), .text(lock.scope.storedText), .integer(lock.fence),
                    .texts(run.stages.map(\.rawValue).sorted()),
                ]
            )
        }
    }

    /// See ``Runs/Ledger``.
    public func finish(
        _ run: RunID,
        status: String,
        detail: String,
        at time: Timestamp,
        post: ReportMail.Post,
        lock: RunLock
    ) async throws(LedgerError) {
        try await write(lock.scope.team, lock: lock) { connection, key throws(DatabaseError) in
            let closed = try connection.execute(
                .finishRun,
                [.uuid(key), .uuid(run.uuid), .timestamp(time), .text(status), .text(detail)]
            )
            guard closed == 1 else {
                throw DatabaseError.unreadable(statement: "FinishRun", detail: "there is no run \(run)")
            }
            _ = try connection.post(post.drafts, of: key)
            try connection.remember(post.memory, of: key)
        }
    }

    /// See ``Runs/Ledger``.
    public func runs(of team: TeamID, limit: Int) async throws(LedgerError) -> [RunRecord] {
        try await read(team) { connection, key throws(DatabaseError) in
            try connection.runs(of: team, key, idPrefix: "", limit: limit)
        }
    }

    /// See ``Runs/Ledger``; where several ids begin so, ``LedgerError/refused(_:)``.
    public func run(_ team: TeamID, idPrefix: String) async throws(LedgerError) -> RunRecord? {
        try await read(team) { connection, key throws(DatabaseError) in
            let found = try connection.runs(of: team, key, idPrefix: idPrefix, limit: 2)
            guard found.count < 2 else {
                throw DatabaseError.ruleBroken(
                    "several runs begin with \(idPrefix): name more signs of the one you mean"
                )
            }
            return found.first
        }
    }
}

extension PostgresConnection {
    fileprivate func runs(of team: TeamID, _ key: UUID, idPrefix: String, limit: Int) throws(DatabaseError)
        -> [RunRecord]
    {
        let heads = try rows(.selectRuns, [.uuid(key), .text(idPrefix), .integer(limit)]) { row throws(DatabaseError) in
            RunRecord(
                id: try row.runID("run_id"),
                team: team,
                command: try row.text("command"),
                startedAt: try row.timestamp("started_at"),
                endedAt: try row.optionalTimestamp("ended_at"),
                status: try row.text("status"),
                detail: try row.text("detail"),
                destinations: []
            )
        }
        let ids = heads.map(\.id.text)
        let parts = try rows(.selectRunDestinations, [.uuid(key), .texts(ids)]) { row throws(DatabaseError) in
            (run: try row.runID("run_id"), part: try row.runDestination())
        }
        let byRun = Dictionary(grouping: parts, by: \.run)
        return heads.map { head in
            RunRecord(
                id: head.id,
                team: team,
                command: head.command,
                startedAt: head.startedAt,
                endedAt: head.endedAt,
                status: head.status,
                detail: head.detail,
                destinations: byRun[head.id, default: []].map(\.part)
            )
        }
    }
}

extension Row {
    func runDestination() throws(DatabaseError) -> RunDestinationRecord {
        var summary = DestinationSummary()
        summary.sourceVariants = try count("source_variants")
        summary.sourceBlanks = try count("source_blanks")
        summary.sourceDuplicates = try count("source_duplicates")
        summary.destinationVariants = try count("destination_variants")
        summary.destinationBlanks = try count("destination_blanks")
        summary.destinationDuplicates = try count("destination_duplicates")
        summary.matched = try count("matched")
        summary.skus = try counts("sku_outcomes")
        summary.corrections = try counts("corrections_by_field")
        summary.applied = try count("applied")
        summary.failed = try count("failed")
        summary.left = try count("left_over")
        summary.planned = try count("planned")
        summary.heldFields = try count("held_fields")
        summary.refusedFields = try count("refused_fields")
        summary.mutations = try count("mutations")
        let hash = try optionalText("plan_hash")
        return RunDestinationRecord(
            shop: try shop("shop"),
            status: try text("status"),
            detail: try text("detail"),
            plan: try hash.map { text throws(DatabaseError) in try made(PlanHash(text), "plan_hash") },
            summary: summary
        )
    }
}

extension SQLStatement {
    fileprivate static let closeDeadRuns = SQLStatement("CloseDeadRuns", PackageResources.CloseDeadRuns_sql)
    fileprivate static let insertRun = SQLStatement("InsertRun", PackageResources.InsertRun_sql)
    fileprivate static let finishRun = SQLStatement("FinishRun", PackageResources.FinishRun_sql)
    fileprivate static let selectRuns = SQLStatement("SelectRuns", PackageResources.SelectRuns_sql)
    fileprivate static let selectRunDestinations = SQLStatement(
        "SelectRunDestinations",
        PackageResources.SelectRunDestinations_sql
    )
}
