public import Catalog
import Mail
import Reconciliation
import Reporting

/// Writes the daily mail into the outbox: what happened since the last one.
public struct DailyRound: Sendable {
    /// What came of it.
    public enum Result: Sendable, Hashable {
        /// So many mails were written.
        case written(Int)
        /// Nobody asked for one.
        case nobody
        /// The last one is not old enough: another machine, or a person, was faster.
        case already(Timestamp)
    }

    /// The last one has to be this old: less than a day of 23 hours and the delays of a timer.
    private static let leastAge = Duration.seconds(20 * 3600)
    /// What the first one covers.
    private static let firstTime = Duration.seconds(24 * 3600)
    /// The most that one covers, after a long silence.
    private static let mostTime = Duration.seconds(7 * 86_400)
    /// More runs than a week has at one every two minutes.
    private static let mostRuns = 6000

    private let ports: MailPorts
    private let ledger: any Ledger
    private let source: ShopDomain
    private let clock: RunClock

    /// Takes the adapters for mail, the ledger and the team's source store.
    public init(_ ports: MailPorts, ledger: any Ledger, source: ShopDomain, clock: RunClock) {
        self.ports = ports
        self.ledger = ledger
        self.source = source
        self.clock = clock
    }

    /// Writes it, unless the last one is too young.
    ///
    /// The time it covers begins where the last one's ended, so that no run is left out or told twice, whatever the clock does to days
    /// (FAULTS SC-2). With `anyway` it is written also where the last one is young.
    public func write(anyway: Bool) async throws(RunError) -> Result {
        let now = clock.now()
        do {
            let last = try await ports.outbox.lastDailyMail(of: ports.list.team)
            if let last, !anyway, last <= now, now - last < Self.leastAge { return .already(last) }
            let from = max(last ?? now - Self.firstTime, now - Self.mostTime)
            let drafts = DailyMail(
                runs: try await runs(from: from, until: now),
                list: ports.list,
                source: source,
                from: from,
                until: now,
                mostBytes: ports.mostBytes
            )
            let mails: [MailDraft]
            do {
                mails = try drafts.drafts()
            } catch {
                throw RunError.contradiction(error.description)
            }
            guard !mails.isEmpty else { return .nobody }
            return .written(try await ports.outbox.post(mails, of: ports.list.team))
        } catch let error as LedgerError {
            throw .ledger(error)
        } catch let error as RunError {
            throw error
        } catch {
            throw .contradiction(String(describing: error))
        }
    }

    /// The runs that ended in the time, oldest first; rows only where something was written, and of each store's newest part.
    private func runs(from: Timestamp, until: Timestamp) async throws(LedgerError) -> [RunReport] {
        let records = try await ledger.runs(of: ports.list.team, limit: Self.mostRuns).filter { record in
            // A plan writes nothing and ends nothing that is open: it is no run.
            record.command != RunMode.plan.command && (record.endedAt.map { $0 >= from && $0 < until } ?? false)
        }
        let stored = StoredReports(ledger: ledger, source: source)
        var seen: Set<ShopDomain> = []
        var reports: [RunReport] = []
        for record in records {
            let newest = Set(record.destinations.map(\.shop)).subtracting(seen)
            seen.formUnion(newest)
            reports.append(
                try await stored.report(of: record) { part in
                    newest.contains(part.shop) || part.summary.applied + part.summary.failed > 0
                }
            )
        }
        return reports.reversed()
    }
}

extension Timestamp {
    /// The time that much earlier.
    fileprivate static func - (left: Timestamp, right: Duration) -> Timestamp { left + (.zero - right) }
}
