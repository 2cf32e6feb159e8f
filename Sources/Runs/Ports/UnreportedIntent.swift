/// A journalled write of a run that ended without a record of what it did.
public struct UnreportedIntent: Sendable, Hashable {
    /// What was about to be written.
    public let intent: WriteIntent
    /// What its run still learned of it.
    public let state: WriteIntent.State

    /// Puts the parts together.
    public init(intent: WriteIntent, state: WriteIntent.State) {
        self.intent = intent
        self.state = state
    }
}
