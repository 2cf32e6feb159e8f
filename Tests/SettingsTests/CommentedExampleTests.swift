import Catalog
import FoundationEssentials
import Settings
import Testing

struct CommentedExampleTests {
    private func example() throws -> String {
        TeamSettings.commentedExample(team: try #require(TeamID("SP-TEAM-7KQ2MX")))
    }

    @Test
    func `the example is the golden one`() throws {
        let golden = #filePath.replacing("CommentedExampleTests.swift", with: "Golden/commented-example.yaml")
        let text = try example()
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(toFile: golden, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: golden, encoding: .utf8) == text)
    }

    @Test
    func `the example parses and sets nothing but the defaults`() throws {
        let settings = try parsed(try example())
        let least = try parsed(
            """
            team: SP-TEAM-7KQ2MX
            source: { shop: your-supplier.myshopify.com }
            destinations: [{ shop: your-reseller.myshopify.com }]
            """
        )
        #expect(settings == least)
    }

    @Test
    func `the shops that are given stand in it`() throws {
        let text = TeamSettings.commentedExample(
            team: try #require(TeamID("SP-TEAM-7KQ2MX")),
            source: ShopDomain("a.myshopify.com"),
            destination: ShopDomain("b.myshopify.com")
        )
        let settings = try parsed(text)
        #expect(settings.source.store.shop == ShopDomain("a.myshopify.com"))
        #expect(settings.destinations.map(\.store.shop) == [ShopDomain("b.myshopify.com")])
    }

    @Test
    func `each setting behind a sign works when the sign is removed, but for what comes later`() throws {
        let lines = try example().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var tried = 0
        for (index, line) in lines.enumerated() {
            guard let setting = uncommented(line) else { continue }
            tried += 1
            var changed = lines
            changed[index] = setting
            let indent = setting.prefix { $0 == " " }.count
            if let parent = parent(of: index, indent: indent, in: lines), let group = uncommented(lines[parent]) {
                changed[parent] = group
            }
            // A group alone would be blank: its first setting comes with it.
            if setting.hasSuffix(":"),
                let first = lines[index...].dropFirst().firstIndex(where: { uncommented($0) != nil })
            {
                changed[first] = uncommented(lines[first]) ?? ""
            }
            let refused = refusals(changed.joined(separator: "\n"))
            let expected = ["endpoint", "url", "allow_insecure_endpoint", "not yet", "no mail server"]
            #expect(refused.allSatisfy { line in expected.contains { line.contains($0) } }, "\(setting): \(refused)")
        }
        #expect(tried > 45)
    }

    /// `  #key: value` without its sign; text after `# ` is no setting.
    private func uncommented(_ line: String) -> String? {
        guard let sign = line.firstIndex(of: "#"), line[..<sign].allSatisfy({ $0 == " " || $0 == "-" }) else {
            return nil
        }
        let rest = line[line.index(after: sign)...]
        guard let first = rest.first, first != " " else { return nil }
        return String(line[..<sign]) + String(rest)
    }

    private func parent(of index: Int, indent: Int, in lines: [String]) -> Int? {
        lines[..<index].lastIndex { line in
            guard !line.isEmpty, let key = line.firstIndex(where: { $0 != " " }) else { return false }
            let isText = line[key...].hasPrefix("# ")
            return !isText && line.distance(from: line.startIndex, to: key) < indent
        }
    }
}
