public import Catalog
import FoundationEssentials
public import Runs
public import Settings

/// What `gc` removes from the ledger, each by its own age.
public enum RetainedKind: String, Sendable, Hashable, CaseIterable {
    /// Corrections and findings.
    case rows
    /// Plans, with approvals that were used up.
    case plans
    /// Settled entries of the write journal.
    case journal
    /// Mails.
    case mails
    /// Runs, with their sums per destination and all that is left of them.
    case runs
}

/// What was removed, or would be.
public struct RemovedPart: Sendable, Hashable {
    /// How many rows, or folders.
    public var count: Int
    /// How many bytes they took up, as far as the ledger knows: without indexes.
    public var bytes: Int

    /// A count and its bytes.
    public init(count: Int = 0, bytes: Int = 0) {
        self.count = count
        self.bytes = bytes
    }
}

extension DatabaseLedger {
    /// Removes what is older than the settings keep, in batches that are each a transaction of their own.
    ///
    /// What the next run needs stays, however old: baselines and links, open intents and those no run has told of, approvals that
    /// wait, each destination's newest plan and last good run, and all of a run that has not ended. Stopped half-way, it goes
    /// on the next time. With `dryRun` nothing is removed; what would be is counted.
    public func removeOld(
        _ kind: RetainedKind,
        of team: TeamID,
        keep: RetentionSettings,
        at time: Timestamp,
        dryRun: Bool
    ) async throws(LedgerError) -> RemovedPart {
        var sum = RemovedPart()
        var parameters: [SQLValue] = [
            .timestamp(time + .seconds(-kind.age(keep).components.seconds)),
            dryRun ? .null : .integer(kind.batch),
            .boolean(!dryRun),
        ]
        switch kind {
        case .plans: parameters.append(.timestamp(time + .seconds(-keep.runs.components.seconds)))
        case .runs: parameters.append(.timestamp(time + .seconds(-keep.journal.components.seconds)))
        case .rows, .journal, .mails: break
        }
        let batch = parameters
        while !Task.isCancelled {
            let part = try await write(team) { connection, key throws(DatabaseError) in
                try connection.first(kind.statement, [.uuid(key)] + batch) { row throws(DatabaseError) in
                    RemovedPart(count: try row.count("count"), bytes: try row.count("bytes"))
                }
            }
            guard let part, part.count > 0 else { break }
            sum.count += part.count
            sum.bytes += part.bytes
            if dryRun { break }
        }
        return sum
    }
}

extension RetainedKind {
    /// How long the settings keep it.
    public func age(_ keep: RetentionSettings) -> Duration {
        switch self {
        case .rows: keep.rows
        case .plans: keep.plans
        case .journal: keep.journal
        case .mails: keep.mails
        case .runs: keep.runs
        }
    }

    /// How many at once; of rows, how many destinations of a run.
    fileprivate var batch: Int {
        switch self {
        case .rows: 20
        case .plans: 100
        case .journal, .mails, .runs: 1000
        }
    }

    fileprivate var statement: SQLStatement {
        switch self {
        case .rows: SQLStatement("RemoveOldRows", PackageResources.RemoveOldRows_sql)
        case .plans: SQLStatement("RemoveOldPlans", PackageResources.RemoveOldPlans_sql)
        case .journal: SQLStatement("RemoveOldIntents", PackageResources.RemoveOldIntents_sql)
        case .mails: SQLStatement("RemoveOldMails", PackageResources.RemoveOldMails_sql)
        case .runs: SQLStatement("RemoveOldRuns", PackageResources.RemoveOldRuns_sql)
        }
    }
}
