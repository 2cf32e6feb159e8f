public import Catalog
public import Mail

/// Where a mail to one recipient stands.
public enum OutboxState: String, Sendable, Hashable, CaseIterable {
    /// It goes out when its time comes.
    case waiting
    /// Somebody is at it.
    case sending
    /// The mail server has taken it.
    case sent
    /// It was refused for good, or too long.
    case givenUp = "given up"
}

/// One mail to one recipient, taken on by this process until its lease ends.
public struct ClaimedMail: Sendable, Hashable {
    /// The mail.
    public let draft: MailDraft
    /// Which of its recipients.
    public let number: Int
    /// The recipient's address.
    public let address: String
    /// How often it was taken on, this time included.
    public let attempts: Int
    /// Whether an earlier attempt may have reached the recipient.
    public let mayBeRepeat: Bool

    /// Puts the parts together.
    public init(draft: MailDraft, number: Int, address: String, attempts: Int, mayBeRepeat: Bool) {
        self.draft = draft
        self.number = number
        self.address = address
        self.attempts = attempts
        self.mayBeRepeat = mayBeRepeat
    }
}

/// A line of the outbox, for people.
public struct OutboxRecord: Sendable, Hashable {
    /// Names the mail.
    public let key: String
    /// What it is about.
    public let kind: MailDraft.Kind
    /// Whom it is for.
    public let audience: MailAudience
    /// The run it is about; empty for none.
    public let run: String
    /// When it was written.
    public let createdAt: Timestamp
    /// Its subject.
    public let subject: String
    /// The recipient.
    public let address: String
    /// Where it stands.
    public let state: OutboxState
    /// How often it was tried.
    public let attempts: Int
    /// When it is tried next, while it waits.
    public let nextAt: Timestamp
    /// Whether the recipient may have it twice, or had it although it waits.
    public let mayBeRepeat: Bool
    /// What the last attempt came to.
    public let reply: String
    /// When it was sent or given up.
    public let settledAt: Timestamp?

    /// Puts the parts together.
    public init(
        key: String,
        kind: MailDraft.Kind,
        audience: MailAudience,
        run: String,
        createdAt: Timestamp,
        subject: String,
        address: String,
        state: OutboxState,
        attempts: Int,
        nextAt: Timestamp,
        mayBeRepeat: Bool,
        reply: String,
        settledAt: Timestamp?
    ) {
        self.key = key
        self.kind = kind
        self.audience = audience
        self.run = run
        self.createdAt = createdAt
        self.subject = subject
        self.address = address
        self.state = state
        self.attempts = attempts
        self.nextAt = nextAt
        self.mayBeRepeat = mayBeRepeat
        self.reply = reply
        self.settledAt = settledAt
    }
}

/// How much waits in the outbox.
public struct WaitingMail: Sendable, Hashable {
    /// Mails, counted per recipient.
    public let count: Int
    /// When the oldest was written.
    public let oldest: Timestamp

    /// Puts the parts together.
    public init(count: Int, oldest: Timestamp) {
        self.count = count
        self.oldest = oldest
    }
}

/// The part of the ledger where mails wait until they are sent (FAULTS ML-1).
///
/// The mails of a run come in with its end: ``Ledger/finish(_:status:detail:at:post:lock:)``.
public protocol Outbox: Sendable {
    /// Puts mails in; one whose key is there already is the same mail and is left out.
    ///
    /// - Returns: how many were new.
    func post(_ drafts: [MailDraft], of team: TeamID) async throws(LedgerError) -> Int

    /// What each audience was last told about trouble.
    func mailMemory(of team: TeamID) async throws(LedgerError) -> [TroubleMemory]

    /// Lets no waiting mail wait any longer.
    func hastenMail(of team: TeamID, at now: Timestamp) async throws(LedgerError)

    /// Takes on the mail that has waited longest: one whose time has come by `due`, or one whose holder's lease has run out.
    ///
    /// Two processes never get the same one while its lease lasts.
    func claimMail(
        of team: TeamID,
        due: Timestamp,
        at now: Timestamp,
        leasedUntil lease: Timestamp,
        by holder: String
    ) async throws(LedgerError) -> ClaimedMail?

    /// Says what came of a mail that was taken on; nothing happens where its lease was lost to another.
    ///
    /// `next` is when it is tried again, where it waits; `mayHaveArrived` says that this attempt may have reached the recipient without
    /// being confirmed.
    func settle(
        _ mail: ClaimedMail,
        of team: TeamID,
        as state: OutboxState,
        reply: String,
        next: Timestamp,
        mayHaveArrived: Bool,
        at time: Timestamp
    ) async throws(LedgerError)

    /// The mails of a team, newest first, a line per recipient.
    func outbox(of team: TeamID, limit: Int) async throws(LedgerError) -> [OutboxRecord]

    /// What waits, of the mails whose key begins so; `nil` where nothing does.
    func waitingMail(of team: TeamID, keyPrefix: String) async throws(LedgerError) -> WaitingMail?

    /// When the last daily mail was written.
    func lastDailyMail(of team: TeamID) async throws(LedgerError) -> Timestamp?
}
