import FoundationEssentials
import Runs
import Testing

struct DocumentedEndingsTests {
    @Test(arguments: Runs.ExitStatus.allCases)
    func `reports/README.md explains every ending with its exit status`(status: Runs.ExitStatus) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "reports/README.md")
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(page.contains("| `\(status.rawValue)` | \(status.code) |"))
    }
}
