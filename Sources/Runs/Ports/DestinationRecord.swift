public import Catalog
public import Reconciliation
public import Reporting

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
