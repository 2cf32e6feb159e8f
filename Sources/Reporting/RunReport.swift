public import Catalog
public import Reconciliation

/// Everything a run has to tell: the same values become CSV files, JSON, text, and rows of the ledger.
public struct RunReport: Sendable {
    /// What identifies the run, as text.
    public var run: String
    /// The team.
    public var team: TeamID
    /// The source store.
    public var source: ShopDomain
    /// `plan`, `run`, `apply` or `leave`.
    public var command: String
    /// When it started.
    public var startedAt: Timestamp
    /// When it ended.
    public var endedAt: Timestamp
    /// The name of the exit status, such as `ATTENTION`.
    public var status: String
    /// Why, in a sentence; empty where the status says all.
    public var detail: String
    /// One part per destination, by shop.
    public var destinations: [DestinationReport]

    /// A report.
    public init(
        run: String,
        team: TeamID,
        source: ShopDomain,
        command: String,
        startedAt: Timestamp,
        endedAt: Timestamp,
        status: String,
        detail: String,
        destinations: [DestinationReport]
    ) {
        self.run = run
        self.team = team
        self.source = source
        self.command = command
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.status = status
        self.detail = detail
        self.destinations = destinations
    }
}

/// One destination's part of a ``RunReport``.
public struct DestinationReport: Sendable {
    /// The destination.
    public var shop: ShopDomain
    /// The name of the exit status of this part.
    public var status: String
    /// Why, in a sentence; empty where the status says all.
    public var detail: String
    /// The plan's hash; `nil` where there was none.
    public var plan: PlanHash?
    /// The brakes that stopped a part of it.
    public var brakes: [BrakeHit]
    /// The rate with date and origin; empty where none was needed or accepted.
    public var rate: String
    /// The sums; all zero where the stores could not be compared.
    public var summary: DestinationSummary
    /// Sorted by SKU, then field.
    public var corrections: [CorrectionRow]
    /// What a person has to look at.
    public var findings: [FindingRow]

    /// A part of a report.
    public init(
        shop: ShopDomain,
        status: String,
        detail: String,
        plan: PlanHash?,
        brakes: [BrakeHit],
        rate: String,
        summary: DestinationSummary,
        corrections: [CorrectionRow],
        findings: [FindingRow]
    ) {
        self.shop = shop
        self.status = status
        self.detail = detail
        self.plan = plan
        self.brakes = brakes
        self.rate = rate
        self.summary = summary
        self.corrections = corrections
        self.findings = findings
    }

    /// Whether the sums tell of corrections or findings and there is no row of any: the ledger keeps rows for a shorter time
    /// (`keep: rows`) than what a run came to.
    public var lacksRows: Bool {
        let told = summary.corrections.values.reduce(0, +) + summary.heldFields + summary.refusedFields
        let unpaired = [SKUOutcome.missing, .extra, .unshared, .duplicate].reduce(0) { $0 + summary.count($1) }
        return corrections.isEmpty && findings.isEmpty && told + unpaired > 0
    }

    /// What a report says in place of rows that are gone.
    public static let withoutRows =
        "The rows of this run are older than the settings keep (keep: rows), and gone; its sums are left."
}
