public import Catalog

/// What a lock covers.
public enum LockScope: Sendable, Hashable, CustomStringConvertible {
    /// All runs of a team.
    case team(TeamID)
    /// The writes to one destination.
    case destination(TeamID, ShopDomain)

    /// For people.
    public var description: String {
        switch self {
        case .team(let team): "team \(team)"
        case .destination(let team, let shop): "\(shop) in team \(team)"
        }
    }

    /// The team.
    public var team: TeamID {
        switch self {
        case .team(let team), .destination(let team, _): team
        }
    }
}

/// A lock held by this process, with its fencing number.
public struct RunLock: Sendable, Hashable {
    /// What it covers.
    public let scope: LockScope
    /// Rises each time the scope is locked; nothing is written under an older number (FAULTS DB-3).
    public let fence: Int64

    /// Puts the parts together.
    public init(scope: LockScope, fence: Int64) {
        self.scope = scope
        self.fence = fence
    }
}
