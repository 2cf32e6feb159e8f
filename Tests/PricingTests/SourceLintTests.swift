import Foundation
import Testing

@Suite struct SourceLintTests {
    /// MO-1.
    @Test func `MO-1: no source of this module names a binary floating-point type`() throws {
        let sources = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/Pricing").resolvingSymlinksInPath()
        let files = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "swift" }
        #expect(files.count > 20)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for word in ["Double", "Float", "import ", ".rounded("] {
                let hits = text.split(separator: "\n").filter { $0.contains(word) }
                #expect(hits.isEmpty, "\(file.lastPathComponent) has \(word)")
            }
        }
    }
}
