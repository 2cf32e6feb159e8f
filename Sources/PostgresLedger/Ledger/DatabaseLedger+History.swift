public import Catalog
public import ReportPage
public import Runs

extension DatabaseLedger: RunHistoryReading {
    /// See ``Runs/RunHistoryReading``.
    public func history(of team: TeamID, until time: Timestamp) async throws(LedgerError) -> RunHistory {
        try await read(team) { connection, key throws(DatabaseError) in
            let span: [SQLValue] = [.uuid(key), .timestamp(time), .integer(RunHistory.mostRuns)]
            let parts = try connection.rows(.selectDriftOfRuns, span) { row throws(DatabaseError) in
                try row.pastPart()
            }
            let repeats = try connection.repeatedDrift(
                of: key,
                until: time,
                mostRuns: RunHistory.mostRuns,
                limit: RunHistory.mostRepeats
            )
            return RunHistory(parts: parts, repeats: repeats)
        }
    }
}

extension Row {
    fileprivate func pastPart() throws(DatabaseError) -> PastPart {
        let drift = DriftCount(fields: try count("fields"), stock: try count("stock"))
        return PastPart(
            run: try runID("run_id").text,
            startedAt: try timestamp("started_at"),
            shop: try shop("shop"),
            status: try text("status"),
            drift: try boolean("compared") ? drift : nil
        )
    }
}

extension SQLStatement {
    fileprivate static let selectDriftOfRuns = SQLStatement("SelectDriftOfRuns", PackageResources.SelectDriftOfRuns_sql)
}
