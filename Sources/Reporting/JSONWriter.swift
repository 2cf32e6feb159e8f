/// Writes one JSON document (RFC 8259) straight into bytes, with the keys in the order they are given.
///
/// A report can hold millions of rows: an encoder that builds a tree first would need gigabytes.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true
    private var depth = 0

    /// Writes an object; inside it, write keys and values in turn.
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        nest(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// Writes an array of one element per item, each on a line of its own.
    mutating func array<Item>(_ items: some Collection<Item>, _ element: (inout JSONWriter, Item) -> Void) {
        nest(UInt8(ascii: "["), UInt8(ascii: "]")) { json in
            for item in items {
                json.separate()
                json.newLine()
                element(&json, item)
            }
            if !items.isEmpty { json.newLine() }
        }
    }

    /// Writes a key and then its value.
    mutating func member(_ key: StaticString, _ value: (inout JSONWriter) -> Void) {
        member(key.description, value)
    }

    /// Writes a key and a text, or null for an empty one where `orNull`.
    mutating func member(_ key: StaticString, _ text: String, orNull: Bool = false) {
        member(key.description) { $0.value(text, orNull: orNull) }
    }

    /// Writes a key and a whole number; `nil` is null.
    mutating func member(_ key: StaticString, _ number: Int64?) {
        member(key.description) { $0.value(number) }
    }

    /// Writes a key and then its value.
    mutating func member(_ key: String, _ value: (inout JSONWriter) -> Void) {
        separate()
        string(key)
        bytes.append(UInt8(ascii: ":"))
        value(&self)
    }

    /// Writes a text.
    mutating func value(_ text: String, orNull: Bool = false) {
        if orNull, text.isEmpty { bytes.append(contentsOf: "null".utf8) } else { string(text) }
    }

    /// Writes a whole number; `nil` is null.
    mutating func value(_ number: Int64?) {
        bytes.append(contentsOf: (number.map(String.init) ?? "null").utf8)
    }

    /// Ends the document's line.
    mutating func end() {
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        bytes.append(open)
        depth += 1
        isFirst = true
        body(&self)
        depth -= 1
        isFirst = false
        bytes.append(close)
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func newLine() {
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Besides what JSON demands, signs that command a terminal are escaped too: the document may be printed on one (FAULTS HI-5).
    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        {
            bytes.append(contentsOf: text.utf8)
        } else {
            for scalar in text.unicodeScalars { append(scalar) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes.append(contentsOf: #"\""#.utf8)
        case "\\": bytes.append(contentsOf: #"\\"#.utf8)
        case "\n": bytes.append(contentsOf: #"\n"#.utf8)
        case "\r": bytes.append(contentsOf: #"\r"#.utf8)
        case "\t": bytes.append(contentsOf: #"\t"#.utf8)
        case _ where HarmlessText.isHarmful(scalar):
            bytes.append(contentsOf: HarmlessText.jsonEscape(scalar))
        default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
