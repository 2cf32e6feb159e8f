/// Why a mail was not taken, and so what may be done next.
public enum MailError: Error, Sendable, Hashable {
    /// No connection, a lost one or no answer before the mail itself was sent: it was not taken.
    case notReached(host: String, reason: String)
    /// No TLS where it is required, or a certificate that is not trusted: nothing was sent (FAULTS ML-4).
    case untrusted(host: String, reason: String)
    /// Name or password were refused, or the server has no sign-in.
    case signInRefused(host: String, reason: String)
    /// The server refuses whatever this sender sends, for now at least.
    case refused(host: String, reply: String)
    /// The server refuses this recipient; other mails are not concerned.
    case recipientRefused(reply: String, isPermanent: Bool)
    /// The server refuses this mail; others are not concerned.
    case mailRefused(reply: String, isPermanent: Bool)
    /// The whole mail was sent and no answer came: it may have been taken.
    case unknown(host: String, reason: String)
    /// The sender was stopped before the mail was sent.
    case cancelled
}

extension MailError: CustomStringConvertible {
    /// What happened, and what to look at.
    public var description: String {
        switch self {
        case .notReached(let host, let reason): "\(host) was not reached: \(reason)"
        case .untrusted(let host, let reason): "\(host) is not trusted, nothing was sent: \(reason)"
        case .signInRefused(let host, let reason):
            "\(host) refused the sign-in (\(reason)): look at smtp.user and the file smtp in the credentials folder"
        case .refused(let host, let reply): "\(host) takes no mail from here: \(reply)"
        case .recipientRefused(let reply, let isPermanent):
            "the recipient was refused\(isPermanent ? "" : " for now"): \(reply)"
        case .mailRefused(let reply, let isPermanent): "the mail was refused\(isPermanent ? "" : " for now"): \(reply)"
        case .unknown(let host, let reason): "\(host) has the mail and did not say whether it took it: \(reason)"
        case .cancelled: "stopped"
        }
    }
}
