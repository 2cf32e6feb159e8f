import Foundation
import Testing

/// What `synctec compare` makes of texts that files write differently, and of SKUs of any length.
@Suite struct CompareTextTests {
    private static func product(_ number: Int, _ more: String) -> String {
        #"{"id":"gid://shopify/Product/\#(number)","title":"T\#(number)",\#(more)"vendor":"V"}"#
    }

    private static func variant(_ number: Int, of product: Int, sku: String, price: String = "1.00") -> String {
        #"{"id":"gid://shopify/ProductVariant/\#(number)","sku":"\#(sku)","price":"\#(price)","#
            + #""inventoryItem":{"id":"gid://shopify/InventoryItem/\#(number)"},"#
            + #""__parentId":"gid://shopify/Product/\#(product)"}"#
    }

    /// One product with one variant for each text.
    private static func described(_ texts: [String]) -> String {
        texts.enumerated().map { number, text in
            product(number + 1, #""descriptionHtml":\#(text),"#) + "\n"
                + variant(100 + number, of: number + 1, sku: "S-\(number)") + "\n"
        }.joined()
    }

    private func fields(_ place: CompareTests.Folder, _ words: [String]) async throws -> [String: String] {
        let run = try await place.compare(words + ["--out", "\(place.path)/out"])
        #expect(run.status == 1, "\(run.errors)")
        let rows = try place.csv("out/corrections.csv").rows
        return Dictionary(
            uniqueKeysWithValues: rows.map { ("\($0["sku"] ?? "") \($0["field"] ?? "")", $0["new"] ?? "") }
        )
    }

    @Test func `descriptions written otherwise are the same, and only others are corrected`() async throws {
        let place = try CompareTests.Folder()
        let here = [
            #""<p>Same</p>""#, #""<p>Tea &amp; cake</p>""#, #""<p>One</p>""#, #""<p>a</p>\n<p>b</p>""#, #""""#,
            #""<p>\ud83d\ude00</p>""#, #""<p>x</p>""#, #""<p>Old</p>""#,
        ]
        let there = [
            #""<p>Same</p>""#, #""\u003cp\u003eTea \u0026amp; cake\u003c\/p\u003e""#, #""<p>Two</p>""#,
            #""<p>a</p><p>b</p>""#, #""  ""#, #""<p>😀</p>""#, #""""#, #""<p>New</p>""#,
        ]
        let left = try place.write("a.jsonl", Self.described(here))
        let right = try place.write("b.jsonl", Self.described(there))
        let found = try await fields(place, [left, right])
        #expect(
            found == [
                "S-2 description": "<p>One</p>", "S-6 description": "<p>x</p>", "S-7 description": "<p>Old</p>",
            ]
        )
    }

    @Test func `a product whose variants come from two is held against each of them`() async throws {
        let place = try CompareTests.Folder()
        let left = try place.write(
            "a.jsonl",
            Self.described([#""<p>A</p>""#, #""<p>B</p>""#])
        )
        let right = try place.write(
            "b.jsonl",
            Self.product(1, #""descriptionHtml":"\u003cp\u003eA\u003c\/p\u003e","#) + "\n"
                + Self.variant(200, of: 1, sku: "S-0") + "\n" + Self.variant(201, of: 1, sku: "S-1") + "\n"
        )
        let run = try await place.compare([left, right, "--fields", "description", "--out", "\(place.path)/out"])
        #expect(run.output.contains("2 compared, 1 differ"), "\(run.output)")
        let findings = try place.csv("out/findings.csv").rows
        #expect(findings.map { $0["sku"] } == ["S-1"])
    }

    @Test func `SKUs of any length are told as they are`() async throws {
        let place = try CompareTests.Folder()
        let signs = ["A", "SKU-of-15-bytes", "SKU-of-16-bytes!", "été-日本", String(repeating: "long", count: 10)]
        func file(_ prefix: String, price: String) -> String {
            Self.product(1, "") + "\n"
                + (signs + signs.map { prefix + $0 }).enumerated().map {
                    Self.variant($0.offset + 10, of: 1, sku: $0.element, price: price) + "\n"
                }.joined()
        }
        let left = try place.write("a.jsonl", file("left-", price: "2.00"))
        let right = try place.write("b.jsonl", file("right-", price: "1.00"))
        let found = try await fields(place, [left, right])
        #expect(found == Dictionary(uniqueKeysWithValues: signs.map { ("\($0) price", "2.00") }))
        let findings = try place.csv("out/findings.csv").rows
        func skus(_ kind: String) -> [String?] { findings.filter { $0["kind"] == kind }.map { $0["sku"] } }
        #expect(skus("missing") == signs.map { "left-" + $0 })
        #expect(skus("extra") == signs.map { "right-" + $0 })
    }
}
