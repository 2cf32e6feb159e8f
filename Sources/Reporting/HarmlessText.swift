/// Text of a store made fit for one line of a terminal or a log (FAULTS HI-5).
public enum HarmlessText {
    /// The text on one line: what commands a terminal, breaks the line or turns the reading direction is shown as an escape such as
    /// `\u{1b}`; more than `limit` signs are cut with `…`.
    public static func line(_ text: String, limit: Int = .max) -> String {
        var line = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return line + "…" }
            count += 1
            if isHarmful(scalar) {
                line += escape(scalar)
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// A JSON document of the same meaning, with the signs escaped that an encoder leaves and a terminal would obey.
    public static func json(_ document: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in String(decoding: Array(document), as: UTF8.self).unicodeScalars {
            // Outside a text, JSON has no control character but line breaks and tabs.
            if isHarmful(scalar), !"\n\r\t".unicodeScalars.contains(scalar) {
                bytes.append(contentsOf: jsonEscape(scalar))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return bytes
    }

    /// The sign as JSON's `\u` and four digits, or two of them.
    static func jsonEscape(_ scalar: Unicode.Scalar) -> [UInt8] {
        String(scalar).utf16.flatMap { unit in
            let digits = String(unit, radix: 16)
            return Array((#"\u"# + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
        }
    }

    /// Whether the sign does something other than being shown.
    static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F: true  // C0, DEL, C1
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // reading direction
        case 0x2028, 0x2029: true  // line and paragraph separators
        case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true  // invisible
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
}
