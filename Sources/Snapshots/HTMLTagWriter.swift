import Glibc

/// Writes one tag in canonical form: names in lower case, one blank before each attribute, values in double quotes.
struct HTMLTagWriter {
    private let text: UnsafeBufferPointer<UInt8>
    private let output: ByteScratch
    private let isEnd: Bool
    private var place: Int
    /// What the tag is.
    let kind: HTMLTagKind
    /// Whether an attribute speaks of `white-space`.
    private(set) var namesWhiteSpace = false

    init(_ text: UnsafeBufferPointer<UInt8>, nameBegin: Int, isEnd: Bool, output: ByteScratch) {
        self.text = text
        self.output = output
        self.isEnd = isEnd
        place = nameBegin
        kind = HTMLTagKind(text, from: nameBegin)
    }

    /// Writes the tag; returns the place behind it, or nil, with nothing written, where it has no end.
    mutating func write() -> Int? {
        let written = output.count
        output.append(UInt8(ascii: "<"))
        if isEnd { output.append(UInt8(ascii: "/")) }
        name { $0.isHTMLBlank || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") }
        var isSelfClosed = false
        while place < text.count {
            let byte = text[place]
            if byte.isHTMLBlank {
                place += 1
            } else if byte == UInt8(ascii: "/") {
                isSelfClosed = place + 1 < text.count && text[place + 1] == UInt8(ascii: ">")
                place += 1
            } else if byte == UInt8(ascii: ">") {
                if isSelfClosed, !kind.isVoid { output.append(UInt8(ascii: "/")) }
                output.append(byte)
                return place + 1
            } else if !attribute() {
                break
            }
        }
        output.count = written
        return nil
    }

    /// Copies a name in lower case up to a sign that ends it.
    private mutating func name(until isEnd: (UInt8) -> Bool) {
        while place < text.count, !isEnd(text[place]) {
            output.append(text[place].asciiLowercased)
            place += 1
        }
    }

    /// Copies one attribute; false where its value has no end.
    private mutating func attribute() -> Bool {
        output.append(UInt8(ascii: " "))
        // A "=" that begins a name is part of it (HTML Standard, "before attribute name state").
        output.append(text[place].asciiLowercased)
        place += 1
        name { $0.isHTMLBlank || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "=") }
        var next = place
        while next < text.count, text[next].isHTMLBlank { next += 1 }
        guard next < text.count, text[next] == UInt8(ascii: "=") else { return true }
        next += 1
        while next < text.count, text[next].isHTMLBlank { next += 1 }
        guard next < text.count else { return false }
        output.append(UInt8(ascii: "="))
        let quote = text[next]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            var end = next + 1
            while end < text.count, text[end] != quote { end += 1 }
            guard end < text.count else { return false }
            value(next + 1, end)
            place = end + 1
        } else {
            var end = next
            while end < text.count, !text[end].isHTMLBlank, text[end] != UInt8(ascii: ">") { end += 1 }
            value(next, end)
            place = end
        }
        return true
    }

    private mutating func value(_ begin: Int, _ end: Int) {
        guard let start = text.baseAddress else { return }
        let part = UnsafeBufferPointer(start: start + begin, count: end - begin)
        let quote = part.contains(UInt8(ascii: "\"")) ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        output.append(quote)
        var index = 0
        while index < part.count {
            if part[index] == UInt8(ascii: "&") {
                index += HTMLReference.write(part, at: index, quote: quote, to: output)
            } else {
                if part[index] | 0x20 == UInt8(ascii: "w"), isWhiteSpaceProperty(part, at: index) {
                    namesWhiteSpace = true
                }
                output.append(part[index])
                index += 1
            }
        }
        output.append(quote)
    }

    private func isWhiteSpaceProperty(_ part: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let wanted = Array("white-space".utf8)
        return index + wanted.count <= part.count
            && wanted.indices.allSatisfy { part[index + $0].asciiLowercased == wanted[$0] }
    }
}
