/// Reads a page back as strictly as its writer writes: every tag closed, every attribute quoted.
///
/// An implementation of its own, so that a mistake of the writer is none of the reader.
struct PageReader {
    /// Tags with their attributes, in order.
    struct Tag {
        let name: String
        let attributes: [String: String]
    }

    private(set) var tags: [Tag] = []
    /// Everything that is shown, without style and script.
    private(set) var text = ""
    /// What is wrong, in words.
    private(set) var problems: [String] = []

    private static let empty: Set<String> = ["meta", "input"]

    init(_ bytes: [UInt8]) {
        var open: [String] = []
        var rest = bytes[...]
        while let byte = rest.first {
            guard byte == UInt8(ascii: "<") else {
                let run = rest.prefix { $0 != UInt8(ascii: "<") }
                if run.contains(UInt8(ascii: ">")) { problems.append("a bare > in text") }
                text += Self.decoded(String(decoding: run, as: UTF8.self))
                rest = rest.dropFirst(run.count)
                continue
            }
            let tag = rest.prefix { $0 != UInt8(ascii: ">") }
            rest = rest.dropFirst(tag.count + 1)
            let inner = String(decoding: tag.dropFirst(), as: UTF8.self)
            if inner.hasPrefix("!") { continue }
            if inner.hasPrefix("/") {
                let last = open.popLast()
                if last != String(inner.dropFirst()) {
                    problems.append("</\(inner.dropFirst())> closes <\(last ?? "")>")
                }
                continue
            }
            let read = Self.tag(inner)
            tags.append(read)
            if read.name == "script" || read.name == "style" {
                // Ends at the first end tag of its name, whatever stands in it.
                let end = Array("</\(read.name)>".utf8)
                while !rest.isEmpty, !rest.starts(with: end) { rest = rest.dropFirst() }
                rest = rest.dropFirst(end.count)
            } else if !Self.empty.contains(read.name) {
                open.append(read.name)
            }
        }
        if !open.isEmpty { problems.append("left open: \(open)") }
    }

    private static func tag(_ inner: String) -> Tag {
        let name = inner.prefix { $0 != " " && $0 != "\n" }
        var attributes: [String: String] = [:]
        var rest = inner.dropFirst(name.count)
        while let start = rest.firstIndex(where: { $0 != " " && $0 != "\n" }) {
            rest = rest[start...]
            let key = rest.prefix { $0 != "=" && $0 != " " }
            rest = rest.dropFirst(key.count)
            guard rest.hasPrefix("=\"") else {
                attributes[String(key)] = ""
                continue
            }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            attributes[String(key)] = decoded(String(value))
            rest = rest.dropFirst(value.count + 3)
        }
        return Tag(name: String(name), attributes: attributes)
    }

    private static func decoded(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
