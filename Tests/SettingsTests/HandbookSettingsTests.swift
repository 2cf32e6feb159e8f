import FoundationEssentials
import Settings
import Testing

/// The settings that the README and the handbook show.
struct HandbookSettingsTests {
    private static let root = #filePath.replacing("Tests/SettingsTests/HandbookSettingsTests.swift", with: "")

    /// The blocks marked as YAML, each with what a whole file needs besides.
    private func shown(in page: String) throws -> [String] {
        let text = try String(contentsOfFile: Self.root + page, encoding: .utf8)
        var blocks: [String] = []
        for part in text.components(between: "```yaml\n", and: "```") {
            var file = part
            for (key, line) in Self.least where !part.hasPrefix("\(key):") && !part.contains("\n\(key):") {
                file += line + "\n"
            }
            blocks.append(file)
        }
        return blocks
    }

    private static let least = [
        ("team", "team: SP-TEAM-7KQ2MX"), ("source", "source: { shop: northwind-supply.myshopify.com }"),
        ("destinations", "destinations: []"),
    ]

    @Test
    func `settings that are shown are taken`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.root + "docs").filter {
            $0.hasSuffix(".md")
        }
        let pages = ["README.md"] + names.sorted().map { "docs/\($0)" }
        var tried = 0
        for page in pages {
            for file in try shown(in: page) {
                tried += 1
                #expect(refusals(file) == [], "\(page): \(file)")
            }
        }
        #expect(tried >= 5)
    }
}

extension String {
    /// The stretches between a mark and the next end.
    fileprivate func components(between mark: String, and end: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let start = rest.firstRange(of: mark) {
            rest = rest[start.upperBound...]
            guard let stop = rest.firstRange(of: end) else { break }
            found.append(String(rest[..<stop.lowerBound]))
            rest = rest[stop.upperBound...]
        }
        return found
    }
}
