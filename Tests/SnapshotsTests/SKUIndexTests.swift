import Catalog
import Snapshots
import Testing

@Suite struct `the SKU index` {
    private func snapshot(_ skus: [String]) throws -> PackedSnapshot {
        try SnapshotReader.read(
            lines: [productLine] + skus.enumerated().map { variantLine($0.offset + 1, sku: $0.element) }
        )
    }

    // MA-1 and MA-2.
    @Test func `shared SKUs are groups, blank ones are not in it (MA-1, MA-2)`() throws {
        let index = SKUIndex(try snapshot(["A", "", "B", "A", " ", "C", "A", "B", "a"]))
        let key = testKey()
        func found(_ text: String) throws -> SKULookup { index.lookup(key.fingerprint(of: try #require(SKU(text)))) }
        #expect(index.duplicates == [[0, 3, 6], [2, 7]])
        #expect(try found("A") == .many(first: 0) && index.rows(sharingWith: 0) == [0, 3, 6])
        #expect(try found("C") == .one(5) && found("a") == .one(8) && found("D") == .none)
        #expect(index.lookup(.none) == .none)
        #expect(index.distinctSKUs == 4)
    }

    @Test(arguments: [0, 1, 10, 11, 1000, 5000])
    func `finds every row again`(count: Int) throws {
        let snapshot = try snapshot((0..<count).map { "SKU-\($0)" })
        let index = SKUIndex(snapshot)
        #expect(snapshot.variants.indices.allSatisfy { index.lookup(snapshot.variants[$0].sku) == .one($0) })
        #expect(index.duplicates.isEmpty && index.distinctSKUs == count)
    }
}
