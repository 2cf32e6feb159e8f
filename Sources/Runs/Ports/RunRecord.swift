public import Catalog
public import Reconciliation

/// What a run begins with.
public struct RunStart: Sendable, Hashable {
    public let id: RunID
    public let team: TeamID
    /// `plan`, `run`, `apply` or `leave`.
    public let command: String
    public let startedAt: Timestamp
    public let version: String
    public let holder: String

    public init(id: RunID, team: TeamID, command: String, startedAt: Timestamp, version: String, holder: String) {
        self.id = id
        self.team = team
        self.command = command
        self.startedAt = startedAt
        self.version = version
        self.holder = holder
    }
}

/// A run as the ledger knows it.
public struct RunRecord: Sendable, Hashable {
    public let id: RunID
    public let team: TeamID
    public let command: String
    public let startedAt: Timestamp
    /// `nil` while it goes on.
    public let endedAt: Timestamp?
    /// The name of its exit status; `RUNNING` while it goes on, `INTERRUPTED` where it was killed.
    public let status: String
    public let detail: String
    /// Per destination, by shop.
    public let destinations: [RunDestinationRecord]

    public init(
        id: RunID,
        team: TeamID,
        command: String,
        startedAt: Timestamp,
        endedAt: Timestamp?,
        status: String,
        detail: String,
        destinations: [RunDestinationRecord]
    ) {
        self.id = id
        self.team = team
        self.command = command
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.status = status
        self.detail = detail
        self.destinations = destinations
    }
}

/// One destination in a ``RunRecord``.
public struct RunDestinationRecord: Sendable, Hashable {
    public let shop: ShopDomain
    public let status: String
    public let detail: String
    public let plan: PlanHash?
    public let summary: DestinationSummary

    public init(shop: ShopDomain, status: String, detail: String, plan: PlanHash?, summary: DestinationSummary) {
        self.shop = shop
        self.status = status
        self.detail = detail
        self.plan = plan
        self.summary = summary
    }
}
