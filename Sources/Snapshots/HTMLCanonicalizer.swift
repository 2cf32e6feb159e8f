import CSimdjson
import Glibc

/// Takes out of HTML what Shopify's normaliser changes and no customer sees, in one pass over the bytes.
///
/// Made alike: line ends; `&nbsp;`, `&quot;`, `&#39;` and other references to plain signs and the signs themselves; a bare `&`,
/// `<` or `>` in text and its reference; `<br>`, `<br/>` and `<BR />`; the case of tag and attribute names; quotes and blanks in
/// tags; white space beside block tags and at both ends. Left alone: attribute order, blanks within text, comments, everything
/// in `<pre>`, `<textarea>`, `<script>` and `<style>`, and blanks after a tag that names `white-space`. Unknown or unfinished
/// references stay as they are, so that a doubt makes two texts differ rather than alike.
struct HTMLCanonicalizer {
    let text: UnsafeBufferPointer<UInt8>
    let output: ByteScratch
    private var place = 0
    /// Whether white space at this place is beside a block tag or the beginning, where it isn't shown.
    private var isAtBoundary = true
    /// How many `<pre>` and `<textarea>` are open; blanks in them are shown.
    private var preformattedDepth = 0
    /// Set by `white-space` in a tag: from there on every blank may be shown.
    private var keepsBlanks = false
    /// Set where a tag has no end: what follows is no tag either, and looking again and again would take for ever.
    private var tagsEnded = false

    /// Whether long stretches that are canonical already are passed over at once; tests hold both ways against one another.
    private let takesStretches: Bool

    init(_ text: UnsafeBufferPointer<UInt8>, into output: ByteScratch, takesStretches: Bool = true) {
        self.text = text
        self.takesStretches = takesStretches
        self.output = output
        // The longest change is a bare "&" to "&amp;".
        output.restart(reserving: text.count * 5 + 32)
    }

    /// Writes the canonical bytes to the output.
    mutating func run() {
        guard let start = text.baseAddress else { return }
        while place < text.count {
            if takesStretches, !tagsEnded, !keepsBlanks, preformattedDepth == 0 {
                takeStretch(start)
                guard place < text.count else { return }
            }
            let byte = text[place]
            switch byte {
            case UInt8(ascii: "<"):
                if !tag() { literal("&lt;", from: place, length: 1) }
            case UInt8(ascii: ">"):
                literal("&gt;", from: place, length: 1)
            case UInt8(ascii: "&"):
                isAtBoundary = false
                place += HTMLReference.write(text, at: place, quote: nil, to: output)
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
                blanks(start)
            default:
                let begin = place
                place = endOfPlainText(start, from: begin)
                output.append(start + begin, place - begin)
                isAtBoundary = false
            }
        }
    }

    /// Goes on to whatever isn't words, plain tags and blanks between them.
    @inline(__always)
    private mutating func takeStretch(_ start: UnsafePointer<UInt8>) {
        var html = csj_html(
            text: start,
            length: text.count,
            place: place,
            output: output.bytes,
            written: output.count,
            is_at_boundary: isAtBoundary
        )
        csj_html_advance(&html)
        place = html.place
        output.count = html.written
        isAtBoundary = html.is_at_boundary
    }

    /// The first place from here on that needs a closer look; single spaces between words don't.
    private func endOfPlainText(_ start: UnsafePointer<UInt8>, from begin: Int) -> Int {
        let count = text.count
        var index = begin
        while index < count {
            let byte = start[index]
            if byte > 0x3E || !Self.isSpecial(byte) {
                index += 1
            } else if byte == 0x20, index + 1 < count, start[index + 1] > 0x3E || !Self.isSpecial(start[index + 1]) {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte <= 0x3E
            && (byte == 0x20 || byte == 0x3C || byte == 0x3E || byte == 0x26
                || (byte <= 0x0D && byte >= 0x09 && byte != 0x0B))
    }

    private mutating func literal(_ text: StaticString, from begin: Int, length: Int) {
        output.append(text)
        place = begin + length
        isAtBoundary = false
    }

    /// A run of blanks: dropped where it isn't shown, else copied with its line ends made alike.
    private mutating func blanks(_ start: UnsafePointer<UInt8>) {
        let begin = place
        while place < text.count, text[place].isHTMLBlank { place += 1 }
        let isShown = keepsBlanks || preformattedDepth > 0
        if !isShown, isAtBoundary || place == text.count || isBlockTag(at: place) { return }
        for index in begin..<place {
            let byte = text[index]
            if byte == 0x0D {
                if index + 1 < text.count, text[index + 1] == 0x0A { continue }
                output.append(0x0A)
            } else {
                output.append(byte)
            }
        }
        isAtBoundary = false
    }

    /// Whether a block tag begins at a place.
    private func isBlockTag(at place: Int) -> Bool {
        guard !tagsEnded, place + 1 < text.count, text[place] == UInt8(ascii: "<") else { return false }
        let begin = text[place + 1] == UInt8(ascii: "/") ? place + 2 : place + 1
        return HTMLTagKind(text, from: begin).isBlock
    }

    /// Copies a tag or comment in canonical form; false where the sign at this place begins none.
    private mutating func tag() -> Bool {
        guard !tagsEnded, let start = text.baseAddress, place + 1 < text.count else { return false }
        let next = text[place + 1]
        if next == UInt8(ascii: "!") { return comment(start) }
        let isEnd = next == UInt8(ascii: "/")
        let nameBegin = isEnd ? place + 2 : place + 1
        guard nameBegin < text.count, text[nameBegin].isASCIILetter else { return false }
        var writer = HTMLTagWriter(text, nameBegin: nameBegin, isEnd: isEnd, output: output)
        guard let end = writer.write() else {
            tagsEnded = true
            return false
        }
        place = end
        if writer.namesWhiteSpace { keepsBlanks = true }
        let kind = writer.kind
        if kind.isPreformatted { preformattedDepth = max(0, preformattedDepth + (isEnd ? -1 : 1)) }
        isAtBoundary = kind.isBlock
        if kind.isRaw, !isEnd { rawContent(start, kind: kind) }
        return true
    }

    /// Copies `<!-- … -->` or `<!…>` as it is.
    private mutating func comment(_ start: UnsafePointer<UInt8>) -> Bool {
        let isComment = text.has("<!--", at: place)
        let closing: StaticString = isComment ? "-->" : ">"
        var end = place + (isComment ? 4 : 2)
        while end < text.count, !text.has(closing, at: end) { end += 1 }
        guard end < text.count else {
            tagsEnded = true
            return false
        }
        end += closing.utf8CodeUnitCount
        output.append(start + place, end - place)
        place = end
        return true
    }

    /// Copies what is in `<script>` or `<style>` up to its end tag.
    private mutating func rawContent(_ start: UnsafePointer<UInt8>, kind: HTMLTagKind) {
        var end = place
        while end < text.count {
            if text.has("</", at: end), HTMLTagKind(text, from: end + 2) == kind { break }
            end += 1
        }
        output.append(start + place, end - place)
        place = end
        isAtBoundary = false
    }
}

extension UInt8 {
    /// Space, tab, line feed, form feed or carriage return.
    @inline(__always) var isHTMLBlank: Bool { self == 0x20 || (self <= 0x0D && self >= 0x09 && self != 0x0B) }

    /// A to Z in either case.
    @inline(__always) var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

    /// The letter in lower case, anything else as it is.
    @inline(__always) var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the literal stands at a place.
    func has(_ literal: StaticString, at place: Int) -> Bool {
        guard let baseAddress, place + literal.utf8CodeUnitCount <= count else { return false }
        return memcmp(baseAddress + place, literal.utf8Start, literal.utf8CodeUnitCount) == 0
    }
}
