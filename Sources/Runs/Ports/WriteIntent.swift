public import Catalog
public import FoundationEssentials

/// A write that was decided on, recorded before its call.
public struct WriteIntent: Sendable, Hashable {
    /// What became of it.
    public enum State: String, Sendable, Hashable {
        /// The call may have been sent; nothing is known yet.
        case intended
        /// All of it was read back as it was meant.
        case done
        /// All of it was read back, and not all is as it was meant.
        case refused
        /// It could not be read back; the next snapshot decides.
        case unknown
    }

    /// Unique; for stock also the idempotency key.
    public let key: String
    /// The run that decided on it.
    public let run: RunID
    /// The team of the run.
    public let team: TeamID
    /// The store it goes to.
    public let destination: ShopDomain
    /// The call, such as `update variants`.
    public let call: String
    /// The corrections of the call, as JSON.
    public let corrections: Data
    /// When it was decided on, before the call.
    public let at: Timestamp

    /// Puts the parts together.
    public init(
        key: String,
        run: RunID,
        team: TeamID,
        destination: ShopDomain,
        call: String,
        corrections: Data,
        at: Timestamp
    ) {
        self.key = key
        self.run = run
        self.team = team
        self.destination = destination
        self.call = call
        self.corrections = corrections
        self.at = at
    }
}
