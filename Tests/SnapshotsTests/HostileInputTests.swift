import Catalog
import Pricing
import Snapshots
import Testing

@Suite struct `hostile input` {
    // HI-2: nesting, long lines and long lists end in an error, not in a crash.
    @Test(arguments: ["[", "{\"a\":"])
    func `deep nesting is refused (HI-2)`(opening: String) {
        let line = #"{"id":"gid://shopify/Product/1","x":"# + String(repeating: opening, count: 100_000)
        #expect(failure { _ = try SnapshotReader.read(lines: [line]) } == .lineTooDeep(line: 1, offset: 0, limit: 32))
    }

    @Test func `nesting that stays within the limit is passed over`() throws {
        let deep = String(repeating: "[", count: 29) + String(repeating: "]", count: 29)
        let line = #"{"id":"gid://shopify/Product/1","x":\#(deep)}"#
        #expect(try SnapshotReader.read(lines: [line]).statistics.products == 1)
    }

    @Test func `a list of a million tags is refused (HI-2)`() {
        let tags = Array(repeating: "\"t\"", count: 1_000_000).joined(separator: ",")
        let error = failure {
            _ = try SnapshotReader.read(lines: [#"{"id":"gid://shopify/Product/1","tags":[\#(tags)]}"#])
        }
        #expect(error == .listTooLong(line: 1, offset: 0, limit: 100_000))
    }

    @Test func `a line without an end is refused (HI-2)`() {
        var bytes = Array(#"{"id":"gid://shopify/Product/1","title":""#.utf8)
        bytes += [UInt8](repeating: 0x61, count: 70 << 20)
        let error = failure { _ = try SnapshotReader.read(bytes, required: []) }
        #expect(error == .lineTooLong(line: 1, offset: 0, limit: 64 << 20))
    }

    @Test func `a line longer than a piece of the file is read whole`() throws {
        let title = String(repeating: "ab\u{20AC}", count: 900_000)
        let line = #"{"id":"gid://shopify/Product/2","title":"\#(title)"}"#
        let snapshot = try SnapshotReader.read(lines: [productLine, line, productLine.replacing("/1", with: "/3")])
        #expect(try snapshot.productRecord(1).title == title)
        #expect(snapshot.products[2].id == 3)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "x", #"{"id":"gid://shopify/Product/1"}}"#, #"{"id":"gid://shopify/Product/1"} {}"#,
        #"{"id":"gid://shopify/Product/1",}"#, #"{"id":"gid://shopify/Product/1" "a":1}"#,
        #"{"id":"gid://shopify/Product/1","a"}"#,
        #"{"id":"gid://shopify/Product/1","a":}"#, #"{"id":"gid://shopify/Product/1","a":[1,]}"#,
        #"{"id":"gid://shopify/Product/1","a":01}"#,
        #"{"id":"gid://shopify/Product/1","a":tru}"#, #"{"id":"gid://shopify/Product/1","a":"\x"}"#,
        #"{"id":"gid://shopify/Product/1","a":[}"#,
        #"{"id":"gid://shopify/Product/1","a":"\ud800"}"#, #"{"id":"gid://shopify/Product/1","a":{"b":1]}"#,
        #"{"id":"gid://shopify/Product/1","a":1e}"#,
        #"{"id":"gid://shopify/Product/1","a":nul}"#, #"{"id":"gid://shopify/Product/1","a":"b"#,
        #" {"id":"gid://shopify/Product/1"}"#, "{\"id\":\"gid://shopify/Product/1\"}\u{0}",
        "{\"id\":\"gid://shopify/Product/1\",\"a\":\"\t\"}", #"{"id":"gid://shopify/Product/1","a":123"b"}"#,
        #"{"id":"gid://shopify/Product/1","a":"b""c"}"#,
    ])
    func `a line that is no JSON object is named`(line: String) {
        let error = failure {
            _ = try SnapshotReader.read(lines: [productLine.replacing("/1", with: "/9"), line, productLine])
        }
        guard case .malformed(2, 33, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `bytes that are no UTF-8 are named`() {
        let bytes = Array((productLine + "\n").utf8) + Array(#"{"id":"gid://shopify/Product/2","a":""#.utf8) + [0xFF]
        let error = failure { _ = try SnapshotReader.read(bytes + Array("\"}\n".utf8), required: []) }
        guard case .malformed(2, 33, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        (#""title":5"#, "title"), (#""title":"a","title":"b""#, "title"), (#""tags":"a""#, "tags"),
        (#""tags":[1]"#, "tags"),
        (#""id":"gid://shopify/Product/2""#, "id"), (#""seo":[]"#, "seo"), (#""status":true"#, "status"),
        (#""taxable":"yes""#, "taxable"), (#""price":{}"#, "price"), (#""quantities":[5]"#, "quantities"),
        (#""quantities":[{"name":"available","quantity":1.5}]"#, "quantities.available"),
        (
            #""quantities":[{"name":"available","quantity":1},{"name":"available","quantity":1}]"#,
            "quantities.available"
        ),
    ])
    func `a value of another type or a key that stands twice is named`(member: String, name: String) {
        let error = failure { _ = try SnapshotReader.read(lines: [#"{"id":"gid://shopify/Product/1",\#(member)}"#]) }
        #expect(error == .unexpectedValue(line: 1, offset: 0, name: name))
    }

    @Test(arguments: 0..<300)
    func `a changed byte never crashes the reader`(seed: UInt64) throws {
        let catalog = PretendCatalog(seed: 2, products: 3)
        var bytes = catalog.file(.grouped)
        var random = SeededNumbers(seed)
        for _ in 0..<3 {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] =
                [0x22, 0x7B, 0x7D, 0x5B, 0x5D, 0x5C, 0x2C, 0x0A, 0x00, 0xFF, 0x31].randomElement(using: &random) ?? 0
        }
        let snapshot = try? SnapshotReader.read(bytes, required: [])
        #expect((snapshot?.statistics.bytes ?? bytes.count) == bytes.count)
    }

    @Test func `keys and names written with escapes are the same keys`() throws {
        let line = #"{"\u0069d":"gid:\/\/shopify\/Pr\u006fduct\/5","t\u0069tle":"\ud83e\udde6 \"x\"\b\f\n\r\t\\"}"#
        let snapshot = try SnapshotReader.read(lines: [line], required: FieldSet([.title]))
        #expect(try snapshot.productRecord(0).title.utf8.elementsEqual("🧦 \"x\"\u{8}\u{C}\n\r\t\\".utf8))
    }

    @Test func `a file that is missing or no file is an error`() throws {
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        #expect(throws: SnapshotError.self) { try reader.read(file: "/nowhere/at/all.jsonl", expecting: nil) }
        #expect(throws: SnapshotError.self) { try reader.read(file: "/tmp", expecting: nil) }
    }
}
