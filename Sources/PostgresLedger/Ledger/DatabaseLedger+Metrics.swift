public import Catalog
public import Reporting
public import Runs

extension DatabaseLedger {
    /// How a team stands, from its last runs that could write; plans don't count.
    public func metrics(of team: TeamID, at time: Timestamp) async throws(LedgerError) -> TeamMetrics {
        try await read(team) { connection, key throws(DatabaseError) in
            let run = try connection.first(.selectLastRun, [.uuid(key)]) { row throws(DatabaseError) in
                try row.lastRun()
            }
            let stages: SQLValue = .texts(RunStage.allCases.map(\.rawValue))
            let parts = try connection.rows(.selectLastParts, [.uuid(key), stages]) { row throws(DatabaseError) in
                try row.lastPart()
            }
            let known = parts.filter { $0.run != nil }
            let ids: SQLValue = .texts(known.compactMap { $0.run?.text })
            let found = try connection.rows(.selectFindingCounts, [.uuid(key), ids, .texts(known.map(\.shop.text))]) {
                row throws(DatabaseError) in
                (
                    place: Place(run: try row.runID("run_id"), shop: try row.shop("shop")),
                    kind: try row.text("kind"), count: try row.count("count")
                )
            }
            let findings = Dictionary(grouping: found, by: \.place)
            let waiting = try connection.first(.waitingMail, [.uuid(key), .text("")]) { row throws(DatabaseError) in
                try row.count("waiting")
            }
            return TeamMetrics(
                team: team,
                takenAt: time,
                run: run,
                destinations: parts.map { part in
                    let kinds = part.place.flatMap { findings[$0] } ?? []
                    return part.destination(findings: Dictionary(kinds.map { ($0.kind, $0.count) }) { $0 + $1 })
                },
                mailsWaiting: waiting ?? 0
            )
        }
    }
}

/// A destination's part of a run.
private struct Place: Hashable {
    let run: RunID
    let shop: ShopDomain
}

/// A destination with its last run of a stage.
private struct LastPart {
    let shop: ShopDomain
    let stage: RunStage
    let lastGood: Timestamp?
    let run: RunID?
    let endedAt: Timestamp?
    let record: RunDestinationRecord?

    var place: Place? { run.map { Place(run: $0, shop: shop) } }

    func destination(findings: [String: Int]) -> TeamMetrics.Destination {
        let last = record.flatMap { record in
            endedAt.map { time in
                TeamMetrics.Part(
                    status: record.status,
                    code: ExitStatus.code(of: record.status),
                    endedAt: time,
                    summary: record.summary,
                    findings: findings
                )
            }
        }
        return TeamMetrics.Destination(shop: shop, stage: stage, lastGood: lastGood, last: last)
    }
}

extension ExitStatus {
    /// The number of a stored name; one that this version doesn't know is no good end.
    fileprivate static func code(of name: String) -> Int32 { (ExitStatus(rawValue: name) ?? .internal).code }
}

extension Row {
    fileprivate func lastRun() throws(DatabaseError) -> TeamMetrics.Run {
        let status = try text("status")
        return TeamMetrics.Run(
            command: try text("command"),
            status: status,
            code: ExitStatus.code(of: status),
            startedAt: try timestamp("started_at"),
            endedAt: try timestamp("ended_at")
        )
    }

    fileprivate func lastPart() throws(DatabaseError) -> LastPart {
        let hasRun = try optionalUUID("run_id") != nil
        return LastPart(
            shop: try shop("member"),
            stage: try made(RunStage(rawValue: try text("stage")), "stage"),
            lastGood: try optionalTimestamp("good_at"),
            run: hasRun ? try runID("run_id") : nil,
            endedAt: try optionalTimestamp("ended_at"),
            record: hasRun ? try runDestination() : nil
        )
    }
}

extension SQLStatement {
    fileprivate static let selectLastRun = SQLStatement("SelectLastRun", PackageResources.SelectLastRun_sql)
    fileprivate static let selectLastParts = SQLStatement("SelectLastParts", PackageResources.SelectLastParts_sql)
    fileprivate static let selectFindingCounts = SQLStatement(
        "SelectFindingCounts",
        PackageResources.SelectFindingCounts_sql
    )
    fileprivate static let waitingMail = SQLStatement("WaitingMail", PackageResources.WaitingMail_sql)
}
