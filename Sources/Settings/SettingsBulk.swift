/// What a file would cost, judged from its bytes before anything is built from them (FAULTS CF-6).
struct SettingsBulk {
    /// What makes the file too costly, if anything does.
    let problem: (problem: String, allowed: String)?

    init(_ text: String) {
        problem = Self.judge(text)
    }

    private static func judge(_ text: String) -> (problem: String, allowed: String)? {
        let bytes = text.utf8
        guard bytes.count <= SettingsDocument.mostBytes else {
            return ("has \(bytes.count) bytes", "the most is \(SettingsDocument.mostBytes)")
        }
        // Never fewer than the texts in the file: each but the first has one of these signs before it.
        var texts = 1
        var before = UInt8(ascii: "\n")
        for byte in bytes {
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            if separators.contains(byte) || (isBlank && before == UInt8(ascii: "-")) { texts += 1 }
            before = byte
        }
        guard texts <= SettingsDocument.mostTexts else {
            return ("has too many values", "the most is about \(SettingsDocument.mostTexts)")
        }
        guard aliasesAtMost(text) <= mostAliases else {
            return ("anchors and aliases (& and *) are not taken", "write the values out")
        }
        return nil
    }

    private static let separators = Set("\n\r,:[{?".utf8)

    /// With so few, shared values can't multiply while Yams compares keys; the conversion refuses each of them by name.
    private static let mostAliases = 8

    /// Counts `*` where an alias could begin.
    ///
    /// Comment lines are left out: whatever they belong to,
    /// no alias begins there. Signs inside of quotes count too, which is why a few are let through here.
    private static func aliasesAtMost(_ text: String) -> Int {
        text.utf8.split(separator: UInt8(ascii: "\n")).reduce(0) { count, line in
            let start = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            guard start != UInt8(ascii: "#") else { return count }
            var before = UInt8(ascii: " ")
            var found = 0
            for (sign, next) in zip(line, line.dropFirst()) {
                if sign == UInt8(ascii: "*"), !isNameByte(before), isNameByte(next) { found += 1 }
                before = sign
            }
            return count + found
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
}
