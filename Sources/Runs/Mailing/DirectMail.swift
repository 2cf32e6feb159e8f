public import Catalog
public import Mail

/// Sends mails that no outbox could take, each once: the database may be just what is in trouble (FAULTS DB-1).
public struct DirectMail: Sendable {
    private let sender: any MailSending
    private let team: TeamID
    private let from: String

    /// Takes what sends, and the sender's address.
    public init(_ sender: any MailSending, of team: TeamID, from: String) {
        self.sender = sender
        self.team = team
        self.from = from
    }

    /// Sends every mail to each of its recipients; what is not taken is lost, and told.
    public func send(_ drafts: [MailDraft]) async -> MailRound.Result {
        await uninterrupted { isStopping in
            var result = MailRound.Result()
            for draft in drafts {
                for address in draft.recipients {
                    let message = MIMEMessage(draft, team: team, from: from, to: address, mayBeRepeat: false)
                    switch await sender.send(message.bytes, from: from, to: address, isStopping: isStopping) {
                    case .taken:
                        result.sent += 1
                    case .stopped:
                        result.givenUp += 1
                        result.note("stopped before it was sent")
                        return result
                    case .refused(let why), .later(let why), .unknown(let why), .unavailable(let why):
                        result.givenUp += 1
                        result.note(why.without(address))
                    }
                }
            }
            return result
        }
    }
}
