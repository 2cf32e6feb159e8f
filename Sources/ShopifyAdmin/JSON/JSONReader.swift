/// Bytes that are no JSON text, and where that shows.
struct JSONFault: Error, Equatable {
    let offset: Int
    let reason: String
}

extension JSONValue {
    /// Reads one JSON text, strictly (RFC 8259): no trailing bytes, valid UTF-8, at most 64 levels deep.
    init(reading bytes: [UInt8]) throws(JSONFault) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.readWhole()
    }
}

/// A recursive reader over bytes in memory.
private struct JSONReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func readWhole() throws(JSONFault) -> JSONValue {
        skipBlanks()
        let value = try readValue(depth: 0)
        skipBlanks()
        guard position == bytes.count else { throw fault("more after the value") }
        return value
    }

    private mutating func readValue(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < 64 else { throw fault("nested too deep") }
        switch peek {
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        default: return try readNumber()
        }
    }

    private mutating func readObject(depth: Int) throws(JSONFault) -> JSONValue {
        var members: [JSONMember] = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw fault("a name is missing") }
            let name = try readString()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw fault("a colon is missing") }
            skipBlanks()
            members.append(JSONMember(name, try readValue(depth: depth + 1)))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("an object is not closed") }
        return .object(members)
    }

    private mutating func readArray(depth: Int) throws(JSONFault) -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            skipBlanks()
            elements.append(try readValue(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("an array is not closed") }
        return .array(elements)
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for byte in word.description.utf8 {
            guard take(byte) else { throw fault("not a value") }
        }
        return value
    }

    private mutating func readNumber() throws(JSONFault) -> JSONValue {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try readDigits() }
        if take(UInt8(ascii: ".")) { try readDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try readDigits()
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func readDigits() throws(JSONFault) {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw fault("not a value") }
    }

    private mutating func readString() throws(JSONFault) -> String {
        let opening = position
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw JSONFault(offset: opening, reason: "a string is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try readEscape(into: &content)
            case 0..<0x20: throw fault("a control character in a string")
            default: content.append(byte)
            }
        }
        throw fault("a string is not closed")
    }

    private mutating func readEscape(into content: inout [UInt8]) throws(JSONFault) {
        guard let sign = peek else { throw fault("a string is not closed") }
        position += 1
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(sign)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try readUnit()
            if (0xD800...0xDBFF).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("half a surrogate pair") }
                let low = try readUnit()
                guard (0xDC00...0xDFFF).contains(low) else { throw fault("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
            content.append(contentsOf: Character(scalar).utf8)
        default: throw fault("an unknown escape")
        }
    }

    private mutating func readUnit() throws(JSONFault) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault("an unknown escape") }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault("an unknown escape") }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func fault(_ reason: String) -> JSONFault {
        JSONFault(offset: position, reason: reason)
    }
}
