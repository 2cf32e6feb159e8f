import Catalog
import Foundation
import Mail
import Pricing
import Reconciliation
import Reporting
import Runs

/// The ledger's promises kept in memory: fenced locks, durable at once, nothing of it shared between teams.
actor MemoryLedger: Ledger {
    struct StoreKey: Hashable {
        let team: TeamID
        let shop: ShopDomain
    }

    private struct Team {
        let record: TeamRecord
        var stores: [ShopDomain: (record: StoreRecord, role: StoreRole)]
        var memberships: [ShopDomain: Membership] = [:]
    }

    private struct Plan {
        var stored: StoredPlan
        var revision: Int
    }

    private struct Approval {
        let approval: PlanApproval
        var usedBy: RunID?
    }

    /// What is not part of the promise but of the test: which calls fail.
    private var faults: [(call: String, after: Int, error: LedgerError)] = []
    private(set) var calls: [String] = []

    private var teams: [TeamID: Team] = [:]
    private var misses: [String: [Timestamp]] = [:]
    private var locks: [LockScope: (fence: Int64, holder: String)] = [:]
    private var fences: [LockScope: Int64] = [:]
    private var runs: [RunID: (record: RunRecord, order: Int)] = [:]
    private var results: [RunID: [DestinationRecord]] = [:]
    private var plans: [PlanHash: Plan] = [:]
    private var revisions = 0
    private var approvals: [Approval] = []
    private var baselines: [StoreKey: Baseline] = [:]
    private var attempts: [StoreKey: [AttemptRecord]] = [:]
    private(set) var intents: [String: (intent: WriteIntent, state: WriteIntent.State, detail: String)] = [:]
    private var tickets: [StoreKey: ExportTicket] = [:]

    /// The outbox; see `MemoryLedger+Outbox.swift`.
    var mails = MemoryMails()

    // MARK: For tests

    /// Lets calls whose name begins with `call` fail, all but the first `after` of them.
    func fail(_ call: String = "", after: Int = 0, with error: LedgerError = .unavailable("the connection is gone")) {
        faults.append((call, after, error))
        calls = []
    }

    /// As after a restart of the process: every lock is free again, and the database answers.
    func heal() {
        faults = []
        locks = [:]
        calls = []
    }

    /// Another run takes a lock over, as after a network split.
    func takeOver(_ scope: LockScope) {
        fences[scope, default: 0] += 1
        locks[scope] = (fences[scope, default: 0], "another run")
    }

    var heldLocks: [LockScope] { Array(locks.keys) }
    var openApprovalCount: Int { approvals.count { $0.usedBy == nil } }

    func recorded(_ run: String) -> [DestinationRecord] { results.first { $0.key.text == run }?.value ?? [] }

    func enter(_ call: String) throws(LedgerError) {
        for fault in faults where call.hasPrefix(fault.call) {
            if calls.count(where: { $0.hasPrefix(fault.call) }) >= fault.after {
                calls.append(call)
                throw fault.error
            }
        }
        calls.append(call)
    }

    private func enter(_ call: String, _ lock: RunLock) throws(LedgerError) {
        try enter(call)
        guard locks[lock.scope]?.fence == lock.fence else { throw .lockLost(scope: lock.scope) }
    }

    // MARK: Installation and teams

    func fingerprintSecret() throws(LedgerError) -> [UInt8] {
        try enter("fingerprintSecret")
        return (0..<192).map { UInt8($0) }
    }

    func createTeam(_ team: TeamID, source: StoreRecord, by actor: String, at time: Timestamp) throws(LedgerError) {
        try enter("createTeam")
        guard teams[team] == nil else { throw .refused("the team id \(team) is taken") }
        teams[team] = Team(
            record: TeamRecord(id: team, source: source, createdAt: time, createdBy: actor),
            stores: [source.shop: (source, .source)]
        )
    }

    func teams(around source: StoreRecord) throws(LedgerError) -> [TeamID] {
        try enter("teams")
        return teams.values.filter { $0.record.source.id == source.id }
            .sorted { ($0.record.createdAt, $0.record.id.text) < ($1.record.createdAt, $1.record.id.text) }
            .map(\.record.id)
    }

    func team(_ team: TeamID, askedBy actor: String, at time: Timestamp) throws(LedgerError) -> TeamRecord? {
        try enter("team")
        if let found = teams[team] { return found.record }
        let recent = misses[actor, default: []].filter { time - $0 < .seconds(3600) }
        guard recent.count < 10 else { throw .refused("\(actor) asked for too many teams that are not there") }
        misses[actor] = recent + [time]
        return nil
    }

    func requestMembership(_ team: TeamID, store: StoreRecord, by actor: String, at time: Timestamp) throws(LedgerError)
    {
        try enter("requestMembership")
        guard var found = teams[team] else { throw .refused("no team \(team)") }
        if let same = found.stores.values.first(where: { $0.record.id == store.id }) {
            guard same.role == .destination else { throw .refused("\(store.shop) is the source") }
            guard same.record.shop == store.shop else { throw .refused("known as \(same.record.shop)") }
        }
        let old = found.memberships[store.shop]
        if let old, !old.state.canBecome(.requested) {
            throw .refused("\(store.shop) is \(old.state.rawValue) already")
        }
        found.stores[store.shop] = (store, .destination)
        let event = MembershipEvent(state: .requested, at: time, actor: actor, note: "")
        found.memberships[store.shop] = Membership(
            store: store,
            state: .requested,
            history: (old?.history ?? []) + [event]
        )
        teams[team] = found
    }

    func changeMembership(
        _ team: TeamID,
        shop: ShopDomain,
        to state: MembershipState,
        by actor: String,
        at time: Timestamp,
        note: String
    ) throws(LedgerError) {
        try enter("changeMembership")
        guard let old = teams[team]?.memberships[shop] else { throw .refused("\(shop) never asked to join") }
        guard old.state.canBecome(state) else {
            throw .refused("\(shop) is \(old.state.rawValue), it cannot become \(state.rawValue)")
        }
        let event = MembershipEvent(state: state, at: time, actor: actor, note: note)
        teams[team]?.memberships[shop] = Membership(store: old.store, state: state, history: old.history + [event])
    }

    func memberships(of team: TeamID) throws(LedgerError) -> [Membership] {
        try enter("memberships")
        return (teams[team]?.memberships.values.map(\.self) ?? []).sorted { $0.store.shop < $1.store.shop }
    }

    func pin(_ store: StoreRecord, role: StoreRole, in team: TeamID, at time: Timestamp) throws(LedgerError)
        -> PinResult
    {
        try enter("pin")
        guard let found = teams[team] else { throw .refused("no team \(team)") }
        if let mine = found.stores[store.shop] {
            if mine.record.id != store.id { return .otherShop(pinned: mine.record.id.number) }
            if mine.role != role { return .otherRole(mine.role) }
            return mine.record.currency == store.currency ? .agrees : .otherCurrency(pinned: mine.record.currency)
        }
        if let same = found.stores.values.first(where: { $0.record.id == store.id }) {
            if same.role != role { return .otherRole(same.role) }
            throw .refused("\(store.shop) is the shop the team knows as \(same.record.shop)")
        }
        if role == .source { throw .refused("team \(team) has a source already") }
        teams[team]?.stores[store.shop] = (store, role)
        return .agrees
    }

    // MARK: Locks and runs

    func lock(_ scope: LockScope, holder: String, at time: Timestamp) throws(LedgerError) -> RunLock {
        try enter("lock")
        if let held = locks[scope] { throw .locked(scope: scope, holder: held.holder) }
        fences[scope, default: 0] += 1
        locks[scope] = (fences[scope, default: 0], holder)
        return RunLock(scope: scope, fence: fences[scope, default: 0])
    }

    func unlock(_ lock: RunLock) {
        if locks[lock.scope]?.fence == lock.fence { locks[lock.scope] = nil }
    }

    func begin(_ run: RunStart, lock: RunLock) throws(LedgerError) {
        try enter("begin", lock)
        for (id, entry) in runs where entry.record.team == run.team && entry.record.endedAt == nil {
            runs[id] = (entry.record.ended("INTERRUPTED", "killed", run.startedAt), entry.order)
        }
        runs[run.id] = (
            RunRecord(
                id: run.id,
                team: run.team,
                command: run.command,
                startedAt: run.startedAt,
                endedAt: nil,
                status: "RUNNING",
                detail: "",
                destinations: []
            ), runs.count
        )
    }

    func record(_ result: DestinationRecord, lock: RunLock) throws(LedgerError) {
        try enter("record", lock)
        results[result.run, default: []].removeAll { $0.destination == result.destination }
        results[result.run, default: []].append(result)
    }

    func finish(
        _ run: RunID,
        status: String,
        detail: String,
        at time: Timestamp,
        post: ReportMail.Post,
        lock: RunLock
    ) throws(LedgerError) {
        try enter("finish", lock)
        guard let entry = runs[run] else { throw .inconsistent("run \(run) never began") }
        mails.put(post, of: lock.scope.team)
        runs[run] = (entry.record.ended(status, detail, time), entry.order)
    }

    func runs(of team: TeamID, limit: Int) throws(LedgerError) -> [RunRecord] {
        try enter("runs")
        let all = runs.values.filter { $0.record.team == team }.sorted { $0.order > $1.order }
        return all.prefix(limit).map(\.record)
    }

    func run(_ team: TeamID, idPrefix: String) throws(LedgerError) -> RunRecord? {
        try enter("run")
        return runs.values.first { $0.record.team == team && $0.record.id.text.hasPrefix(idPrefix) }?.record
    }

    func rows(of run: RunID, destination: ShopDomain, in team: TeamID)
        throws(LedgerError) -> (corrections: [CorrectionRow], findings: [FindingRow])
    {
        try enter("rows")
        let found = results[run]?.first { $0.destination == destination && $0.team == team }
        return (found?.corrections ?? [], found?.findings ?? [])
    }

    // MARK: Plans and memory

    func save(_ plan: StoredPlan, lock: RunLock) throws(LedgerError) {
        try enter("savePlan", lock)
        revisions += 1
        plans[plan.hash] = Plan(stored: plan, revision: revisions)
    }

    func plans(_ team: TeamID, hashPrefix: String) throws(LedgerError) -> [StoredPlan] {
        try enter("plans")
        let found = plans.values.filter { $0.stored.team == team && $0.stored.hash.text.hasPrefix(hashPrefix) }
        return found.sorted { $0.revision > $1.revision }.map(\.stored)
    }

    func newestPlan(_ team: TeamID, destination: ShopDomain) throws(LedgerError) -> StoredPlan? {
        try enter("newestPlan")
        return plans.values.filter { $0.stored.team == team && $0.stored.destination == destination }
            .max { $0.revision < $1.revision }?.stored
    }

    func approve(_ plan: PlanHash, of team: TeamID, held: Bool, by actor: String, at time: Timestamp)
        throws(LedgerError)
    {
        try enter("approve")
        guard let stored = plans[plan]?.stored, stored.team == team else { throw .refused("no plan \(plan.short)") }
        let newest = plans.values.filter { $0.stored.team == team && $0.stored.destination == stored.destination }
            .max { $0.revision < $1.revision }?.stored.hash
        guard newest == plan else { throw .refused("plan \(plan.short) was followed by another") }
        let isApplied = results[stored.run, default: []].contains {
            $0.destination == stored.destination && $0.plan == plan
                && $0.summary.planned + $0.summary.left + $0.summary.failed == 0
        }
        if !held, isApplied, approvals.contains(where: { $0.approval.plan.hash == plan && $0.usedBy == stored.run }) {
            throw .refused("plan \(plan.short) was applied by run \(stored.run.short)")
        }
        approvals.removeAll { $0.approval.plan.hash == plan && $0.usedBy == nil }
        approvals.append(Approval(approval: PlanApproval(plan: stored, held: held, by: actor, at: time), usedBy: nil))
    }

    func openApprovals(_ team: TeamID, destination: ShopDomain) throws(LedgerError) -> [PlanApproval] {
        try enter("openApprovals")
        return approvals.filter {
            $0.usedBy == nil && $0.approval.plan.team == team && $0.approval.plan.destination == destination
        }.reversed().map(\.approval)
    }

    func useApproval(_ approval: PlanApproval, run: RunID, lock: RunLock, at time: Timestamp) throws(LedgerError) {
        try enter("useApproval", lock)
        let index = approvals.firstIndex {
            $0.approval.plan.hash == approval.plan.hash && $0.approval.at == approval.at
                && ($0.usedBy == nil || $0.usedBy == run)
        }
        guard let index else { throw .refused("the approval was used up or replaced meanwhile") }
        approvals[index].usedBy = run
    }

    func baseline(_ team: TeamID, destination: ShopDomain) throws(LedgerError) -> Baseline? {
        try enter("baseline")
        return baselines[StoreKey(team: team, shop: destination)]
    }

    func save(_ baseline: Baseline, lock: RunLock) throws(LedgerError) {
        try enter("saveBaseline", lock)
        baselines[StoreKey(team: baseline.team, shop: baseline.destination)] = baseline
    }

    /// Puts others in place of what is remembered.
    func replaceBaselines(_ other: (Baseline) throws -> Baseline) rethrows {
        baselines = try baselines.mapValues(other)
    }

    func attempts(_ team: TeamID, destination: ShopDomain) throws(LedgerError) -> [AttemptRecord] {
        try enter("attempts")
        return attempts[StoreKey(team: team, shop: destination)] ?? []
    }

    func save(_ records: [AttemptRecord], team: TeamID, destination: ShopDomain, lock: RunLock) throws(LedgerError) {
        try enter("saveAttempts", lock)
        attempts[StoreKey(team: team, shop: destination)] = records
    }

    // MARK: Journal

    func intend(_ intent: WriteIntent, lock: RunLock) throws(LedgerError) {
        try enter("intend", lock)
        guard intents[intent.key] == nil else { throw .inconsistent("the key \(intent.key) is taken") }
        intents[intent.key] = (intent, .intended, "")
    }

    func settle(_ key: String, as state: WriteIntent.State, detail: String, lock: RunLock, at time: Timestamp)
        throws(LedgerError)
    {
        try enter("settle", lock)
        guard let found = intents[key] else { throw .inconsistent("no intent \(key)") }
        intents[key] = (found.intent, state, detail)
    }

    func openIntents(_ team: TeamID, destination: ShopDomain) throws(LedgerError) -> [WriteIntent] {
        try enter("openIntents")
        return intents.values.filter {
            $0.state == .intended && $0.intent.team == team && $0.intent.destination == destination
        }.map(\.intent).sorted { $0.key < $1.key }
    }

    func unreportedIntents(_ team: TeamID, destination: ShopDomain) throws(LedgerError) -> [UnreportedIntent] {
        try enter("unreportedIntents")
        return intents.values.filter { entry in
            entry.intent.team == team && entry.intent.destination == destination
                && !results[entry.intent.run, default: []].contains { $0.destination == destination }
        }.map { UnreportedIntent(intent: $0.intent, state: $0.state) }
            .sorted { ($0.intent.at, $0.intent.key) < ($1.intent.at, $1.intent.key) }
    }

    func exportTicket(_ team: TeamID, shop: ShopDomain) throws(LedgerError) -> ExportTicket? {
        try enter("exportTicket")
        return tickets[StoreKey(team: team, shop: shop)]
    }

    func save(_ ticket: ExportTicket?, team: TeamID, shop: ShopDomain, lock: RunLock) throws(LedgerError) {
        try enter("saveTicket", lock)
        tickets[StoreKey(team: team, shop: shop)] = ticket
    }
}

extension RunRecord {
    fileprivate func ended(_ status: String, _ detail: String, _ time: Timestamp) -> RunRecord {
        RunRecord(
            id: id,
            team: team,
            command: command,
            startedAt: startedAt,
            endedAt: time,
            status: status,
            detail: detail,
            destinations: destinations
        )
    }
}
