public import Catalog
public import FoundationEssentials
public import Pricing
public import Reconciliation
public import Reporting

/// A store as a team knows it.
public struct StoreRecord: Sendable, Hashable {
    public let shop: ShopDomain
    /// The shop's own id: names may change hands, ids don't.
    public let id: ResourceID
    public let currency: Currency

    public init(shop: ShopDomain, id: ResourceID, currency: Currency) {
        self.shop = shop
        self.id = id
        self.currency = currency
    }
}

/// What a store is in a team; one role only.
public enum StoreRole: String, Sendable, Hashable, Codable {
    case source, destination
}

/// What came of pinning a store.
public enum PinResult: Sendable, Hashable {
    /// First seen, or the same as ever.
    case agrees
    /// The shop id under this address is another one than before.
    case otherShop(pinned: Int64)
    /// The shop holds the other role in this team.
    case otherRole(StoreRole)
    /// The shop's currency is another one than before.
    case otherCurrency(pinned: Currency)
}

/// A team.
public struct TeamRecord: Sendable, Hashable {
    public let id: TeamID
    public let source: StoreRecord
    public let createdAt: Timestamp
    public let createdBy: String

    public init(id: TeamID, source: StoreRecord, createdAt: Timestamp, createdBy: String) {
        self.id = id
        self.source = source
        self.createdAt = createdAt
        self.createdBy = createdBy
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
    public let scope: LockScope
    public let fence: Int64

    public init(scope: LockScope, fence: Int64) {
        self.scope = scope
        self.fence = fence
    }
}

/// The id of a run: 32 hexadecimal signs (a UUID without dashes).
public struct RunID: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The signs, in lower case.
    public let text: String

    /// Takes 32 hexadecimal signs in lower case; anything else is `nil`.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, PlanHash.isHexadecimal(text) else { return nil }
        self.text = String(text)
    }

    /// Draws one.
    public static func random(using generator: inout some RandomNumberGenerator) -> RunID {
        let signs = Array("0123456789abcdef")
        return RunID(unchecked: String((0..<32).map { _ in signs[Int.random(in: 0..<16, using: &generator)] }))
    }

    private init(unchecked text: String) { self.text = text }

    /// Enough signs for people.
    public var short: String { String(text.prefix(8)) }

    /// All signs.
    public var description: String { text }
}

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

/// One destination's part of a run, as it ended.
public struct DestinationRecord: Sendable {
    public let run: RunID
    public let team: TeamID
    public let destination: ShopDomain
    /// The name of the exit status of this part (FAULTS, "Exit status").
    public let status: String
    public let detail: String
    public let plan: PlanHash?
    public let summary: DestinationSummary
    public let corrections: [CorrectionRow]
    public let findings: [FindingRow]

    public init(
        run: RunID, team: TeamID, destination: ShopDomain, status: String, detail: String, plan: PlanHash?,
        summary: DestinationSummary, corrections: [CorrectionRow], findings: [FindingRow]
    ) {
        self.run = run
        self.team = team
        self.destination = destination
        self.status = status
        self.detail = detail
        self.plan = plan
        self.summary = summary
        self.corrections = corrections
        self.findings = findings
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
        id: RunID, team: TeamID, command: String, startedAt: Timestamp, endedAt: Timestamp?, status: String,
        detail: String, destinations: [RunDestinationRecord]
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

/// A plan as it is kept.
public struct StoredPlan: Sendable, Hashable {
    public let hash: PlanHash
    public let team: TeamID
    public let destination: ShopDomain
    public let run: RunID
    public let createdAt: Timestamp
    /// ``CorrectionPlan/document()``, kept compressed.
    public let document: Data
    /// The rules' hash it was made by.
    public let rules: String
    /// The brakes that stopped it, by name.
    public let brakes: [Brake]

    public init(
        hash: PlanHash, team: TeamID, destination: ShopDomain, run: RunID, createdAt: Timestamp, document: Data,
        rules: String, brakes: [Brake]
    ) {
        self.hash = hash
        self.team = team
        self.destination = destination
        self.run = run
        self.createdAt = createdAt
        self.document = document
        self.rules = rules
        self.brakes = brakes
    }
}

/// A person's release of one plan, good for one run.
public struct PlanApproval: Sendable, Hashable {
    public let plan: StoredPlan
    public let held: Bool
    public let by: String
    public let at: Timestamp

    public init(plan: StoredPlan, held: Bool, by: String, at: Timestamp) {
        self.plan = plan
        self.held = held
        self.by = by
        self.at = at
    }
}

/// What the last good run of a destination left behind.
public struct Baseline: Sendable {
    public let team: TeamID
    public let destination: ShopDomain
    public let run: RunID
    public let at: Timestamp
    /// The rules' hash that a person has accepted.
    public let rules: String
    /// The serialised packed rows of the source at that run.
    public let sourceRows: [UInt8]
    /// The serialised links: which variants a SKU stood for, and its last written price.
    public let links: [UInt8]
    /// The rate that prices follow.
    public let rate: ExchangeRate?
    /// Distinct SKUs in the two snapshots, for the brake on shrinking.
    public let sourceSKUs: Int
    public let destinationSKUs: Int

    public init(
        team: TeamID, destination: ShopDomain, run: RunID, at: Timestamp, rules: String, sourceRows: [UInt8],
        links: [UInt8], rate: ExchangeRate?, sourceSKUs: Int, destinationSKUs: Int
    ) {
        self.team = team
        self.destination = destination
        self.run = run
        self.at = at
        self.rules = rules
        self.sourceRows = sourceRows
        self.links = links
        self.rate = rate
        self.sourceSKUs = sourceSKUs
        self.destinationSKUs = destinationSKUs
    }
}

/// A field that does not take its correction.
public struct AttemptRecord: Sendable, Hashable {
    /// What went wrong each time.
    public enum Kind: String, Sendable, Hashable {
        /// It was written, and had drifted again at the next run.
        case unheld
        /// The store refused it with the same code.
        case failed
    }

    public let sku: SKU
    public let field: CatalogField
    public let kind: Kind
    public let count: Int
    /// The value that was written, or the error's code.
    public let detail: String

    public init(sku: SKU, field: CatalogField, kind: Kind, count: Int, detail: String) {
        self.sku = sku
        self.field = field
        self.kind = kind
        self.count = count
        self.detail = detail
    }
}

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
        key: String, run: RunID, team: TeamID, destination: ShopDomain, call: String, corrections: Data, at: Timestamp
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
