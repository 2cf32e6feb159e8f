/// The transfer encoding of texts (RFC 2045 §6.7): readable where it is ASCII, never a line over 76 signs.
enum QuotedPrintable {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Appends the text; its lines end in `\n` and become CRLF.
    static func append(_ text: String, to message: inout [UInt8]) {
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            append(line: Array(line), to: &message)
            message += [0x0D, 0x0A]
        }
    }

    private static func append(line: [UInt8], to message: inout [UInt8]) {
        var width = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            let isBlank = byte == 0x20 || byte == 0x09
            let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || isBlank && !isLast
            let count = isPlain ? 1 : 3
            // One place is kept for the sign that the line goes on.
            if width + count > (isLast ? 76 : 75) {
                message += [UInt8(ascii: "="), 0x0D, 0x0A]
                width = 0
            }
            width += count
            if isPlain {
                message.append(byte)
            } else {
                message += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
}
