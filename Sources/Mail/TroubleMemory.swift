public import Catalog

/// What an audience was last told about trouble, so that the same is not told every hour.
public struct TroubleMemory: Sendable, Hashable {
    /// Whom it was told to.
    public let audience: MailAudience
    /// A digest of the trouble; empty: there was none.
    public let trouble: String
    /// When it was told.
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
    /// It is new, another one, or a day old.
    case trouble
    /// What was told is over.
    case over

    init(_ trouble: String, at time: Timestamp, after memory: TroubleMemory?) {
        let told = memory?.trouble ?? ""
        if trouble.isEmpty {
            self = told.isEmpty ? .none : .over
        } else if let memory, told == trouble, time - memory.toldAt < TroubleMemory.reminder {
            self = .none
        } else {
            self = .trouble
        }
    }
}
