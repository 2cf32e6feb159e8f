import Foundation
import Testing

@testable import PostgresLedger

/// Looks at this module's own source: what the compiler cannot hold.
struct StatementTests {
    private static let module = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/PostgresLedger").resolvingSymlinksInPath()

    private static func files(_ ending: String) throws -> [URL] {
        let found = FileManager.default.enumerator(at: module, includingPropertiesForKeys: nil)
        return (found?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.pathExtension == ending }
    }

    @Test func `HI-5 no statement is put together: each is a file of its own or a fixed word`() throws {
        for file in try Self.files("swift") where file.lastPathComponent != "SQLStatement.swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /SQLStatement\(\s*([^)]*)\)/) {
                let isEmbedded = match.1.contains("PackageResources.") || match.1 == "name, file"
                #expect(isEmbedded, "\(file.lastPathComponent): SQLStatement(\(match.1))")
            }
        }
    }

    @Test func `every SQL file is used, under its own name`() throws {
        let sources = try Self.files("swift").map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        let names = try Self.files("sql").map { $0.deletingPathExtension().lastPathComponent }
        #expect(names.count > 70)
        for name in names where !name.hasPrefix("0") {
            let usage = try Regex("\"\(name)\",\\s*PackageResources\\.\(name)_sql")
            #expect(sources.contains(usage), "\(name).sql")
        }
    }

    @Test func `every migration in the folder is known, in order`() throws {
        let names = try Self.files("sql").map { $0.deletingPathExtension().lastPathComponent }.filter {
            $0.hasPrefix("0")
        }
        #expect(Migration.all.map(\.name) == names.sorted())
        #expect(Migration.all.map(\.number) == Array(1...names.count))
    }
}
