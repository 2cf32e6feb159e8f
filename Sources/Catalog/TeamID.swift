/// The address of a team: `SP-TEAM-` and six signs.
///
/// It finds a team; it gives no right (FAULTS HI-4).
public struct TeamID: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// The signs that cannot be mistaken for one another: no 0, 1, I, L, O or U.
    public static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ")
    /// What every Team ID begins with.
    public static let prefix = "SP-TEAM-"

    /// The whole id, in upper case.
    public let text: String

    /// Takes `SP-TEAM-` and six signs of the alphabet; anything else is `nil`.
    public init?(_ text: some StringProtocol) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let signs = text.dropFirst(Self.prefix.count)
        guard signs.count == 6, signs.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.text = String(text)
    }

    /// Draws a new id from a source of random numbers, which has to be a secure one outside tests.
    public static func random(using generator: inout some RandomNumberGenerator) -> TeamID {
        let signs = (0..<6).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        return TeamID(unchecked: prefix + String(signs))
    }

    private init(unchecked text: String) {
        self.text = text
    }

    /// The whole id.
    public var description: String { text }

    /// By text.
    public static func < (left: TeamID, right: TeamID) -> Bool { left.text < right.text }

    /// Reads the id.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = TeamID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a Team ID")
        }
        self = id
    }

    /// Writes the id.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
