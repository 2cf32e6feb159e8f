import Catalog
import Reporting

extension DestinationRecord {
    /// What the ledger keeps of a report.
    init(_ report: DestinationReport, run: RunID, team: TeamID) {
        self.init(
            run: run,
            team: team,
            destination: report.shop,
            status: report.status,
            detail: report.detail,
            plan: report.plan,
            summary: report.summary,
            corrections: report.corrections,
            findings: report.findings
        )
    }
}
