/// The transfer encoding of attachments (RFC 2045 §6.8).
enum Base64Lines {
    private static let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// Bytes that make a line of 76 signs.
    private static let lineBytes = 57

    /// Appends the bytes in lines of at most 76 signs, each ending in CRLF.
    static func append(_ bytes: [UInt8], to message: inout [UInt8]) {
        message.reserveCapacity(message.count + encodedCount(bytes.count))
        var start = 0
        while start < bytes.count {
            let end = min(start + lineBytes, bytes.count)
            append(bytes[start..<end], to: &message)
            message += [0x0D, 0x0A]
            start = end
        }
    }

    /// The bytes on one line.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var line: [UInt8] = []
        append(Array(bytes)[...], to: &line)
        return String(decoding: line, as: UTF8.self)
    }

    /// How many bytes that many become, line ends included.
    static func encodedCount(_ count: Int) -> Int {
        (count + 2) / 3 * 4 + (count + lineBytes - 1) / lineBytes * 2
    }

    private static func append(_ bytes: ArraySlice<UInt8>, to message: inout [UInt8]) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let first = bytes[index]
            let second = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
            let third = index + 2 < bytes.endIndex ? bytes[index + 2] : 0
            message.append(signs[Int(first >> 2)])
            message.append(signs[Int((first & 3) << 4 | second >> 4)])
            message.append(index + 1 < bytes.endIndex ? signs[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "="))
            message.append(index + 2 < bytes.endIndex ? signs[Int(third & 63)] : UInt8(ascii: "="))
            index += 3
        }
    }
}
