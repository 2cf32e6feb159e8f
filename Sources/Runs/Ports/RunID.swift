import Reconciliation

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
