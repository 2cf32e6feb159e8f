/// Character references of HTML, such as `&eacute;` and `&#233;`.
enum HTMLReference {
    /// Writes what a `&` begins in canonical form; returns how many bytes of the text that was.
    ///
    /// A reference becomes the sign it stands for, but `&`, `<`, `>` and the quote around an attribute's value stay references.
    /// A `&` that can't begin one becomes `&amp;`. What is unknown stays as it is.
    static func write(
        _ text: UnsafeBufferPointer<UInt8>,
        at place: Int,
        quote: UInt8?,
        to output: ByteScratch
    ) -> Int {
        var end = place + 1
        while end < text.count, end - place < 34, isReferenceByte(text[end]) { end += 1 }
        let name = UnsafeBufferPointer(rebasing: text[(place + 1)..<end])
        guard end < text.count, text[end] == UInt8(ascii: ";"), let first = name.first else {
            // Browsers read some names without the semicolon: what may be one of them is left alone.
            if name.first == UInt8(ascii: "#") || HTMLEntityNames.mayBeginWithLegacyName(name) {
                output.append(UInt8(ascii: "&"))
            } else {
                output.append("&amp;")
            }
            return 1
        }
        let scalar = first == UInt8(ascii: "#") ? numeric(name) : HTMLEntityNames.scalar(named: name)
        guard let scalar, !isBlank(scalar) else {
            for byte in text[place...end] { output.append(byte) }
            return end + 1 - place
        }
        append(scalar, quote: quote, to: output)
        return end + 1 - place
    }

    private static func isReferenceByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "#")
    }

    /// White space that layout collapses: a reference to it isn't the same as a blank in every place.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20
    }

    private static func append(_ scalar: Unicode.Scalar, quote: UInt8?, to output: ByteScratch) {
        switch scalar {
        case "&": output.append("&amp;")
        case "<": output.append("&lt;")
        case ">": output.append("&gt;")
        case "\"" where quote == UInt8(ascii: "\""): output.append("&quot;")
        case "'" where quote == UInt8(ascii: "'"): output.append("&#39;")
        default: for byte in String(scalar).utf8 { output.append(byte) }
        }
    }

    /// The scalar of `#233` or `#xE9`; nil where it is none, or one that browsers replace by another.
    private static func numeric(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        var digits = name.dropFirst()
        var radix: UInt32 = 10
        if let first = digits.first, first | 0x20 == UInt8(ascii: "x") {
            radix = 16
            digits = digits.dropFirst()
        }
        guard !digits.isEmpty, digits.count <= 8 else { return nil }
        var value: UInt32 = 0
        for byte in digits {
            let digit: UInt32
            switch byte {
            case 0x30...0x39: digit = UInt32(byte) - 0x30
            case 0x41...0x46 where radix == 16, 0x61...0x66 where radix == 16: digit = UInt32(byte | 0x20) - 0x57
            default: return nil
            }
            guard value <= 0x10FFFF else { return nil }
            value = value * radix + digit
        }
        guard value >= 0x20, !(0x7F...0x9F).contains(value) else { return nil }
        return Unicode.Scalar(value)
    }
}
