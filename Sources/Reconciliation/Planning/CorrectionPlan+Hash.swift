import Catalog
public import FoundationEssentials
import Pricing

/// The SHA-256 of a plan, or of a stage of it, in hexadecimal.
public struct PlanHash: Sendable, Hashable, Codable, CustomStringConvertible {
    /// 64 hexadecimal signs.
    public let text: String

    /// Takes 64 hexadecimal signs in lower case; anything else is `nil`.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 64, Self.isHexadecimal(text) else { return nil }
        self.text = String(text)
    }

    fileprivate init(digest: SHA256Digest) {
        text = digest.hex
    }

    /// Enough signs to name it to a person and to the command.
    public var short: String { String(text.prefix(12)) }

    /// All signs.
    public var description: String { text }

    /// Whether every sign is a lower-case hexadecimal one.
    public static func isHexadecimal(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
    }

    /// Reads the signs.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let hash = PlanHash(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a plan hash")
        }
        self = hash
    }

    /// Writes the signs.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension CorrectionPlan {
    /// The stored form: JSON with sorted keys, so that equal plans are equal bytes.
    public func document() throws -> Data {
        try Self.encoder.encode(self)
    }

    /// Reads the stored form back.
    ///
    /// - Throws: ``PlanError/unreadable(_:)`` where the document is not a plan of this program's form.
    public init(document: Data) throws(PlanError) {
        let plan: CorrectionPlan
        do {
            plan = try JSONDecoder().decode(CorrectionPlan.self, from: document)
        } catch {
            throw .unreadable(String(describing: error))
        }
        guard plan.form == Self.currentForm else {
            throw .unreadable("its form is \(plan.form), this program reads form \(Self.currentForm)")
        }
        self = plan
    }

    /// The plan's identity: over everything it would write and hold back, the rules and the rate, but not the snapshots,
    /// so that two runs that would do the same have the same hash.
    public func hash() throws -> PlanHash {
        try Self.hash(
            HashedPart(
                team: team.text,
                destination: destination.text,
                rules: rules,
                rate: rate?.text ?? "",
                corrections: corrections,
                held: held
            )
        )
    }

    /// The identity of one stage: over its corrections alone.
    ///
    /// An approval releases a stage as long as that stage is unchanged, however much the others move meanwhile.
    public func hash(of stage: PlanStage) throws -> PlanHash {
        try hash(of: corrections(in: stage))
    }

    /// The identity of one field's corrections.
    ///
    /// By bytes, where `==` would take composed and decomposed texts for equal.
    func hash(of field: CatalogField) throws -> PlanHash {
        try hash(of: corrections.filter { $0.field == field })
    }

    private func hash(of part: [Correction]) throws -> PlanHash {
        try Self.hash(
            HashedPart(
                team: team.text,
                destination: destination.text,
                rules: rules,
                rate: "",
                corrections: part,
                held: []
            )
        )
    }

    private struct HashedPart: Encodable {
        let team: String
        let destination: String
        let rules: String
        let rate: String
        let corrections: [Correction]
        let held: [HeldItem]
    }

    private static func hash(_ part: HashedPart) throws -> PlanHash {
        PlanHash(digest: SHA256Digest(of: try encoder.encode(part)))
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
