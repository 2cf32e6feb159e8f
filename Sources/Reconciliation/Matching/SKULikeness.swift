/// What is left of a SKU when everything people mistype is taken away: case, blanks, dashes, Unicode forms, leading zeros.
///
/// Only ever used to suggest a likely partner in the report (FAULTS MA-3), never to match.
public struct SKULikeness: Hashable, Sendable {
    private let key: String

    /// Reduces a SKU's text.
    public init(_ text: String) {
        if let key = Self.keyOfASCII(text) {
            self.key = key
            return
        }
        var kept = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            // Full-width forms stand for the ASCII signs 0xFEE0 below them.
            let plain =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            let properties = plain.properties
            if properties.isWhitespace || properties.isDefaultIgnorableCodePoint { continue }
            if !Self.leftOut.contains(properties.generalCategory) { kept.append(plain) }
        }
        // String equality and hashing go by canonical equivalence, so composed and decomposed forms meet here.
        let reduced = String(kept)
        let trimmed = reduced.drop { $0 == "0" }
        key = String(trimmed).lowercased()
    }

    /// The same for a text of ASCII only, as nearly all SKUs are, without a look into Unicode's tables.
    private static func keyOfASCII(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let kept = text.utf8.lazy.filter { !dropped[Int($0)] }.drop { $0 == UInt8(ascii: "0") }
        return String(decoding: kept.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The ASCII signs of the categories that are taken away.
    private static let dropped: [Bool] = (0..<128).map { (byte: UInt8) in
        let properties = Unicode.Scalar(byte).properties
        return properties.isWhitespace || leftOut.contains(properties.generalCategory)
    }

    private static let leftOut: Set<Unicode.GeneralCategory> = [
        .dashPunctuation, .connectorPunctuation, .otherPunctuation, .control, .format,
    ]

    /// Whether nothing is left to compare.
    public var isEmpty: Bool { key.isEmpty }
}
