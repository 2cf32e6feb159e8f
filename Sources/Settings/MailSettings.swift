/// Somebody who gets reports by mail.
public struct ReportRecipient: Sendable, Hashable {
    /// After which runs a mail goes out.
    public enum Occasion: String, Sendable, Hashable, CaseIterable {
        /// Every run.
        case always
        /// Runs that changed something or planned to.
        case changes
        /// Runs that need a person: once when that is new, again after a day, and once when it is over.
        case trouble
        /// No run by itself, but one mail a day about all of them.
        case daily
    }

    /// The address, one line without control characters (FAULTS ML-2).
    public let mail: String
    /// After which runs.
    public let when: Occasion

    /// Whether the text is one address that the settings take (FAULTS ML-2).
    public static func isAddress(_ text: String) -> Bool { MailAddress.isPlain(text) }

    /// A recipient; the address is one that the settings take.
    public init(mail: String, when: Occasion) {
        self.mail = mail
        self.when = when
    }
}

/// The server that takes the mail; its password is a credential file.
public struct MailServer: Sendable, Hashable {
    /// The largest mail where nothing else is said, in millions of bytes.
    public static let usualMegabytes = 10

    /// `smtps://host:port`, or `smtp://host:port`, with STARTTLS unless ``allowsPlain``.
    public let url: String
    /// The sender's address.
    public let from: String
    /// The name to sign in with; `nil`: no sign-in.
    public let user: String?
    /// A file of certificates in PEM that are trusted beside the system's.
    public let certificates: String?
    /// Whether a server on this machine may be spoken to without TLS; never with a ``user``.
    public let allowsPlain: Bool
    /// The largest mail, as it is sent.
    public let mostBytes: Int

    /// Whether TLS begins with the first byte.
    public var isSecureFromStart: Bool { url.hasPrefix("smtps://") }

    /// The server's name.
    public var host: String { String(place.prefix { $0 != ":" }) }

    /// The server's port: 465, or 587 with STARTTLS and 25 without, where none is written.
    public var port: Int {
        Int(place.drop { $0 != ":" }.dropFirst()) ?? (isSecureFromStart ? 465 : allowsPlain ? 25 : 587)
    }

    private var place: Substring { url.split(separator: "/").last ?? "" }
}
