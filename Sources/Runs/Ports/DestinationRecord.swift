public import Catalog
public import Reconciliation
public import Reporting

/// One destination's part of a run, as it ended.
public struct DestinationRecord: Sendable {
    /// The run this is a part of.
    public let run: RunID
    /// The team of the run.
    public let team: TeamID
    /// The store it was about.
    public let destination: ShopDomain
    /// The name of the exit status of this part (FAULTS, "Exit status").
    public let status: String
    /// Why it ended so; empty where there is nothing to say.
    public let detail: String
    /// The plan it made or applied; `nil` where it came to none.
    public let plan: PlanHash?
    /// What was compared, planned and written, in numbers.
    public let summary: DestinationSummary
    /// Every field that changed or drifted, with what became of it.
    public let corrections: [CorrectionRow]
    /// What a person has to look at, such as SKUs without a partner.
    public let findings: [FindingRow]

    /// Puts the parts together.
    public init(
        run: RunID,
        team: TeamID,
        destination: ShopDomain,
        status: String,
        detail: String,
        plan: PlanHash?,
        summary: DestinationSummary,
        corrections: [CorrectionRow],
        findings: [FindingRow]
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
