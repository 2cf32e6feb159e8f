import Foundation
import Testing

@testable import synctec_benchmark

struct OracleCountsTests {
    private static let counts = """
        {"source": {"blank_sku_rows": 1, "duplicate_skus": 2, "duplicate_rows": 4, "variants": 9},
         "destination": {"blank_sku_rows": 0, "duplicate_skus": 0, "duplicate_rows": 0}, "missing": 5, "extra": 6,
         "compared": 7, "drift": {"descriptionHtml": 8, "price": 9}, "drift_rows": 17, "drifted_skus": 3}
        """

    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "synctec-\(UUID().uuidString).json").path
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func read(_ text: String) throws -> OracleCounts {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try OracleCounts.read(path)
    }

    @Test func `the same counts differ nowhere, also behind lines that are no counts`() throws {
        let oracle = try read(Self.counts)
        let line = Self.counts.replacing("\n", with: " ")
        #expect(try read("progress\n\(line)\n").differences(from: oracle).isEmpty)
    }

    @Test(arguments: [
        ("\"missing\": 5", "\"missing\": 4", "missing: found 4, oracle 5"),
        ("\"price\": 9", "\"price\": 8", "drift.price: found 8, oracle 9"),
        ("\"price\": 9", "\"cost\": 9", "drift.price: found nothing, oracle 9"),
        ("\"duplicate_rows\": 4", "\"duplicate_rows\": 0", "source.duplicate_rows: found 0, oracle 4"),
    ])
    func `a wrong count and one that is left out are named`(right: String, wrong: String, told: String) throws {
        let found = try read(Self.counts.replacing(right, with: wrong))
        #expect(found.differences(from: try read(Self.counts)) == [told])
    }

    @Test(arguments: ["", "{}", "no counts", "[1]"])
    func `an output without counts is a failure`(text: String) throws {
        #expect(throws: (any Error).self) { try read(text) }
    }

    @Test func `the command's document holds the counts of each destination, with its own names of fields`() throws {
        let part = Self.counts.replacing("descriptionHtml", with: "description")
        let path = try file("{\"destinations\": [{\"counts\": \(part)}, {\"counts\": \(part)}]}")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let oracle = try read(Self.counts)
        #expect(try ComparisonOutput.read(path) == [oracle, oracle])
    }
}
