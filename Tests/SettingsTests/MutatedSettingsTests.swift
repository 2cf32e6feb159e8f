import Settings
import Testing

/// CF-1: every key of the sample renamed, blanked, doubled and typed wrongly.
struct MutatedSettingsTests {
    /// A key of the sample with its place in the text.
    struct Key: Sendable, CustomTestStringConvertible {
        let name: String
        let line: Int
        let column: Int
        var testDescription: String { "\(line):\(column) \(name)" }
    }

    /// Every plain word with a colon behind it, outside of comments; SKUs and other free names are not among them.
    static let keys: [Key] = workingSample.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .flatMap { index, line in
            let code = line.prefix { $0 != "#" }
            return code.matches(of: /([a-z][a-z_]*):( |$)/).map { match in
                Key(
                    name: String(match.output.1),
                    line: index + 1,
                    column: code.distance(from: code.startIndex, to: match.range.lowerBound) + 1
                )
            }
        }

    @Test
    func `the sample has keys to mutate`() {
        #expect(Self.keys.count == 59)
        #expect(refusals(workingSample) == [])
    }

    @Test(arguments: keys)
    func `a renamed key is refused by its place, with the right one beside it`(key: Key) {
        let lines = refusals(changed(key) { line, range in line.replaceSubrange(range, with: key.name + "q") })
        let hit = lines.first { $0.hasPrefix("\(key.line):\(key.column): ") && $0.contains("unknown key") }
        #expect(hit?.contains("\(key.name)q: unknown key; did you mean \(key.name)?") == true, "\(lines)")
    }

    @Test(arguments: keys)
    func `a blank value is refused`(key: Key) {
        for blank in ["", "~", "null", "\"\""] {
            let lines = refusals(withValue(blank, of: key))
            #expect(lines.contains { $0.contains("\(key.name): blank") }, "\(blank): \(lines)")
        }
    }

    @Test(arguments: keys)
    func `a value of another type is refused`(key: Key) {
        for wrong in ["[[]]", "{ zz: 1 }", "\"\\u0007\""] {
            let lines = refusals(withValue(wrong, of: key))
            #expect(lines.contains { $0.contains(key.name) }, "\(wrong): \(lines)")
        }
    }

    @Test(arguments: keys)
    func `a truth value of YAML 1.1 is never taken for anything`(key: Key) {
        for word in ["no", "Yes", "OFF", "on"] {
            let lines = refusals(withValue(word, of: key))
            #expect(lines.contains { $0.contains(key.name) }, "\(word): \(lines)")
        }
    }

    @Test(arguments: keys)
    func `a key given twice is refused`(key: Key) {
        let doubled = changed(key) { line, range in
            let isFlow = line[..<range.lowerBound].contains { "{[".contains($0) }
            let text = String(line[range])
            if isFlow {
                line.insert(contentsOf: "\(text): x, ", at: range.lowerBound)
            } else {
                let indent = line[..<range.lowerBound].replacing("-", with: " ")
                line = "\(line[..<range.lowerBound])\(text): x\n\(indent)\(line[range.lowerBound...])"
            }
        }
        let lines = refusals(doubled)
        #expect(lines.count == 1)
        #expect(lines.first?.contains(": \(key.name): given twice") == true, "\(lines)")
    }

    /// The sample with one key's line changed; the range is the key in it.
    private func changed(_ key: Key, _ change: (inout String, Range<String.Index>) -> Void) -> String {
        var lines = workingSample.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let line = lines[key.line - 1]
        let start = line.index(line.startIndex, offsetBy: key.column - 1)
        change(&lines[key.line - 1], start..<line.index(start, offsetBy: key.name.count))
        return lines.joined(separator: "\n")
    }

    /// The sample with another value behind a key, whether the old one ends at a comma, a bracket or some lines below.
    private func withValue(_ value: String, of key: Key) -> String {
        var lines = workingSample.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let line = lines[key.line - 1]
        let start = line.index(line.startIndex, offsetBy: key.column - 1)
        let colon = line.index(start, offsetBy: key.name.count)
        var end = line.index(after: colon)
        var depth = 0
        let isFlow = line[..<start].contains { "{[".contains($0) }
        while end < line.endIndex, line[end] != "#" {
            if "{[".contains(line[end]) { depth += 1 }
            if "}]".contains(line[end]) {
                if depth == 0 { break }
                depth -= 1
            }
            if isFlow, depth == 0, line[end] == "," { break }
            end = line.index(after: end)
        }
        lines[key.line - 1] = line[...colon] + " " + value + " " + line[end...]
        // What was nested below the key goes.
        while key.line < lines.count, !isFlow {
            let next = lines[key.line]
            let indent = next.prefix { $0 == " " }.count
            guard next.isEmpty || indent >= key.column else { break }
            lines.remove(at: key.line)
        }
        return lines.joined(separator: "\n")
    }
}
