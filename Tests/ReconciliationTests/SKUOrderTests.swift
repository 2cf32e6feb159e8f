import Catalog
import Testing

@testable import Reconciliation

/// The order of a plan, whichever way its items come to it.
struct SKUOrderTests {
    private struct Item: Sendable, Equatable {
        let sku: SKU
        let field: Int
        let number: Int
    }

    /// Few SKUs for many items, some the beginning of others, some alike in more bytes than are sorted as numbers.
    private static func items(_ count: Int, seed: UInt64) throws -> [Item] {
        var generator = SplitMix64(seed: seed)
        return try (0..<count).map { number in
            let word =
                ["A", "A-", "AB", "é", "a-very-long-beginning-", "a-very-long-beginnin", "~"]
                .randomElement(using: &generator) ?? ""
            let sku = try #require(SKU(word + "\(Int.random(in: 0..<400, using: &generator))"))
            return Item(sku: sku, field: Int.random(in: 0..<3, using: &generator), number: number)
        }
    }

    @Test(arguments: [0, 1, 2, 17, 4095, 4096, 9000], [1, 2, 5, 16] as [UInt64])
    func `sorted lists in one are what all of them sorted are`(count: Int, lists: UInt64) throws {
        let items = try Self.items(count, seed: UInt64(count) + lists)
        var generator = SplitMix64(seed: lists)
        var parts = [[Item]](repeating: [], count: Int(lists))
        // The last list is mostly empty, and some lists have nothing at one end.
        for item in items {
            let most = item.sku.text.hasPrefix("A") ? Int(lists) - 1 : Int(lists)
            parts[Int.random(in: 0..<max(1, most), using: &generator)].append(item)
        }
        func stands(_ left: Item, before right: Item) -> Bool { left.field < right.field }
        var whole = parts.flatMap(\.self)
        SKUOrder.sort(&whole, by: \.sku, then: stands)
        for place in parts.indices { SKUOrder.sort(&parts[place], by: \.sku, then: stands) }
        let merged = SKUOrder.merged(parts, by: \.sku) { $0.field < $1.field }
        #expect(merged == whole)
        #expect(Set(merged.map(\.number)).count == count)
        for (left, right) in zip(merged, merged.dropFirst()) {
            #expect(left.sku < right.sku || (left.sku == right.sku && left.field <= right.field))
        }
    }
}
