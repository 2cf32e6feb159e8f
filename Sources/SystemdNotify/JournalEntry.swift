/// One entry of the journal: a line for people, and fields that `journalctl` can select by.
public struct JournalEntry: Sendable, Hashable {
    /// How much an entry matters, as syslog counts it.
    public enum Priority: Int, Sendable, Hashable {
        case error = 3
        case warning = 4
        case notice = 5
        case information = 6
    }

    /// What is shown.
    public let message: String
    /// How much it matters.
    public let priority: Priority
    /// Further fields by their names: capital letters, digits and `_`, no `_` first; others are left out.
    public let fields: [String: String]

    /// An entry.
    public init(_ message: String, priority: Priority = .information, fields: [String: String] = [:]) {
        self.message = message
        self.priority = priority
        self.fields = fields
    }

    /// As the journal takes it (systemd, "Native Journal Protocol"): `NAME=value` a line, and where the value has line ends
    /// the name alone, the value's length as 64 bits, and the value.
    func datagram(identifier: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let all =
            [("MESSAGE", message), ("PRIORITY", String(priority.rawValue)), ("SYSLOG_IDENTIFIER", identifier)]
            + fields.filter { Self.isName($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        for (name, value) in all {
            let text = Array(value.utf8)
            bytes += Array(name.utf8)
            if text.contains(UInt8(ascii: "\n")) {
                bytes.append(UInt8(ascii: "\n"))
                withUnsafeBytes(of: UInt64(text.count).littleEndian) { bytes += Array($0) }
            } else {
                bytes.append(UInt8(ascii: "="))
            }
            bytes += text
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return false }
        return name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}
