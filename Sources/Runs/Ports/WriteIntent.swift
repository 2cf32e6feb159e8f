public import Catalog
public import FoundationEssentials

/// A write that was decided on, recorded before its call.
public struct WriteIntent: Sendable, Hashable {
    /// What became of it.
    public enum State: String, Sendable, Hashable {
        case intended, done, refused, unknown
    }

    /// Unique; for stock also the idempotency key.
    public let key: String
    public let run: RunID
    public let team: TeamID
    public let destination: ShopDomain
    /// The call, such as `update variants`.
    public let call: String
    /// The corrections of the call, as JSON.
    public let corrections: Data
    public let at: Timestamp

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
