/// Cuts GraphQL text into tokens (October 2021 edition, section 2.1).
struct GraphQLLexer {
    enum Token: Equatable {
        case punctuator(String)
        case name(String)
        case int(String)
        case float(String)
        case string(String)
        case end
    }

    /// What is wrong with the text, and where.
    struct Failure: Error {
        let message: String
        let location: SourceLocation
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    /// Where the token last returned begins.
    private(set) var location = SourceLocation(line: 1, column: 1)

    init(_ text: String) { bytes = Array(text.utf8) }

    private func peek(_ ahead: Int = 0) -> UInt8 { position + ahead < bytes.count ? bytes[position + ahead] : 0 }

    mutating func next() throws(Failure) -> Token {
        skipIgnored()
        location = SourceLocation(line: line, column: position - lineStart + 1)
        guard position < bytes.count else { return .end }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "."):
            guard peek(1) == byte, peek(2) == byte else { throw failure("Unexpected character: \".\"") }
            position += 3
            return .punctuator("...")
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case _ where Self.startsName(byte):
            let start = position
            while Self.startsName(peek()) || Self.isDigit(peek()) { position += 1 }
            return .name(String(decoding: bytes[start..<position], as: UTF8.self))
        case _ where "!$&()=:@[]{}|".utf8.contains(byte):
            position += 1
            return .punctuator(String(UnicodeScalar(byte)))
        default: throw failure("Unexpected character: \"\(UnicodeScalar(byte))\"")
        }
    }

    private func failure(_ message: String) -> Failure { Failure(message: message, location: location) }

    private static func startsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private mutating func skipIgnored() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x0A:
                position += 1
                line += 1
                lineStart = position
            case 0x20, 0x09, 0x0D, UInt8(ascii: ","): position += 1
            case 0xEF where peek(1) == 0xBB && peek(2) == 0xBF: position += 3
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
            default: return
            }
        }
    }

    private mutating func number() throws(Failure) -> Token {
        let start = position
        var isFloat = false
        if peek() == UInt8(ascii: "-") { position += 1 }
        guard Self.isDigit(peek()) else { throw failure("Digit expected in a number") }
        while true {
            let byte = peek()
            if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
                isFloat = true
            } else if !(Self.isDigit(byte) || (isFloat && (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")))) {
                break
            }
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard Double(text) != nil, !Self.startsName(peek()) else { throw failure("Number \(text) is not well formed") }
        return isFloat ? .float(text) : .int(text)
    }

    private mutating func string() throws(Failure) -> String {
        if peek(1) == UInt8(ascii: "\""), peek(2) == UInt8(ascii: "\"") { return try blockString() }
        position += 1
        var json: [UInt8] = [UInt8(ascii: "\"")]
        while true {
            let byte = peek()
            guard position < bytes.count, byte != 0x0A else { throw failure("String is not closed") }
            json.append(byte)
            position += 1
            if byte == UInt8(ascii: "\\") {
                json.append(peek())
                position += 1
            } else if byte == UInt8(ascii: "\"") {
                break
            }
        }
        guard case .string(let text) = try? JSONParser.parse(json) else { throw failure("String has a bad escape") }
        return text
    }

    private mutating func blockString() throws(Failure) -> String {
        position += 3
        var text: [UInt8] = []
        while !(peek() == UInt8(ascii: "\"") && peek(1) == UInt8(ascii: "\"") && peek(2) == UInt8(ascii: "\"")) {
            guard position < bytes.count else { throw failure("Block string is not closed") }
            if peek() == UInt8(ascii: "\\"), bytes[position...].starts(with: "\\\"\"\"".utf8) {
                text.append(contentsOf: "\"\"\"".utf8)
                position += 4
                continue
            }
            if peek() == 0x0A {
                line += 1
                lineStart = position + 1
            }
            text.append(peek())
            position += 1
        }
        position += 3
        return Self.dedent(String(decoding: text, as: UTF8.self))
    }

    /// Takes the common indent and the blank lines at both ends away (section 2.9.4).
    private static func dedent(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? String(line.dropLast()) : String(line)
        }
        func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }
        func isBlank(_ line: String) -> Bool { indent(line) == line.count }
        let common = lines.dropFirst().filter { !isBlank($0) }.map(indent).min() ?? 0
        for index in lines.indices.dropFirst() { lines[index] = String(lines[index].dropFirst(common)) }
        while let first = lines.first, isBlank(first) { lines.removeFirst() }
        while let last = lines.last, isBlank(last) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
