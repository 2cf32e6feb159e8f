public import Catalog
public import ReportPage

/// What is remembered of a team's runs, for the page of a report.
public protocol RunHistoryReading: Sendable {
    /// The latest runs that planned or wrote, at most ``ReportPage/RunHistory/mostRuns``, up to the one that began at that time.
    ///
    /// Reads the rows of those runs that drifted: quick for runs in step, seconds for a month of very large ones.
    func history(of team: TeamID, until time: Timestamp) async throws(LedgerError) -> RunHistory
}
