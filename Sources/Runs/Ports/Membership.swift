public import Catalog

/// A destination's place in a team, with its history.
public struct Membership: Sendable, Hashable {
    /// The destination, as the team has it pinned.
    public let store: StoreRecord
    /// Where it stands now.
    public let state: MembershipState
    /// Oldest first; the last one is the current state.
    public let history: [MembershipEvent]

    /// Puts the parts together.
    public init(store: StoreRecord, state: MembershipState, history: [MembershipEvent]) {
        self.store = store
        self.state = state
        self.history = history
    }
}

/// Where a destination stands in a team.
public enum MembershipState: String, Sendable, Hashable, Codable, CaseIterable {
    /// The store asked; the source has not answered yet.
    case requested
    /// The source let it in: runs may read and write it.
    case approved
    /// The source said no; the store may ask again.
    case rejected
    /// The source stopped it for a while.
    case suspended
    /// The store went; it may ask again.
    case left

    /// Whether a membership may move on to that state.
    ///
    /// Nothing is read from or written to a store that is not approved.
    public func canBecome(_ next: MembershipState) -> Bool {
        switch (self, next) {
        case (.requested, .approved), (.requested, .rejected), (.requested, .left): true
        case (.approved, .suspended), (.approved, .left): true
        case (.suspended, .approved), (.suspended, .left): true
        case (.rejected, .requested), (.left, .requested): true
        default: false
        }
    }
}

/// One move of a membership.
public struct MembershipEvent: Sendable, Hashable {
    /// The state it led to.
    public let state: MembershipState
    /// When it was recorded.
    public let at: Timestamp
    /// The person and machine that made it.
    public let actor: String
    /// Their remark; empty where they made none.
    public let note: String

    /// Puts the parts together.
    public init(state: MembershipState, at: Timestamp, actor: String, note: String) {
        self.state = state
        self.at = at
        self.actor = actor
        self.note = note
    }
}
