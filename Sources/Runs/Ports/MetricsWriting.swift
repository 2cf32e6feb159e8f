public import Reporting

/// Where a run's numbers for monitoring go.
public protocol MetricsWriting: Sendable {
    /// Whether they could be written now; what is there stays as it is.
    func rehearse() throws(ReportError)

    /// Writes them in place of the last ones.
    func write(_ metrics: TeamMetrics) throws(ReportError)
}
