import Catalog
import Foundation
import Pricing
import Testing

@testable import Snapshots

/// Rows read back with no more of them than is wanted.
struct ReadBackTests {
    private static func line(_ number: Int, title: String) -> String {
        #"{"id":"gid://shopify/Product/\#(number)","handle":"h","title":"\#(title)","vendor":"V"}"#
    }

    @Test func `titles are those of the whole products, escaped or not, in any order`() throws {
        let titles = ["Lamp", "L\\u00e4mp \\\"x\\\"", "", "Señorial \\/ Duo", "Mug"]
        let lines = titles.enumerated().map { Self.line($0.offset + 1, title: $0.element) }
        let snapshot = try SnapshotReader.read(lines: lines)
        for order in [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1, 1], []] {
            let source = RecordSource(snapshot)
            let found = try source.titles(order).map(\.title)
            #expect(found == (try source.products(order).map(\.title)))
            #expect(found.count == order.count)
        }
        #expect(try RecordSource(snapshot).titles([1]).map(\.title) == ["Lämp \"x\""])
    }

    @Test func `a title that changed in the file is no title`() throws {
        let file = try TemporaryFile(Array((Self.line(1, title: "Lamp") + "\n").utf8))
        let snapshot = try SnapshotReader(key: testKey(), currency: .eur, required: [])
            .read(file: file.path, expecting: nil)
        let bytes = try Data(contentsOf: URL(filePath: file.path))
        let place = try #require(bytes.range(of: Data("Lamp".utf8)))
        let handle = try FileHandle(forWritingTo: URL(filePath: file.path))
        try handle.seek(toOffset: UInt64(place.lowerBound))
        try handle.write(contentsOf: Data("Lump".utf8))
        try handle.close()
        #expect(throws: SnapshotError.self) { try RecordSource(snapshot).titles([0]) }
    }

    @Test func `the memo gives back what it was given, and keeps no more than it has room for`() {
        let memo = TextMemo(texts: 8)
        let texts = (1...5000).map { Fingerprint(high: UInt64($0), low: UInt64($0) &* 7) }
        for (number, text) in texts.enumerated() {
            memo.keep(TextFingerprint(bits: UInt64(number) + 1), of: text)
        }
        let found = texts.enumerated().compactMap { number, text in
            memo.canonical(of: text).map { $0 == TextFingerprint(bits: UInt64(number) + 1) }
        }
        #expect(found.count > 100 && found.count <= 1024)
        #expect(found.allSatisfy { $0 })
        memo.keep(.none, of: Fingerprint(high: 9999, low: 3))
        #expect(memo.canonical(of: Fingerprint(high: 9999, low: 3)) == nil)
    }

    private static func described(_ number: Int, title: String, _ description: String) -> String {
        #"{"id":"gid://shopify/Product/\#(number)","title":\#(title),"descriptionHtml":"\#(description)"}"#
    }

    @Test func `a line that is not sound is told as such, whatever else is wrong with it`() throws {
        let lines =
            (1...3).map { Self.described($0, title: #""T""#, "<p>\($0)</p>") }
            + [Self.described(4, title: "null", #"bad \q"#)]
        let file = try TemporaryFile(lines.flatMap { Array($0.utf8) + [0x0A] })
        let memos: [TextMemo?] = [nil, TextMemo(texts: 8)]
        let errors = try memos.map { memo in
            let reader = try SnapshotReader(key: testKey(), currency: .eur, required: FieldSet([.title]), memo: memo)
            return failure { _ = try reader.read(file: file.path, expecting: nil) }
        }
        #expect(errors[0] == errors[1])
        guard case .malformed(let line, _, _) = errors[1] else { return #expect(Bool(false), "\(errors)") }
        #expect(line == 4)
    }

    @Test func `quotes in a description do not keep its line from a template`() throws {
        let lines: [String] = (1...20).map {
            Self.described($0, title: #""T""#, #"<a href=\"\#($0)\" title=\"\\\\\">x</a>"#)
        }
        let block: [UInt8] = lines.flatMap { Array($0.utf8) + [0x0A] }
        let agreement = LineAgreement()
        #expect(agreement.difference(in: block) == nil)
        // All but the first of each reader, which the template is made of.
        #expect(agreement.predicted == 2 * (lines.count - 1))
    }
}
