package import Catalog
import FoundationEssentials
package import Reconciliation

/// Where a batch is noted down before its first call, and what became of it after its last.
package protocol WriteJournaling: Sendable {
    /// The run that writes.
    var run: RunID { get }
    /// The team of the run.
    var team: TeamID { get }

    /// Commits an intent; its key is unique to this run, destination and batch.
    func intend(_ call: String, batch: String, corrections: [Correction]) async throws(LedgerError) -> String

    /// Commits what became of it.
    func settle(_ key: String, _ state: WriteIntent.State, _ detail: String) async throws(LedgerError)
}

/// Commits what a batch is about to write before its first call, and what became of it after its last.
struct WriteJournal: WriteJournaling {
    let ledger: any Ledger
    let lock: RunLock
    let run: RunID
    let team: TeamID
    let destination: ShopDomain
    let clock: RunClock

    /// Commits an intent; its key is unique to this run, destination and batch.
    func intend(_ call: String, batch: String, corrections: [Correction]) async throws(LedgerError) -> String {
        let key = "\(run.text)-\(destination.name)-\(batch)"
        let document: Data
        do {
            document = try JSONEncoder().encode(corrections)
        } catch {
            throw .inconsistent("corrections do not encode: \(error)")
        }
        let intent = WriteIntent(
            key: key,
            run: run,
            team: team,
            destination: destination,
            call: call,
            corrections: document,
            at: clock.now()
        )
        try await ledger.intend(intent, lock: lock)
        return key
    }

    /// Commits what became of it.
    func settle(_ key: String, _ state: WriteIntent.State, _ detail: String) async throws(LedgerError) {
        try await ledger.settle(key, as: state, detail: detail, lock: lock, at: clock.now())
    }
}
