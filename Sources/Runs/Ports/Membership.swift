public import Catalog

/// A destination's place in a team, with its history.
public struct Membership: Sendable, Hashable {
    public let store: StoreRecord
    public let state: MembershipState
    /// Oldest first; the last one is the current state.
    public let history: [MembershipEvent]

    public init(store: StoreRecord, state: MembershipState, history: [MembershipEvent]) {
        self.store = store
        self.state = state
        self.history = history
    }
}

/// A destination's place in a team.
public enum MembershipState: String, Sendable, Hashable, Codable, CaseIterable {
    case requested, approved, rejected, suspended, left

    /// Which moves exist. Nothing is read from or written to a store that is not approved.
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
    public let state: MembershipState
    public let at: Timestamp
    public let actor: String
    public let note: String

    public init(state: MembershipState, at: Timestamp, actor: String, note: String) {
        self.state = state
        self.at = at
        self.actor = actor
        self.note = note
    }
}
