import Catalog
import Mail

/// Sends what waits in the outbox, one mail after the other.
///
/// A mail that can't be sent now waits for a later round, longer each time; one that may have arrived goes out again with the word
/// that it may be a repeat (FAULTS ML-1).
public struct MailRound: Sendable {
    /// Which mails are sent.
    public enum Reach: Sendable {
        /// Those whose time has come.
        case due
        /// All that wait.
        case all
    }

    /// What came of a round.
    public struct Result: Sendable, Hashable {
        /// Mails the server took.
        public var sent = 0
        /// Mails given up.
        public var givenUp = 0
        /// What went wrong, each once; never an address.
        public var trouble: [String] = []
        /// What still waits afterwards, also of earlier rounds.
        public var waiting: WaitingMail?

        /// Nothing yet.
        public init() {}
    }

    /// Longer than any single attempt lasts.
    private static let lease = Duration.seconds(600)
    /// A mail is given up when it has not gone out by this age.
    private static let mostAge = Duration.seconds(5 * 86_400)
    /// A mail that was sent and never confirmed is tried this often.
    private static let mostUnknown = 4
    /// So that a slow server does not hold a run for long.
    private static let mostTime = Duration.seconds(300)
    /// A wait that is longer says so in every result.
    static let longWait = Duration.seconds(24 * 3600)

    private let ports: MailPorts
    private let clock: RunClock

    /// Prepares a round; nothing is contacted.
    public init(_ ports: MailPorts, clock: RunClock) {
        self.ports = ports
        self.clock = clock
    }

    /// Sends; a stop lets the mail under way be recorded.
    ///
    /// - Throws: ``LedgerError`` where the outbox can't be read or marked. A mail that was sent and could not be marked is sent again
    ///   once its lease has run out, as a possible repeat.
    public func send(_ reach: Reach) async throws(LedgerError) -> Result {
        let outcome: Swift.Result<Result, LedgerError> = await uninterrupted { isStopping in
            do throws(LedgerError) {
                return .success(try await send(reach, isStopping))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func send(_ reach: Reach, _ isStopping: @escaping @Sendable () -> Bool) async throws(LedgerError) -> Result
    {
        let began = clock.now()
        var result = Result()
        if reach == .all { try await ports.outbox.hastenMail(of: team, at: began) }
        sending: while !isStopping(), clock.now() - began < Self.mostTime {
            let now = clock.now()
            // Due when the round began: what it leaves for later is not tried again in the same round.
            let claimed = try await ports.outbox.claimMail(
                of: team,
                due: began,
                at: now,
                leasedUntil: now + Self.lease,
                by: ports.holder
            )
            guard let mail = claimed else { break }
            let verdict = await hand(mail.draft, to: mail.address, mayBeRepeat: mail.mayBeRepeat, isStopping)
            try await settle(mail, verdict, &result)
            switch verdict {
            // The same awaits every other mail.
            case .unavailable, .stopped: break sending
            case .taken, .refused, .later, .unknown: break
            }
        }
        result.waiting = try await ports.outbox.waitingMail(of: team, keyPrefix: "")
        if let waiting = result.waiting, clock.now() - waiting.oldest > Self.longWait {
            result.note("a mail has waited since \(waiting.oldest)")
        }
        return result
    }

    private var team: TeamID { ports.list.team }

    private func hand(
        _ draft: MailDraft,
        to address: String,
        mayBeRepeat: Bool,
        _ isStopping: @escaping @Sendable () -> Bool
    ) async -> MailVerdict {
        let message = MIMEMessage(draft, team: team, from: ports.from, to: address, mayBeRepeat: mayBeRepeat)
        return await ports.sender.send(message.bytes, from: ports.from, to: address, isStopping: isStopping)
    }

    private func settle(
        _ mail: ClaimedMail,
        _ verdict: MailVerdict,
        _ result: inout Result
    ) async throws(LedgerError) {
        let now = clock.now()
        let isTooOld = now - mail.draft.createdAt > Self.mostAge
        let state: OutboxState
        var reply = ""
        var mayHaveArrived = false
        switch verdict {
        case .taken:
            state = .sent
            result.sent += 1
        case .refused(let why):
            (state, reply) = (.givenUp, why)
        case .later(let why), .unavailable(let why):
            (state, reply) = (isTooOld ? .givenUp : .waiting, why)
        case .unknown(let why):
            mayHaveArrived = true
            (state, reply) = (isTooOld || mail.attempts >= Self.mostUnknown ? .givenUp : .waiting, why)
        case .stopped:
            (state, reply) = (.waiting, "stopped before it was sent")
        }
        if state == .givenUp { result.givenUp += 1 }
        if state != .sent { result.note(reply.without(mail.address)) }
        try await ports.outbox.settle(
            mail,
            of: team,
            as: state,
            reply: reply,
            next: verdict == .stopped ? now : now + Self.pause(after: mail.attempts),
            mayHaveArrived: mayHaveArrived,
            at: now
        )
    }

    /// 2, 4, 8 … minutes, at most 50: an hourly run tries every time.
    private static func pause(after attempts: Int) -> Duration {
        .seconds(60 * min(50, 1 << min(attempts, 10)))
    }
}

extension MailRound.Result {
    /// Whether all that was to be sent is sent.
    public var isGood: Bool { trouble.isEmpty }

    /// What went wrong, in a sentence.
    public var text: String {
        let left = waiting.map { "; \($0.count) waiting: synctec mail list" }
        return "mail: " + trouble.joined(separator: "; ") + (left ?? "")
    }

    mutating func note(_ why: String) {
        if !trouble.contains(why) { trouble.append(why) }
    }
}

extension String {
    /// The text without an address in it, for reports and logs.
    func without(_ address: String) -> String {
        contains(address) ? replacing(address, with: "<recipient>") : self
    }
}
