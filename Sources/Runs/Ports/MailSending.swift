public import Mail

/// Hands mails to the mail server.
public protocol MailSending: Sendable {
    /// Sends one mail to one address; `isStopping` is asked now and then, and `true` gives up.
    func send(
        _ message: [UInt8],
        from sender: String,
        to recipient: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async -> MailVerdict

    /// Connects and signs in as for a mail, and sends none.
    ///
    /// - Returns: what was found, in words.
    func probe() async throws(ReportError) -> String
}

/// What became of a mail that was handed to the server.
public enum MailVerdict: Sendable, Hashable {
    /// The server has taken it.
    case taken
    /// Refused for good: trying again would be refused again.
    case refused(String)
    /// Refused for now; other mails are not concerned.
    case later(String)
    /// The server takes nothing at the moment, or not from here.
    case unavailable(String)
    /// It was sent and never confirmed.
    case unknown(String)
    /// It was given up before it was sent, because this process has to end.
    case stopped
}

/// Everything that mails need.
public struct MailPorts: Sendable {
    /// Where they wait.
    public let outbox: any Outbox
    /// What sends them.
    public let sender: any MailSending
    /// Who gets what.
    public let list: MailList
    /// The sender's address.
    public let from: String
    /// The folder of all reports, which a mail points at.
    public let reports: String
    /// The largest mail.
    public let mostBytes: Int
    /// Who sends, for others who find a mail being sent.
    public let holder: String

    /// Puts the parts together.
    public init(
        outbox: any Outbox,
        sender: any MailSending,
        list: MailList,
        from: String,
        reports: String,
        mostBytes: Int,
        holder: String
    ) {
        self.outbox = outbox
        self.sender = sender
        self.list = list
        self.from = from
        self.reports = reports
        self.mostBytes = mostBytes
        self.holder = holder
    }
}
