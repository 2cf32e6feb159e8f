public import Catalog
public import Reconciliation
public import Reporting

/// What a run begins with.
public struct RunStart: Sendable, Hashable {
    /// Drawn anew for every run.
    public let id: RunID
    /// The team it works for.
    public let team: TeamID
    /// `plan`, `run`, `apply` or `leave`.
    public let command: String
    /// When it took the lock.
    public let startedAt: Timestamp
    /// The version of the program.
    public let version: String
    /// Who runs it, such as `user@host, process 123`.
    public let holder: String
    /// What it may write; none for a plan.
    public let stages: Set<RunStage>

    /// Puts the parts together.
    public init(
        id: RunID,
        team: TeamID,
        command: String,
        startedAt: Timestamp,
        version: String,
        holder: String,
        stages: Set<RunStage> = Set(RunStage.allCases)
    ) {
        self.id = id
        self.team = team
        self.command = command
        self.startedAt = startedAt
        self.version = version
        self.holder = holder
        self.stages = stages
    }
}

/// A run as the ledger knows it.
public struct RunRecord: Sendable, Hashable {
    /// Its id; people name it by the first signs.
    public let id: RunID
    /// The team it worked for.
    public let team: TeamID
    /// `plan`, `run`, `apply` or `leave`.
    public let command: String
    /// When it took the lock.
    public let startedAt: Timestamp
    /// `nil` while it goes on.
    public let endedAt: Timestamp?
    /// The name of its exit status; `RUNNING` while it goes on, `INTERRUPTED` where it was killed.
    public let status: String
    /// Why it ended so; empty where there is nothing to say.
    public let detail: String
    /// Per destination, by shop.
    public let destinations: [RunDestinationRecord]

    /// Puts the parts together.
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
    /// The destination.
    public let shop: ShopDomain
    /// The name of the exit status of this part (FAULTS, "Exit status").
    public let status: String
    /// Why it ended so; empty where there is nothing to say.
    public let detail: String
    /// The plan it made or applied; `nil` where it came to none.
    public let plan: PlanHash?
    /// What was compared, planned and written, in numbers.
    public let summary: DestinationSummary

    /// Puts the parts together.
    public init(shop: ShopDomain, status: String, detail: String, plan: PlanHash?, summary: DestinationSummary) {
        self.shop = shop
        self.status = status
        self.detail = detail
        self.plan = plan
        self.summary = summary
    }
}
