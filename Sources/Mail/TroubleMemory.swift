public import Catalog

/// What an audience was last told about trouble, so that the same is not told every hour.
public struct TroubleMemory: Sendable, Hashable {
    /// Whom it was told to.
    public let audience: MailAudience
    /// The trouble that it knows, of every destination and stage; empty: there is none.
    public let trouble: String
    /// When this changed last.
    public let toldAt: Timestamp

    /// What was told when.
    public init(audience: MailAudience, trouble: String, toldAt: Timestamp) {
        self.audience = audience
        self.trouble = trouble
        self.toldAt = toldAt
    }

    /// The same trouble is told again after this time.
    static let reminder = Duration.seconds(24 * 3600)
}

/// Whether a run's trouble is worth a mail.
enum TroubleNews: Sendable {
    /// There is none, or it was told already.
    case none
    /// Some of it is new, or a day old.
    case trouble
    /// All that was told is over.
    case over
}
