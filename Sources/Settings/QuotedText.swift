/// Text of the operator as a message may show it: one line, short, without control characters, without a token.
func quoted(_ text: String) -> String {
    let limit = 60
    let start = String(text.unicodeScalars.prefix(limit))
    if holdsToken(start) { return "a value that looks like a Shopify token" }
    let shown = start.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: String(scalar)
        }
    }
    return "\"\(shown.joined())\(start.utf8.count < text.utf8.count ? "…" : "")\""
}

/// Whether a Shopify token or secret stands in a text: `shp`, one to three letters and an underscore, as in `shpat_`.
private func holdsToken(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { start in
        guard bytes[start...].starts(with: "shp".utf8) else { return false }
        let letters = bytes[start...].dropFirst(3).prefix { (0x61...0x7A).contains($0) }
        return (1...3).contains(letters.count)
            && bytes[start...].dropFirst(3 + letters.count).first == UInt8(ascii: "_")
    }
}
