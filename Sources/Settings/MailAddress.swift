/// The forms of mail settings that are taken (FAULTS ML-2).
enum MailAddress {
    /// One `name@host` of plain ASCII: no control sign, blank, comma, bracket or quote that could end a header or add to it.
    static func isPlain(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return false }
        let isName = parts[0].utf8.allSatisfy { byte in
            isWordByte(byte) || "!#$%&'*+/=?^_`{|}~.-".utf8.contains(byte)
        }
        return isName && !parts[0].hasPrefix(".") && !parts[0].hasSuffix(".") && isHost(parts[1])
    }

    /// `smtps://host` or `smtp://host`, with a port or without.
    static func isServer(_ text: String) -> Bool {
        guard let scheme = ["smtps://", "smtp://"].first(where: text.hasPrefix) else { return false }
        let parts = text.dropFirst(scheme.count).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, isHost(host) else { return false }
        guard parts.count == 2 else { return true }
        return Int(plainDigits: String(parts[1])).map { (1...65_535).contains($0) } ?? false
    }

    /// Whether a server's URL leads to this machine.
    static func isLoopback(server url: String) -> Bool {
        let place = url.split(separator: "/", omittingEmptySubsequences: true).last ?? ""
        return ["127.0.0.1", "localhost"].contains(place.prefix { $0 != ":" })
    }

    private static func isHost(_ host: Substring) -> Bool {
        host.utf8.count <= 253
            && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
}
