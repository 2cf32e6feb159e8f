import Catalog

/// What the cells of a product export mean, and how values are written into them.
enum ExportValue {
    /// A yes or no; nil for another word.
    ///
    /// Blank is no (Shopify Help Center, on `Charge tax` and `Requires shipping`).
    static func flag(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "true", "yes", "1": true
        case "", "false", "no", "0": false
        default: nil
        }
    }

    /// The API's word for a policy; nil for an unknown one.
    ///
    /// Blank is to stop selling.
    static func policy(_ word: String) -> String? {
        switch word.lowercased() {
        case "continue": "CONTINUE"
        case "", "deny": "DENY"
        default: flag(word).map { $0 ? "CONTINUE" : "DENY" }
        }
    }

    /// Whether it is digits with an optional point, as amounts and weights are.
    static func isDecimal(_ text: String, allowingMinus: Bool = false) -> Bool {
        var digits = 0
        var points = 0
        for (place, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: ".") where digits > 0 && points == 0: points = 1
            case UInt8(ascii: "-") where place == 0 && allowingMinus: break
            default: return false
            }
        }
        return digits > 0 && text.utf8.last != UInt8(ascii: ".")
    }

    /// The tags between the commas.
    static func tags(_ text: String) -> [String] {
        text.split(separator: ",").map { tag in
            String(tag.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }.filter { !$0.isEmpty }
    }

    /// A weight's grams, exact to the milligram.
    static func grams(_ weight: Weight) -> String {
        let (whole, rest) = weight.milligrams.quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return String(whole) }
        var digits = String(rest)
        digits = String(repeating: "0", count: 3 - digits.utf8.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
