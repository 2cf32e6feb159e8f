public import Pricing

/// Where exchange rates come from: the ECB, a table, a file.
public protocol RateSource: Sendable {
    /// Reads the rates there are now.
    ///
    /// - Throws: ``RateSourceError`` where there are none; a run then goes on without prices (FAULTS MO-3).
    func rates(base: Currency) async throws(RateSourceError) -> RateTable
}

/// Why there are no rates, in a sentence that says what to do.
public struct RateSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Takes the sentence.
    public init(_ description: String) {
        self.description = description
    }
}
