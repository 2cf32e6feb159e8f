/// Amounts as text and as whole minor units; nothing here passes through a binary fraction.
enum DecimalText {
    /// Currencies whose minor unit is not a hundredth (ISO 4217, list one).
    private static let otherDigits: [String: Int] = [
        "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
        "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3,
        "TND": 3,
    ]

    /// How many decimals amounts of a currency have.
    static func digits(of currency: String) -> Int { otherDigits[currency] ?? 2 }

    static func isDecimal(_ text: String) -> Bool { parts(of: text) != nil }

    /// The minor units of `text`; nil where it is no decimal or has more decimals (zeros aside) than `digits`.
    static func minorUnits(_ text: String, digits: Int) -> Int64? {
        guard let (isNegative, whole, fraction) = parts(of: text) else { return nil }
        let kept = fraction.prefix(digits)
        guard fraction.dropFirst(digits).allSatisfy({ $0 == "0" }) else { return nil }
        let padded = whole + kept + String(repeating: "0", count: digits - kept.count)
        guard let magnitude = Int64(padded) else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// The `Money` scalar: all decimals of the currency (`10.00`, `1000`).
    static func money(_ minor: Int64, digits: Int) -> String {
        guard digits > 0 else { return String(minor) }
        var text = String(minor.magnitude)
        if text.utf8.count <= digits { text = String(repeating: "0", count: digits + 1 - text.utf8.count) + text }
        let cut = text.index(text.endIndex, offsetBy: -digits)
        return (minor < 0 ? "-" : "") + text[..<cut] + "." + text[cut...]
    }

    /// The amount of a `MoneyV2`: at least one decimal, no zeros behind it (`10.0`, `10.25`).
    static func amount(_ minor: Int64, digits: Int) -> String {
        guard digits > 0 else { return "\(minor).0" }
        var text = money(minor, digits: digits)
        while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
        return text
    }

    /// A non-negative exact fraction, such as a rate.
    static func fraction(_ text: String) -> (numerator: Int128, denominator: Int128)? {
        guard let (isNegative, whole, fraction) = parts(of: text), !isNegative,
            let numerator = Int128(whole + fraction)
        else { return nil }
        return (numerator, fraction.reduce(Int128(1)) { scale, _ in scale * 10 })
    }

    private static func parts(of text: String) -> (isNegative: Bool, whole: String, fraction: String)? {
        var rest = Substring(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative { rest = rest.dropFirst() }
        let pieces = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(pieces.count), pieces.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            !(pieces[0].isEmpty), pieces.count == 1 || !pieces[1].isEmpty, rest.utf8.count <= 30
        else { return nil }
        return (isNegative, String(pieces[0]), pieces.count == 2 ? String(pieces[1]) : "")
    }
}
