/// Spoils a line of JSON in ways that files are spoilt and parsers are fooled.
struct LineMutation {
    private var random: SeededNumbers

    init(seed: UInt64) { random = SeededNumbers(seed) }

    /// Values that take the place of others, sound and unsound ones.
    private static let values: [String] = [
        "null", "true", "false", "0", "-0", "01", "7", "-12", "1.5", "1e5", "1E+400", "-", "1.", "123456789012345678",
        "1234567890123456789", "99999999999999999999999", #""""#, #""\u00e9""#, #""\ud83e\udde6""#, #""\ud800""#,
        #""\udde6\ud83e""#, #""\x""#, #""\u12""#, #""a\/b\\""#, #""\\\"""#, "[]", "{}", "[{}]",
        #"{"a":[1,{"b":null}]}"#,
        #"["a","b"]"#, #"["a",]"#, #""gid://shopify/Product/5""#, #""gid:\/\/shopify\/Product\/77""#,
        #""gid:\/\/shopify/Product/77""#, #""gid://shopify/ProductVariant/12345678901234567890""#,
        #""gid://shopify/Location/5?a=b""#, #""gid://shopify/Location/5?a=\"""#, #""gid://shopify/Location/""#,
        #""ACTIVE""#, #""12.50""#, #""12.505""#, "nul", "tru", "\"é\"", "\"e\u{301}\"",
        "\"0123456789abcdef0123456789abcdef\"", #""0123456789abcd\n0123456789abcdef\t\/""#,
        #"[{"name":"available","quantity":3}]"#, #"[{"quantity":3,"name":"on_hand"}]"#, "[1,[2,[3,[4]]]]",
    ]
    private static let bytes: [UInt8] = [
        0x22, 0x7B, 0x7D, 0x5B, 0x5D, 0x5C, 0x2C, 0x3A, 0x00, 0x09, 0x0D, 0x1F, 0x20, 0x2F, 0x30, 0x39, 0x6E, 0x75,
        0x7F,
        0x80, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xF0, 0xF4, 0xFF,
    ]

    /// The line with one to three changes.
    mutating func applied(to line: [UInt8]) -> [UInt8] {
        var line = line
        for _ in 0..<Int.random(in: 1...3, using: &random) { change(&line) }
        // A newline would make two lines of it.
        return line.filter { $0 != 0x0A }
    }

    private mutating func change(_ line: inout [UInt8]) {
        guard line.count > 2 else { return }
        let place = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: line[place] = Self.bytes.randomElement(using: &random) ?? 0
        case 1: line[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: line.insert(Self.bytes.randomElement(using: &random) ?? 0, at: place)
        case 3: line.remove(at: place)
        case 4: line.removeSubrange(place...)
        case 5: line.insert(contentsOf: [UInt8](repeating: 0x20, count: 3), at: place)
        default: changeToken(&line)
        }
    }

    /// Puts another token or value in place of one, takes one out, doubles it, or lets two change places.
    private mutating func changeToken(_ line: inout [UInt8]) {
        let tokens = Self.tokens(of: line)
        guard let token = tokens.randomElement(using: &random), let other = tokens.randomElement(using: &random) else {
            return
        }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: line.removeSubrange(token)
        case 1: line.insert(contentsOf: line[token], at: token.upperBound)
        case 2: line.insert(contentsOf: [0x20], at: token.lowerBound)
        case 3: doubleMember(tokens, &line)
        case 4 where token.upperBound <= other.lowerBound:
            let (first, second) = (Array(line[token]), Array(line[other]))
            line.replaceSubrange(other, with: first)
            line.replaceSubrange(token, with: second)
        default:
            line.replaceSubrange(token, with: Array((Self.values.randomElement(using: &random) ?? "null").utf8))
        }
    }

    /// Adds a member that is there already, or one that nobody knows.
    private mutating func doubleMember(_ tokens: [Range<Int>], _ line: inout [UInt8]) {
        let commas = tokens.indices.filter { line[tokens[$0]].elementsEqual([0x2C]) }
        guard let comma = commas.randomElement(using: &random), comma + 3 < tokens.count else { return }
        let member = line[tokens[comma].lowerBound..<tokens[comma + 3].upperBound]
        let added = Bool.random(using: &random) ? Array(member) : Array(#","newer":{"a":[1,"b",null]}"#.utf8)
        line.insert(contentsOf: added, at: tokens[comma].lowerBound)
    }

    /// Where strings, words, numbers and signs of JSON stand.
    private static func tokens(of line: [UInt8]) -> [Range<Int>] {
        var tokens: [Range<Int>] = []
        var place = 0
        while place < line.count {
            let begin = place
            place += 1
            if line[begin] == 0x22 {
                while place < line.count, line[place] != 0x22 { place += line[place] == 0x5C ? 2 : 1 }
                place = min(place + 1, line.count)
            } else if !isSign(line[begin]) {
                while place < line.count, !isSign(line[place]), line[place] != 0x22 { place += 1 }
            }
            tokens.append(begin..<place)
        }
        return tokens
    }

    private static func isSign(_ byte: UInt8) -> Bool { [0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A].contains(byte) }
}
