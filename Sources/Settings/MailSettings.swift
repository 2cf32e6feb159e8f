/// Somebody who gets reports by mail.
public struct ReportRecipient: Sendable, Hashable {
    /// After which runs a mail goes out.
    public enum Occasion: String, Sendable, Hashable, CaseIterable {
        /// Every run.
        case always
        /// Runs that found or changed something.
        case changes
        /// Runs that need a person.
        case trouble
    }

    /// The address, one line without control characters (FAULTS ML-2).
    public let mail: String
    /// After which runs.
    public let when: Occasion
}

/// The server that takes the mail; its password is a credential file.
public struct MailServer: Sendable, Hashable {
    /// `smtps://host:port`, or `smtp://host:port` with STARTTLS.
    public let url: String
    /// The sender's address.
    public let from: String
    /// The name to sign in with; `nil`: no sign-in.
    public let user: String?
}
