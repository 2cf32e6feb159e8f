/// What is left of a SKU when everything people mistype is taken away: case, blanks, dashes, Unicode forms, leading zeros.
///
/// Only ever used to suggest a likely partner in the report (FAULTS MA-3), never to match.
public struct SKULikeness: Hashable, Sendable {
    private let key: String

    /// Reduces a SKU's text.
    public init(_ text: String) {
        var kept = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            // Full-width forms stand for the ASCII signs 0xFEE0 below them.
            let plain =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            let properties = plain.properties
            if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { continue }
            switch properties.generalCategory {
            case .dashPunctuation, .connectorPunctuation, .otherPunctuation, .control, .format: continue
            default: kept.append(plain)
            }
        }
        // String equality and hashing go by canonical equivalence, so composed and decomposed forms meet here.
        let reduced = String(kept)
        let trimmed = reduced.drop { $0 == "0" }
        key = String(trimmed).lowercased()
    }

    /// Whether nothing is left to compare.
    public var isEmpty: Bool { key.isEmpty }
}
