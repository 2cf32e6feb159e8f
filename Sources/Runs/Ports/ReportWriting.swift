public import ReportPage
public import Reporting

/// Where reports go.
public protocol ReportWriting: Sendable {
    /// Finds out, before any store is written, whether a report could be written (FAULTS CS-4).
    func rehearse() throws(ReportError)

    /// Writes the report of a run, with its page where there is one: whole, or not at all.
    ///
    /// - Returns: where it stands.
    func write(_ report: RunReport, page: RunPage?) throws(ReportError) -> String
}

/// Why a report could not be written, in a sentence that says what to do.
public struct ReportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Takes the sentence.
    public init(_ description: String) {
        self.description = description
    }
}
