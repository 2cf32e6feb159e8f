import Catalog
import Mail
import Runs

/// The outbox's promises kept in memory.
struct MemoryMails {
    struct Entry {
        let team: TeamID
        let draft: MailDraft
        let number: Int
        let address: String
        var state = OutboxState.waiting
        var attempts = 0
        var next: Timestamp
        var lease: Timestamp?
        var mayBeRepeat = false
        var reply = ""
        var settledAt: Timestamp?
    }

    private(set) var entries: [Entry] = []
    private(set) var memory: [TeamID: [TroubleMemory]] = [:]
    private var keys: Set<String> = []

    mutating func put(_ drafts: [MailDraft], of team: TeamID) -> Int {
        let new = drafts.filter { keys.insert("\(team) \($0.key)").inserted }
        for draft in new {
            for (number, address) in draft.recipients.enumerated() {
                entries.append(Entry(team: team, draft: draft, number: number, address: address, next: draft.createdAt))
            }
        }
        return new.count
    }

    mutating func put(_ post: ReportMail.Post, of team: TeamID) {
        _ = put(post.drafts, of: team)
        let told = Set(post.memory.map(\.audience))
        memory[team] = memory[team, default: []].filter { !told.contains($0.audience) } + post.memory
    }

    mutating func hasten(_ team: TeamID, _ now: Timestamp) {
        for index in entries.indices where entries[index].team == team {
            entries[index].next = min(entries[index].next, now)
        }
    }

    mutating func claim(_ team: TeamID, _ due: Timestamp, _ now: Timestamp, _ lease: Timestamp) -> ClaimedMail? {
        let open = entries.indices.filter { index in
            let entry = entries[index]
            let isFree = entry.state == .waiting && entry.next <= due
            return entry.team == team && (isFree || entry.state == .sending && entry.lease.map { $0 < now } ?? false)
        }
        guard let index = open.min(by: { entries[$0].next < entries[$1].next }) else { return nil }
        entries[index].mayBeRepeat = entries[index].mayBeRepeat || entries[index].state == .sending
        entries[index].state = .sending
        entries[index].attempts += 1
        entries[index].lease = lease
        let entry = entries[index]
        return ClaimedMail(
            draft: entry.draft,
            number: entry.number,
            address: entry.address,
            attempts: entry.attempts,
            mayBeRepeat: entry.mayBeRepeat
        )
    }

    mutating func settle(
        _ mail: ClaimedMail,
        _ state: OutboxState,
        _ reply: String,
        _ next: Timestamp,
        _ mayHaveArrived: Bool,
        _ time: Timestamp
    ) {
        let found = entries.firstIndex {
            $0.draft.key == mail.draft.key && $0.number == mail.number && $0.attempts == mail.attempts
                && $0.state == .sending
        }
        guard let index = found else { return }
        entries[index].state = state
        entries[index].reply = reply
        entries[index].next = next
        entries[index].lease = nil
        entries[index].mayBeRepeat = entries[index].mayBeRepeat || mayHaveArrived
        entries[index].settledAt = state == .waiting ? nil : time
    }
}

extension MemoryLedger: Outbox {
    func post(_ drafts: [MailDraft], of team: TeamID) throws(LedgerError) -> Int {
        try enter("post")
        return mails.put(drafts, of: team)
    }

    func mailMemory(of team: TeamID) throws(LedgerError) -> [TroubleMemory] {
        try enter("mailMemory")
        return mails.memory[team] ?? []
    }

    func hastenMail(of team: TeamID, at now: Timestamp) throws(LedgerError) {
        try enter("hastenMail")
        mails.hasten(team, now)
    }

    func claimMail(
        of team: TeamID,
        due: Timestamp,
        at now: Timestamp,
        leasedUntil lease: Timestamp,
        by holder: String
    ) throws(LedgerError) -> ClaimedMail? {
        try enter("claimMail")
        return mails.claim(team, due, now, lease)
    }

    func settle(
        _ mail: ClaimedMail,
        of team: TeamID,
        as state: OutboxState,
        reply: String,
        next: Timestamp,
        mayHaveArrived: Bool,
        at time: Timestamp
    ) throws(LedgerError) {
        try enter("settleMail")
        mails.settle(mail, state, reply, next, mayHaveArrived, time)
    }

    func outbox(of team: TeamID, limit: Int) throws(LedgerError) -> [OutboxRecord] {
        try enter("outbox")
        return mails.entries.filter { $0.team == team }.reversed().prefix(limit).map { entry in
            OutboxRecord(
                key: entry.draft.key,
                kind: entry.draft.kind,
                audience: entry.draft.audience,
                run: entry.draft.run,
                createdAt: entry.draft.createdAt,
                subject: entry.draft.subject,
                address: entry.address,
                state: entry.state,
                attempts: entry.attempts,
                nextAt: entry.next,
                mayBeRepeat: entry.mayBeRepeat,
                reply: entry.reply,
                settledAt: entry.settledAt
            )
        }
    }

    func waitingMail(of team: TeamID, keyPrefix: String) throws(LedgerError) -> WaitingMail? {
        try enter("waitingMail")
        let waiting = mails.entries.filter {
            $0.team == team && [.waiting, .sending].contains($0.state) && $0.draft.key.hasPrefix(keyPrefix)
        }
        return waiting.map(\.draft.createdAt).min().map { WaitingMail(count: waiting.count, oldest: $0) }
    }

    func lastDailyMail(of team: TeamID) throws(LedgerError) -> Timestamp? {
        try enter("lastDailyMail")
        return mails.entries.filter { $0.team == team && $0.draft.kind == .daily }.map(\.draft.createdAt).max()
    }
}
