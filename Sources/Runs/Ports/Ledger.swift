public import Catalog
import FoundationEssentials
public import Mail
import Pricing
public import Reconciliation
public import Reporting

/// The database: what was decided, planned, written and found.
///
/// No ledger, no writes (FAULTS, invariant 10).
///
/// Every call is one transaction, or says otherwise. A call with a ``RunLock`` checks its fencing number in that
/// transaction and throws ``LedgerError/lockLost(scope:)`` where another run took over (FAULTS DB-3).
public protocol Ledger: Sendable {
    // MARK: Installation

    /// The secret of the text fingerprints.
    ///
    /// Made on first use by the ledger's own secure source, 192 bytes, never changed.
    func fingerprintSecret() async throws(LedgerError) -> [UInt8]

    // MARK: Teams

    /// Founds a team around its source store.
    ///
    /// - Throws: ``LedgerError/refused(_:)`` where the id is taken or the shop has a role in this team already.
    func createTeam(_ team: TeamID, source: StoreRecord, by actor: String, at time: Timestamp) async throws(LedgerError)

    /// The teams that were founded around this store, the oldest first.
    ///
    /// For whoever proved to be that store: a Team ID is found by nobody else.
    func teams(around source: StoreRecord) async throws(LedgerError) -> [TeamID]

    /// Finds a team by its id; a team that is there is always found, and a miss is recorded.
    ///
    /// - Throws: ``LedgerError/refused(_:)`` for a further miss after ten by one actor within an hour (FAULTS HI-4).
    func team(_ team: TeamID, askedBy actor: String, at time: Timestamp) async throws(LedgerError) -> TeamRecord?

    /// Asks for a place in a team.
    ///
    /// The state is then requested. A store that left or was rejected may ask again.
    func requestMembership(_ team: TeamID, store: StoreRecord, by actor: String, at time: Timestamp)
        async throws(LedgerError)

    /// Moves a membership on.
    ///
    /// Which moves are allowed is ``MembershipState/canBecome(_:)``; the current state is checked in the same
    /// transaction.
    func changeMembership(
        _ team: TeamID,
        shop: ShopDomain,
        to state: MembershipState,
        by actor: String,
        at time: Timestamp,
        note: String
    ) async throws(LedgerError)

    /// All memberships of a team with their history, by shop.
    func memberships(of team: TeamID) async throws(LedgerError) -> [Membership]

    /// Records the shop id and currency a store showed, or checks them against what it showed before.
    ///
    /// See FAULTS CF-4 and MO-8.
    func pin(_ store: StoreRecord, role: StoreRole, in team: TeamID, at time: Timestamp) async throws(LedgerError)
        -> PinResult

    // MARK: Locks

    /// Takes the lock of a scope for this process, at once or not at all.
    ///
    /// - Throws: ``LedgerError/locked(scope:holder:)``.
    func lock(_ scope: LockScope, holder: String, at time: Timestamp) async throws(LedgerError) -> RunLock

    /// Frees a lock.
    ///
    /// A lost session frees it too.
    func unlock(_ lock: RunLock) async

    // MARK: Runs

    /// Opens a run.
    ///
    /// Runs of the team that never ended and whose lock is free are closed as interrupted by it.
    func begin(_ run: RunStart, lock: RunLock) async throws(LedgerError)

    /// Writes everything one destination's part of a run found and did: summary, rows (by COPY), findings.
    func record(_ result: DestinationRecord, lock: RunLock) async throws(LedgerError)

    /// Closes a run, and puts its mails into the outbox in the same transaction, so that none is lost or made twice (FAULTS ML-1).
    func finish(
        _ run: RunID,
        status: String,
        detail: String,
        at time: Timestamp,
        post: ReportMail.Post,
        lock: RunLock
    ) async throws(LedgerError)

    /// Runs of a team, newest first.
    func runs(of team: TeamID, limit: Int) async throws(LedgerError) -> [RunRecord]

    /// The run whose id begins with that text.
    func run(_ team: TeamID, idPrefix: String) async throws(LedgerError) -> RunRecord?

    /// The rows one destination's part of a run left.
    func rows(of run: RunID, destination: ShopDomain, in team: TeamID)
        async throws(LedgerError) -> (corrections: [CorrectionRow], findings: [FindingRow])

    // MARK: Plans and approvals

    /// Stores a plan; the same hash again refreshes its time.
    func save(_ plan: StoredPlan, lock: RunLock) async throws(LedgerError)

    /// Plans whose hash begins with that text, newest first.
    func plans(_ team: TeamID, hashPrefix: String) async throws(LedgerError) -> [StoredPlan]

    /// The newest plan of a destination.
    func newestPlan(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> StoredPlan?

    /// Approves the newest plan of a destination, and with `held` also the held items in it that can be released.
    ///
    /// - Throws: ``LedgerError/refused(_:)`` where there is no such plan, where another one of its destination followed it, and
    ///   where a run applied the whole of it under an approval, unless `held` asks for more.
    func approve(_ plan: PlanHash, of team: TeamID, held: Bool, by actor: String, at time: Timestamp)
        async throws(LedgerError)

    /// Approvals of a destination's plans that no run has used up yet, newest first.
    func openApprovals(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [PlanApproval]

    /// Uses an approval up.
    func useApproval(_ approval: PlanApproval, run: RunID, lock: RunLock, at time: Timestamp) async throws(LedgerError)

    // MARK: Memory of a destination

    /// What the last good run of a destination left behind; `nil` before the first.
    func baseline(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> Baseline?

    /// Replaces a destination's baseline.
    ///
    /// Source rows are stored once per run, however many destinations share them.
    func save(_ baseline: Baseline, lock: RunLock) async throws(LedgerError)

    /// Fields whose corrections did not hold or were refused, with counts.
    func attempts(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [AttemptRecord]

    /// Replaces the attempts of a destination as a whole.
    func save(_ attempts: [AttemptRecord], team: TeamID, destination: ShopDomain, lock: RunLock)
        async throws(LedgerError)

    // MARK: Journal

    /// Writes an intent before its call.
    ///
    /// Committed durably when this returns (FAULTS, invariant 3).
    func intend(_ intent: WriteIntent, lock: RunLock) async throws(LedgerError)

    /// Settles an intent after its call, or when a later run finds out.
    func settle(_ intent: String, as state: WriteIntent.State, detail: String, lock: RunLock, at time: Timestamp)
        async throws(LedgerError)

    /// Intents of a destination that were never settled: a run was killed between the two.
    func openIntents(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [WriteIntent]

    /// The intents of runs that ended without a record of this destination, in the order they were decided.
    ///
    /// For a caller with the destination's lock: no other run is at work there then.
    func unreportedIntents(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [UnreportedIntent]

    /// The export a run was waiting for, of one store.
    func exportTicket(_ team: TeamID, shop: ShopDomain) async throws(LedgerError) -> ExportTicket?

    /// Remembers or, with `nil`, forgets the export a run waits for.
    func save(_ ticket: ExportTicket?, team: TeamID, shop: ShopDomain, lock: RunLock) async throws(LedgerError)
}
