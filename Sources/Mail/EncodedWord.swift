import Reporting

/// Text in a header (RFC 2047), which can neither end the header nor begin another (FAULTS ML-2).
enum EncodedWord {
    /// Bytes that make an encoded word of at most 75 signs.
    private static let mostBytes = 45

    /// The text as the value of a header: as it is where it is short plain ASCII, else in encoded words, one a line.
    static func header(_ text: String) -> String {
        let harmless = HarmlessText.line(text)
        let isPlain =
            harmless.utf8.count <= 60 && !harmless.contains("=?")
            && harmless.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        guard !isPlain else { return harmless }
        var words: [[UInt8]] = [[]]
        for scalar in harmless.unicodeScalars {
            let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            if words[words.count - 1].count + bytes.count > mostBytes { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Base64Lines.text($0))?=" }.joined(separator: "\r\n ")
    }
}
