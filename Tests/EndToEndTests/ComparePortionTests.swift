import Foundation
import Testing

/// `synctec compare` of files that are large enough to be read in portions: the same as where they cannot be.
@Suite struct ComparePortionTests {
    /// A line of a product and those of its variants and levels, by kind.
    private struct Group {
        var product: String
        var variants: [String] = []
        var levels: [String] = []
    }

    /// How often each kind of trouble comes, one of so many.
    private static let rarely = 40

    /// A store of some thousand products, about four megabytes; two of one seed hold the same goods in other orders, with
    /// everything that can be wrong with them.
    private static func store(seed: UInt64, isSource: Bool) -> [Group] {
        var goods = Numbers(seed)
        var own = Numbers(seed * 2 + (isSource ? 1 : 0))
        var number = isSource ? 1000 : 500_000
        var groups: [Group] = []
        var skus: [String] = []
        for product in 0..<1500 {
            let text = String(repeating: "Woven from long staple fibre. ", count: 20 + goods.below(40))
            let here = number
            let changed = own.below(rarely) == 0 ? "Other " : ""
            var group = Group(
                product: #"{"id":"gid:\/\/shopify\/Product\/\#(here)","title":"\#(changed)P \#(product)","#
                    + #""descriptionHtml":"\u003cp\u003e\#(text)\u003c\/p\u003e","vendor":"V","tags":["b","a"],"status":"ACTIVE"}"#
            )
            for variant in 0..<1 + goods.below(4) {
                number += 1
                let usual = goods.below(9) == 0 ? "A-QUITE-LONG-SKU-\(product)-\(variant)" : "S-\(product)-\(variant)"
                let sku =
                    switch own.below(rarely * 2) {
                    case 0: ""
                    case 1: "\(isSource ? "HERE" : "THERE")-\(product)-\(variant)"
                    case 2: skus.isEmpty ? usual : skus[own.below(skus.count)]
                    case 3: "\(isSource ? "HERE" : "THERE")-AGAIN-\(own.below(4))"
                    default: usual
                    }
                skus.append(usual)
                let price = 1000 + goods.below(5000) + (own.below(rarely) == 0 ? 100 : 0)
                let stock = goods.below(50) - 2 + (own.below(rarely) == 0 ? 1 : 0)
                group.variants.append(
                    #"{"id":"gid:\/\/shopify\/ProductVariant\/\#(number)","sku":"\#(sku)","price":"\#(price / 100).\#(10 + price % 90)","#
                        + #""barcode":"\#(own.below(rarely) == 0 ? "7" : "4")0\#(product)","inventoryItem":{"id":"gid:\/\/shopify\/InventoryItem\/\#(number)","tracked":true},"#
                        + #""__parentId":"gid:\/\/shopify\/Product\/\#(here)"}"#
                )
                group.levels.append(
                    #"{"id":"gid:\/\/shopify\/InventoryLevel\/\#(number)?inventory_item_id=\#(number)","location":{"id":"gid:\/\/shopify\/Location\/7"},"#
                        + #""quantities":[{"name":"available","quantity":\#(stock)}],"__parentId":"gid:\/\/shopify\/ProductVariant\/\#(number)"}"#
                )
            }
            number += 1
            groups.append(group)
        }
        return isSource ? groups : groups.reversed()
    }

    /// Each product with all that belongs to it.
    private static func grouped(_ groups: [Group]) -> String {
        groups.map { ([$0.product] + $0.variants + $0.levels).joined(separator: "\n") + "\n" }.joined()
    }

    /// The same with the first product's levels behind all others.
    private static func late(_ groups: [Group]) -> String {
        var rest = groups
        rest[0].levels = []
        return grouped(rest) + groups[0].levels.joined(separator: "\n") + "\n"
    }

    @Test(arguments: [3, 11] as [UInt64])
    func `a file read in portions and one that has to be read in one go tell the same`(seed: UInt64) async throws {
        let stores = [true, false].map { Self.store(seed: seed, isSource: $0) }
        var reports: [[String]] = []
        for (left, right) in [(Self.grouped, Self.grouped), (Self.late, Self.grouped), (Self.grouped, Self.late)] {
            let place = try CompareTests.Folder()
            _ = try place.write("a.jsonl", left(stores[0]))
            _ = try place.write("b.jsonl", right(stores[1]))
            let run = try await place.compare(["a.jsonl", "b.jsonl", "--out", "\(place.path)/out"])
            #expect(run.status == 1, "\(run.errors)")
            reports.append(
                try ["out/corrections.csv", "out/findings.csv"].map {
                    try place.text($0).replacing(place.path, with: "")
                }
            )
        }
        // Not the texts themselves, which would be printed by the megabyte.
        let areTheSame = reports[1] == reports[0] && reports[2] == reports[0]
        #expect(areTheSame)
        let kinds = Set(try StrictCSV(reports[0][1]).rows.map { $0["kind"] ?? "" })
        for kind in ["blank sku", "duplicate sku", "missing", "extra", "negative source stock", "held"] {
            #expect(kinds.contains(kind))
        }
        #expect(try StrictCSV(reports[0][0]).rows.count > 500)
    }

    @Test func `what a file's beginning lets one expect refuses nothing`() async throws {
        let place = try CompareTests.Folder()
        let groups = Self.store(seed: 7, isSource: true)
        let left = try place.write("a.jsonl", Self.grouped(groups))
        var lines = Self.grouped(groups).split(separator: "\n").map(String.init)
        let currencies = ["--source-currency", "EUR", "--destination-currency", "USD", "--out", "\(place.path)/out"]
        let broken = try place.write("b.jsonl", (lines + ["garbage", ""]).joined(separator: "\n"))
        let run = try await place.compare([left, broken] + currencies)
        #expect(run.errors.contains("line \(lines.count + 1)"), "\(run.errors)")

        // Without a price on the last variant no price is compared, and no rate is wanted.
        let last = try #require(lines.lastIndex { $0.contains("\"price\"") })
        lines[last] = lines[last].replacing("\"price\"", with: "\"other\"")
        let unpriced = try place.write("c.jsonl", (lines + [""]).joined(separator: "\n"))
        let compared = try await place.compare([left, unpriced] + currencies)
        #expect(compared.status == 1, "\(compared.errors)")
        #expect(compared.output.contains("not on every line"), "\(compared.output)")

        // Nor where there could be a rate: what the first portion has is not what all lines have.
        let plain = try await place.compare([left, unpriced, "--out", "\(place.path)/plain"])
        #expect(plain.output.contains("not on every line"), "\(plain.output)")
        #expect(try place.csv("plain/corrections.csv").rows.allSatisfy { $0["field"] != "price" })
    }

    @Test func `an id that stands in two portions is told as in any file`() async throws {
        let place = try CompareTests.Folder()
        var groups = Self.store(seed: 5, isSource: true)
        let whole = try place.write("a.jsonl", Self.grouped(groups))
        let repeated = groups[10].product
        groups.append(Group(product: repeated))
        let broken = try place.write("b.jsonl", Self.grouped(groups))
        for words in [[whole, broken], [broken, whole]] {
            let run = try await place.compare(words + ["--out", "\(place.path)/out"])
            #expect(run.status != 0 && run.status != 1)
            let id = try #require(
                repeated.split(separator: #"\/"#).last { $0.first?.isNumber == true }?.prefix { $0.isNumber }
            )
            #expect(
                run.errors.contains("b.jsonl") && run.errors.contains("gid://shopify/Product/\(id)"),
                "\(run.errors)"
            )
        }
    }
}

/// Numbers that only depend on their seed.
private struct Numbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % limit
    }
}
