public import Catalog

/// Whom a mail is for: everybody who runs the team, or one reseller.
public enum MailAudience: Sendable, Hashable {
    /// The team: every store's report.
    case team
    /// A destination: its own report, and nothing that names another destination (FAULTS ML-3).
    case destination(ShopDomain)

    /// How it is stored: the shop, or nothing for the team.
    public var text: String {
        switch self {
        case .team: ""
        case .destination(let shop): shop.text
        }
    }

    /// Reads the stored form.
    public init?(_ text: String) {
        if text.isEmpty {
            self = .team
        } else {
            guard let shop = ShopDomain(text) else { return nil }
            self = .destination(shop)
        }
    }
}

/// A file that goes with a mail.
public struct MailAttachment: Sendable, Hashable {
    /// The name, plain ASCII.
    public let name: String
    /// The media type.
    public let type: String
    /// The file.
    public let bytes: [UInt8]

    /// A file that goes with a mail.
    public init(name: String, type: String, bytes: [UInt8]) {
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}

/// A mail that is written and not yet addressed: one content for all who get it.
public struct MailDraft: Sendable, Hashable {
    /// What a mail is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A run, at its end.
        case run
        /// A past run, on request.
        case again
        /// All runs of a day.
        case daily
        /// A unit that failed.
        case failure
    }

    /// Names the mail for good: a second one of the same key is the same mail and is not sent again.
    public let key: String
    /// What it is about.
    public let kind: Kind
    /// Whom it is for.
    public let audience: MailAudience
    /// The run it is about; empty where it is about several or none.
    public let run: String
    /// The name of the exit status it tells; empty where there is none.
    public let status: String
    /// When it was written; its date.
    public let createdAt: Timestamp
    /// The subject, without an encoding.
    public let subject: String
    /// The text part, lines ending in `\n`.
    public let text: String
    /// What stands in the body of the HTML part.
    public let html: String
    /// The files, as they are sent.
    public let attachments: [MailAttachment]
    /// The addresses; each gets a mail of its own.
    public let recipients: [String]

    /// A mail that is written.
    public init(
        key: String,
        kind: Kind,
        audience: MailAudience,
        run: String,
        status: String,
        createdAt: Timestamp,
        subject: String,
        text: String,
        html: String,
        attachments: [MailAttachment],
        recipients: [String]
    ) {
        self.key = key
        self.kind = kind
        self.audience = audience
        self.run = run
        self.status = status
        self.createdAt = createdAt
        self.subject = subject
        self.text = text
        self.html = html
        self.attachments = attachments
        self.recipients = recipients
    }
}
