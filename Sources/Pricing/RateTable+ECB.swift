extension RateTable {
    /// Reads the ECB's daily reference rates, the file eurofxref-daily.xml; the base is EUR.
    ///
    /// Reads just that form, with either quote: no document type, no entity, one day, no currency twice, every element
    /// closed. Anything else is refused, so that half a download never counts as a day's rates. Currencies that are not
    /// active in ISO 4217 are passed over.
    ///
    /// - Throws: ``PricingError/ratesMalformed(origin:line:value:problem:)``.
    public init(
        ecbDailyXML bytes: some Collection<UInt8>,
        origin: String = "ECB daily reference rates"
    ) throws(PricingError) {
        var reader = XMLTagReader(bytes: Array(bytes), origin: origin)
        var builder = RateTableBuilder(origin: origin)
        var date: CalendarDate?
        var open: [String] = []
        var depthOfDay: Int?
        while let tag = try reader.next() {
            switch tag.kind {
            case .end:
                guard open.popLast() == tag.name else { throw builder.refusal(tag.line, "</\(tag.name)>", .notECB) }
                if let depth = depthOfDay, open.count < depth { depthOfDay = nil }
                if open.isEmpty { reader.hasLeftRoot = true }
                continue
            case .start, .empty:
                let belongs = open.isEmpty ? tag.name == "gesmes:Envelope" && !reader.hasLeftRoot : true
                guard belongs, open.count < 8 else { throw builder.refusal(tag.line, "<\(tag.name)>", .notECB) }
            }
            if tag.name == "Cube", let day = tag.attributes["time"] {
                guard date == nil, tag.kind == .start else { throw builder.refusal(tag.line, day, .duplicate) }
                guard let parsed = CalendarDate(day) else { throw builder.refusal(tag.line, day, .date) }
                date = parsed
                depthOfDay = open.count + 1
            } else if tag.name == "Cube", let code = tag.attributes["currency"] {
                guard depthOfDay == open.count, let text = tag.attributes["rate"], Self.looksLikeCode(code) else {
                    throw builder.refusal(tag.line, code, .notECB)
                }
                if let currency = Currency(code: code) {
                    try builder.add(currency, text, base: .eur, line: tag.line)
                }
            }
            if tag.kind == .start { open.append(tag.name) }
            if open.isEmpty { reader.hasLeftRoot = true }
        }
        guard open.isEmpty else { throw builder.refusal(reader.line, "end of the file", .notECB) }
        guard let date else { throw builder.refusal(reader.line, "", .empty) }
        try self.init(base: .eur, date: date, origin: origin, rates: builder.rates(atLine: reader.line))
    }
}

/// Reads the tags of a small XML text one after another; text between them is passed over.
private struct XMLTagReader {
    struct Tag {
        enum Kind {
            case start
            case end
            case empty
        }
        let kind: Kind
        let name: String
        let attributes: [String: String]
        let line: Int
    }

    let bytes: [UInt8]
    let origin: String
    /// Set once the root element was closed: a second one is refused.
    var hasLeftRoot = false
    private(set) var line = 1
    private var position = 0

    init(bytes: [UInt8], origin: String) {
        self.bytes = bytes
        self.origin = origin
    }

    mutating func next() throws(PricingError) -> Tag? {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "<"):
                if starts(with: "<?") {
                    try skip(past: "?>")
                } else if starts(with: "<!--") {
                    try skip(past: "-->")
                } else if starts(with: "<!") {
                    throw refusal("<!", .declaration)
                } else {
                    return try tag()
                }
            case UInt8(ascii: "&"):
                throw refusal("&", .declaration)
            default:
                advance()
            }
        }
        return nil
    }

    private mutating func tag() throws(PricingError) -> Tag {
        let tagLine = line
        advance()
        let isEnd = take("/")
        let name = try name()
        var attributes: [String: String] = [:]
        while true {
            let hadBlank = skipBlanks()
            if take(">") {
                return Tag(kind: isEnd ? .end : .start, name: name, attributes: attributes, line: tagLine)
            }
            if !isEnd, take("/") {
                guard take(">") else { throw refusal("/", .notECB) }
                return Tag(kind: .empty, name: name, attributes: attributes, line: tagLine)
            }
            guard hadBlank, !isEnd else { throw refusal(name, .notECB) }
            let key = try self.name()
            skipBlanks()
            guard take("=") else { throw refusal(key, .notECB) }
            skipBlanks()
            guard attributes.updateValue(try quotedValue(of: key), forKey: key) == nil else {
                throw refusal(key, .notECB)
            }
        }
    }

    private mutating func quotedValue(of key: String) throws(PricingError) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "'") || bytes[position] == UInt8(ascii: "\"")
        else { throw refusal(key, .notECB) }
        let quote = bytes[position]
        advance()
        let start = position
        while position < bytes.count, bytes[position] != quote {
            if bytes[position] == UInt8(ascii: "&") { throw refusal("&", .declaration) }
            if bytes[position] == UInt8(ascii: "<") { throw refusal("<", .notECB) }
            advance()
        }
        guard position < bytes.count else { throw refusal(key, .notECB) }
        let value = String(decoding: bytes[start..<position], as: UTF8.self)
        advance()
        return value
    }

    private mutating func name() throws(PricingError) -> String {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                advance()
            default:
                guard position > start else { throw refusal(rest(), .notECB) }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
        }
        throw refusal(String(decoding: bytes[start...], as: UTF8.self), .notECB)
    }

    @discardableResult
    private mutating func skipBlanks() -> Bool {
        let start = position
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { advance() }
        return position > start
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        advance()
        return true
    }

    private mutating func skip(past mark: StaticString) throws(PricingError) {
        while position < bytes.count {
            if starts(with: mark) {
                position += mark.utf8CodeUnitCount
                return
            }
            advance()
        }
        throw refusal("end of the file", .notECB)
    }

    private func starts(with mark: StaticString) -> Bool {
        mark.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private func rest() -> String { String(decoding: bytes[position...].prefix(20), as: UTF8.self) }

    private func refusal(_ value: String, _ problem: RateFileProblem) -> PricingError {
        .ratesMalformed(origin: origin, line: line, value: value, problem: problem)
    }
}
