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
            let found = try source.products(order.map { ($0, FieldSet([.title])) }).map(\.title)
            #expect(found == (try source.products(order).map(\.title)))
            #expect(found.count == order.count)
        }
        #expect(try RecordSource(snapshot).products([(1, FieldSet([.title]))]).map(\.title) == ["Lämp \"x\""])
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
        #expect(throws: SnapshotError.self) { try RecordSource(snapshot).products([(0, FieldSet([.title]))]) }
    }

    @Test func `descriptions as written are the same for the same bytes only, and canonical when read back`() throws {
        let texts = [
            "<p>One</p>", "<p>One</p>", #"\u003cp\u003eOne<\/p>"#, "<p>Two</p>", "", #"\ud83d\ude00 \"x\" naïve"#,
        ]
        let lines = texts.enumerated().map { Self.described($0.offset + 1, title: #""T""#, $0.element) }
        let file = try TemporaryFile(lines.flatMap { Array($0.utf8) + [0x0A] })
        func read(_ form: DescriptionForm) throws -> PackedSnapshot {
            try SnapshotReader(key: testKey(), currency: .eur, required: FieldSet([.description]), descriptions: form)
                .read(file: file.path, expecting: nil)
        }
        let (canonical, written) = (try read(.canonical), try read(.asWritten))
        let rows = written.products.map(\.description)
        #expect(rows[0] == rows[1] && rows[0] != rows[2] && rows[0] != rows[3] && rows[4].isNone)
        let order = [5, 4, 3, 2, 1, 0]
        #expect(try RecordSource(written).descriptions(order) == order.map { canonical.products[$0].description })
        #expect(canonical.products[0].description == canonical.products[2].description)
    }

    private static func described(_ number: Int, title: String, _ description: String) -> String {
        #"{"id":"gid://shopify/Product/\#(number)","title":\#(title),"descriptionHtml":"\#(description)"}"#
    }

    @Test func `a line that is not sound is told as such, whatever else is wrong with it`() throws {
        let lines =
            (1...3).map { Self.described($0, title: #""T""#, "<p>\($0)</p>") }
            + [Self.described(4, title: "null", #"bad \q"#)]
        let file = try TemporaryFile(lines.flatMap { Array($0.utf8) + [0x0A] })
        let forms: [DescriptionForm] = [.canonical, .asWritten]
        let errors = try forms.map { form in
            let reader = try SnapshotReader(
                key: testKey(),
                currency: .eur,
                required: FieldSet([.title]),
                descriptions: form
            )
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
        #expect(agreement.predicted == agreement.ways * (lines.count - 1))
    }
}
