import Catalog
import Mail
import Reconciliation
import Reporting
import Runs

/// A ledger whose commits end with the power; a commit may stand although its answer never comes.
struct PoweredLedger: Ledger {
    let base: MemoryLedger
    let power: Power

    private func reading<Value>(_ body: () async throws(LedgerError) -> Value) async throws(LedgerError) -> Value {
        guard power.isOn else { throw .unavailable("the power is off") }
        return try await body()
    }

    private func writing(_ body: () async throws(LedgerError) -> Void) async throws(LedgerError) {
        guard power.spend() else { throw .unavailable("the power is off") }
        try await body()
        guard power.spend() else { throw .unavailable("the power is off") }
    }

    func fingerprintSecret() async throws(LedgerError) -> [UInt8] {
        try await reading { () throws(LedgerError) in try await base.fingerprintSecret() }
    }

    func createTeam(_ team: TeamID, source: StoreRecord, by actor: String, at time: Timestamp) async throws(LedgerError)
    {
        try await writing { () throws(LedgerError) in
            try await base.createTeam(team, source: source, by: actor, at: time)
        }
    }

    func teams(around source: StoreRecord) async throws(LedgerError) -> [TeamID] {
        try await reading { () throws(LedgerError) in try await base.teams(around: source) }
    }

    func team(_ team: TeamID, askedBy actor: String, at time: Timestamp) async throws(LedgerError) -> TeamRecord? {
        try await reading { () throws(LedgerError) in try await base.team(team, askedBy: actor, at: time) }
    }

    func requestMembership(_ team: TeamID, store: StoreRecord, by actor: String, at time: Timestamp)
        async throws(LedgerError)
    {
        try await writing { () throws(LedgerError) in
            try await base.requestMembership(team, store: store, by: actor, at: time)
        }
    }

    func changeMembership(
        _ team: TeamID,
        shop: ShopDomain,
        to state: MembershipState,
        by actor: String,
        at time: Timestamp,
        note: String
    ) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in
            try await base.changeMembership(team, shop: shop, to: state, by: actor, at: time, note: note)
        }
    }

    func memberships(of team: TeamID) async throws(LedgerError) -> [Membership] {
        try await reading { () throws(LedgerError) in try await base.memberships(of: team) }
    }

    func pin(_ store: StoreRecord, role: StoreRole, in team: TeamID, at time: Timestamp) async throws(LedgerError)
        -> PinResult
    {
        try await reading { () throws(LedgerError) in try await base.pin(store, role: role, in: team, at: time) }
    }

    func lock(_ scope: LockScope, holder: String, at time: Timestamp) async throws(LedgerError) -> RunLock {
        try await reading { () throws(LedgerError) in try await base.lock(scope, holder: holder, at: time) }
    }

    func unlock(_ lock: RunLock) async { await base.unlock(lock) }

    func begin(_ run: RunStart, lock: RunLock) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in try await base.begin(run, lock: lock) }
    }

    func record(_ result: DestinationRecord, lock: RunLock) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in try await base.record(result, lock: lock) }
    }

    func finish(
        _ run: RunID,
        status: String,
        detail: String,
        at time: Timestamp,
        post: ReportMail.Post,
        lock: RunLock
    ) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in
            try await base.finish(run, status: status, detail: detail, at: time, post: post, lock: lock)
        }
    }

    func runs(of team: TeamID, limit: Int) async throws(LedgerError) -> [RunRecord] {
        try await reading { () throws(LedgerError) in try await base.runs(of: team, limit: limit) }
    }

    func run(_ team: TeamID, idPrefix: String) async throws(LedgerError) -> RunRecord? {
        try await reading { () throws(LedgerError) in try await base.run(team, idPrefix: idPrefix) }
    }

    func rows(of run: RunID, destination: ShopDomain, in team: TeamID)
        async throws(LedgerError) -> (corrections: [CorrectionRow], findings: [FindingRow])
    {
        try await reading { () throws(LedgerError) in try await base.rows(of: run, destination: destination, in: team) }
    }

    func save(_ plan: StoredPlan, lock: RunLock) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in try await base.save(plan, lock: lock) }
    }

    func plans(_ team: TeamID, hashPrefix: String) async throws(LedgerError) -> [StoredPlan] {
        try await reading { () throws(LedgerError) in try await base.plans(team, hashPrefix: hashPrefix) }
    }

    func newestPlan(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> StoredPlan? {
        try await reading { () throws(LedgerError) in try await base.newestPlan(team, destination: destination) }
    }

    func approve(_ plan: PlanHash, of team: TeamID, held: Bool, by actor: String, at time: Timestamp)
        async throws(LedgerError)
    {
        try await writing { () throws(LedgerError) in
            try await base.approve(plan, of: team, held: held, by: actor, at: time)
        }
    }

    func openApprovals(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [PlanApproval] {
        try await reading { () throws(LedgerError) in try await base.openApprovals(team, destination: destination) }
    }

    func useApproval(_ approval: PlanApproval, run: RunID, lock: RunLock, at time: Timestamp) async throws(LedgerError)
    {
        try await writing { () throws(LedgerError) in
            try await base.useApproval(approval, run: run, lock: lock, at: time)
        }
    }

    func baseline(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> Baseline? {
        try await reading { () throws(LedgerError) in try await base.baseline(team, destination: destination) }
    }

    func save(_ baseline: Baseline, lock: RunLock) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in try await base.save(baseline, lock: lock) }
    }

    func attempts(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [AttemptRecord] {
        try await reading { () throws(LedgerError) in try await base.attempts(team, destination: destination) }
    }

    func save(_ attempts: [AttemptRecord], team: TeamID, destination: ShopDomain, lock: RunLock)
        async throws(LedgerError)
    {
        try await writing { () throws(LedgerError) in
            try await base.save(attempts, team: team, destination: destination, lock: lock)
        }
    }

    func intend(_ intent: WriteIntent, lock: RunLock) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in try await base.intend(intent, lock: lock) }
    }

    func settle(_ intent: String, as state: WriteIntent.State, detail: String, lock: RunLock, at time: Timestamp)
        async throws(LedgerError)
    {
        try await writing { () throws(LedgerError) in
            try await base.settle(intent, as: state, detail: detail, lock: lock, at: time)
        }
    }

    func openIntents(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [WriteIntent] {
        try await reading { () throws(LedgerError) in try await base.openIntents(team, destination: destination) }
    }

    func unreportedIntents(_ team: TeamID, destination: ShopDomain) async throws(LedgerError) -> [UnreportedIntent] {
        try await reading { () throws(LedgerError) in try await base.unreportedIntents(team, destination: destination) }
    }

    func exportTicket(_ team: TeamID, shop: ShopDomain) async throws(LedgerError) -> ExportTicket? {
        try await reading { () throws(LedgerError) in try await base.exportTicket(team, shop: shop) }
    }

    func save(_ ticket: ExportTicket?, team: TeamID, shop: ShopDomain, lock: RunLock) async throws(LedgerError) {
        try await writing { () throws(LedgerError) in try await base.save(ticket, team: team, shop: shop, lock: lock) }
    }
}
