import Catalog
import Reporting

/// Writes HTML as UTF-8.
///
/// Tags and names are constants of the program; whatever comes from a store or a person goes through ``text(_:limit:)`` or an
/// attribute's value, which escape it. There is no other way in.
struct HTMLWriter: ~Copyable {
    /// The most signs of one text; what is longer is cut with `…`.
    static let mostSigns = 160

    /// What is written so far.
    private(set) var bytes: [UInt8] = []

    /// An attribute's name and its value.
    typealias Attribute = (name: StaticString, value: String)

    /// Text, made harmless: no tag, no entity, and no sign that turns the reading direction survives (FAULTS HI-5).
    mutating func text(_ text: String, limit: Int = mostSigns) {
        if text.utf8.count <= limit, text.utf8.allSatisfy(Self.isPlain) {
            bytes.append(contentsOf: text.utf8)
            return
        }
        for byte in HarmlessText.line(text, limit: limit).utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case UInt8(ascii: "'"): append("&#39;")
            default: bytes.append(byte)
            }
        }
    }

    /// An element with what `body` writes in it.
    mutating func element(
        _ name: StaticString,
        _ attributes: [Attribute] = [],
        _ body: (inout HTMLWriter) -> Void
    ) {
        open(name, attributes)
        body(&self)
        append("</")
        append(name)
        append(">")
    }

    /// An element with text in it.
    mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String, limit: Int = mostSigns) {
        element(name, attributes) { $0.text(text, limit: limit) }
    }

    /// A start tag, or the whole of an element that has no end tag.
    mutating func open(_ name: StaticString, _ attributes: [Attribute] = []) {
        append("<")
        append(name)
        for attribute in attributes {
            append(" ")
            append(attribute.name)
            append("=\"")
            text(attribute.value, limit: .max)
            append("\"")
        }
        append(">")
    }

    /// Markup that is a constant of the program.
    mutating func markup(_ markup: StaticString) { append(markup) }

    /// A file of the program's own, such as its style sheet.
    mutating func file(_ file: [UInt8]) { bytes.append(contentsOf: file) }

    /// A line break between elements, for whoever reads the source.
    mutating func line() { bytes.append(0x0A) }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// ASCII that needs no escape.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7F).contains(byte)
            && !(byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27)
    }
}

extension HTMLWriter {
    /// A store's or a person's text within a sentence: its reading direction stays its own.
    mutating func quoted(_ text: String, limit: Int = mostSigns) {
        element("bdi", text: text, limit: limit)
    }

    /// A point in time, for people and for programs.
    mutating func time(_ time: Timestamp) {
        element("time", [("datetime", time.description)], text: PageText.time(time))
    }

    /// A link that tells its target nothing of where it was clicked; only to pages of a shop's admin.
    mutating func link(_ page: AdminPage, _ body: (inout HTMLWriter) -> Void) {
        element("a", [("href", page.address), ("rel", "noreferrer noopener"), ("target", "_blank")], body)
    }
}
