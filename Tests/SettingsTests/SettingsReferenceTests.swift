import FoundationEssentials
import Settings
import Testing

/// The page `docs/settings.md` and the description that the settings file is checked by.
struct SettingsReferenceTests {
    private let page = #filePath.replacing("Tests/SettingsTests/SettingsReferenceTests.swift", with: "docs/settings.md")

    @Test
    func `docs/settings.md is what synctec manual --settings prints`() throws {
        let text = TeamSettings.reference
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try text.write(toFile: page, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: page, encoding: .utf8) == text)
    }

    @Test
    func `every row of a table has as many cells as its head`() {
        var width = 0
        var rows = 0
        for line in TeamSettings.reference.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                width = 0
                continue
            }
            let cells = line.replacing("\\|", with: "").count { $0 == "|" } - 1
            if width == 0 { width = cells }
            rows += 1
            #expect(cells == width, "\(line)")
        }
        #expect(rows > 100)
    }

    /// A page that forgot a group would still be golden.
    @Test(arguments: [
        "team", "smtp", "allow_plain", "reports_to", "when", "plan_age", "down", "cost_below", "collection", "buffer",
        "line_price", "max_jump", "tags", "inventory", "metafields", "sku_aliases", "on_leave",
    ])
    func `a key of any depth has its row`(key: String) {
        #expect(TeamSettings.reference.contains("\n| `\(key)` | "))
    }

    /// Keys of groups that stand in several places are described once.
    @Test
    func `no group has two tables`() {
        let headings = TeamSettings.reference.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(headings.count > 12)
        #expect(headings.count { $0.contains("fields") } == 1)
        #expect(headings.count { $0.contains("brakes") && !$0.contains("price_step") } == 1)
    }
}
