import Catalog
import Pricing
import Snapshots
import Testing

@Suite struct `a file read in portions` {
    @Test(arguments: 0..<6, [PretendCatalog.Layout.grouped, .interleaved, .byKind])
    func `makes the rows that one reading makes, whatever the size of a portion`(
        seed: UInt64,
        layout: PretendCatalog.Layout
    ) throws {
        let catalog = PretendCatalog(seed: seed, products: 60)
        let escape = PretendCatalog.Escape.allCases[Int(seed) % 3]
        let file = try TemporaryFile(catalog.file(layout, escape: escape))
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let whole = try reader.read(file: file.path, expecting: nil)
        var largestCount = 0
        for bytes in [400, 1500, 9000, 1 << 20] {
            let portions = try reader.portions(ofFile: file.path, bytes: bytes)
            let join = SnapshotJoin(portions)
            var count = 0
            for number in 0..<portions.count {
                guard let portion = try portions.portion(number) else { continue }
                count += 1
                try join.append(portion)
            }
            largestCount = max(largestCount, count)
            let (joined, ids) = try join.finished()
            try ids.prove()
            #expect(joined.serialized() == whole.serialized())
            #expect(joined.locations == whole.locations && joined.statistics == whole.statistics)
            for row in joined.variants.indices {
                #expect(try joined.variantRecord(row) == whole.variantRecord(row))
                #expect(joined.row(atPlace: row) == row && joined.place(ofRow: row) == row)
            }
        }
        // Where nothing shows how a line begins, or no product follows what belongs to another, there is one portion.
        #expect(layout == .byKind || escape == .everything ? largestCount == 1 : largestCount > 3)
    }

    @Test(arguments: 0..<6) func `keeps the variants that it is told to keep, and knows where the others were`(
        seed: UInt64
    ) throws {
        let file = try TemporaryFile(PretendCatalog(seed: seed, products: 60).file(.interleaved))
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let whole = try reader.read(file: file.path, expecting: nil)
        let portions = try reader.portions(ofFile: file.path, bytes: 2000)
        let join = SnapshotJoin(portions)
        var random = SeededNumbers(seed)
        var kept: [Int] = []
        var places = 0
        for number in 0..<portions.count {
            guard let portion = try portions.portion(number) else { continue }
            let rows = portion.rows.variants.indices.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            let (firstRow, firstProduct) = try join.append(portion, keeping: rows)
            #expect(firstRow == kept.count)
            #expect(portion.rows.products.first?.id == whole.products[firstProduct].id)
            kept += rows.map { places + $0 }
            places += portion.rows.variants.count
        }
        for place in whole.variants.indices {
            #expect(join.product(atPlace: place) == Int(whole.variants[place].product))
        }
        let left = try #require(whole.variants.indices.first { !kept.contains($0) })
        join.takeIn(place: left, sharingSKUOf: kept[0])
        let (snapshot, ids) = try join.finished()
        try ids.prove()
        #expect(snapshot.variants.count == kept.count + 1 && snapshot.statistics == whole.statistics)
        for (row, place) in kept.enumerated() {
            #expect(snapshot.row(atPlace: place) == row && snapshot.place(ofRow: row) == place)
            #expect(try snapshot.variantRecord(row) == whole.variantRecord(place))
            #expect(snapshot.available(ofVariant: row, at: .all) == whole.available(ofVariant: place, at: .all))
        }
        let named = snapshot.row(atPlace: left)
        #expect(named == kept.count && snapshot.variantID(named) == whole.variantID(left))
        #expect(snapshot.variants[named].sku == whole.variants[kept[0]].sku)
        #expect(
            snapshot.productID(Int(snapshot.variants[named].product))
                == whole.productID(Int(whole.variants[left].product))
        )
    }

    /// Products of three variants, of which each fourth of the first has a SKU of another; titles of all lengths, each third escaped.
    private func shop(of products: Int) -> (lines: [String], titles: [String]) {
        var (lines, titles): ([String], [String]) = ([], [])
        for product in 1...products {
            let title = String(repeating: "Lamp ", count: product % 7) + "\(product)"
            let isEscaped = product.isMultiple(of: 3)
            titles.append(isEscaped ? "\"" + title : title)
            lines.append(
                #"{"id":"gid://shopify/Product/\#(product)","handle":"h","title":"\#(isEscaped ? #"\""# : "")\#(title)"}"#
            )
            for variant in product * 3..<product * 3 + 3 {
                let sku =
                    variant < 120 && variant.isMultiple(of: 4)
                    ? "SHARED-\(variant % 5)" : variant % 9 == 0 ? "" : "S-\(variant)"
                lines.append(
                    #"{"id":"gid://shopify/ProductVariant/\#(variant)","sku":"\#(sku)","price":"1","inventoryItem":{"id":"gid://shopify/InventoryItem/1"},"__parentId":"gid://shopify/Product/\#(product)"}"#
                )
            }
        }
        return (lines, titles)
    }

    @Test(arguments: [700, 3000, 20_000]) func `is indexed while it is joined, as the whole is`(bytes: Int) throws {
        // More rows than the first portions let expect: the first products are few and long.
        let long = String(repeating: "<p>long</p>", count: 200)
        let first = [#"{"id":"gid://shopify/Product/999999","title":"T","handle":"h","descriptionHtml":"\#(long)"}"#]
        let file = try TemporaryFile(lines: first + shop(of: 400).lines)
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let whole = SKUIndex(try reader.read(file: file.path, expecting: nil))
        let portions = try reader.portions(ofFile: file.path, bytes: bytes)
        let join = SnapshotJoin(portions)
        for number in 0..<portions.count {
            if let portion = try portions.portion(number) { try join.append(portion) }
        }
        let index = try join.indexed().index
        #expect(index.snapshot.serialized() == whole.snapshot.serialized())
        #expect(index.duplicates == whole.duplicates && index.duplicates.count == 5)
        #expect(index.distinctSKUs == whole.distinctSKUs)
        for row in index.snapshot.variants {
            #expect(index.lookup(row.sku) == whole.lookup(row.sku))
            #expect(row.sku.isNone || index.lookup(row.sku) != .none)
        }
    }

    @Test func `knows the titles of what it keeps when the file is gone, of others and escaped ones not`() throws {
        let (lines, titles) = shop(of: 60)
        let file = try TemporaryFile(lines: lines)
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let portions = try reader.portions(ofFile: file.path, bytes: 3000)
        let join = SnapshotJoin(portions)
        var kept: Set<Int> = []
        for number in 0..<portions.count {
            guard let portion = try portions.portion(number, keepingTitles: true) else { continue }
            let chosen = portion.rows.variants.indices.filter { portion.rows.variants[$0].id % 5 == 0 }
            let (_, first) = try join.append(portion, keeping: chosen)
            kept.formUnion(chosen.map { first + Int(portion.rows.variants[$0].product) })
        }
        let snapshot = try join.finished().snapshot
        #expect(kept.count > 20 && kept.count < 60)
        let all = Array(titles.indices)
        #expect(try RecordSource(snapshot).products(all.map { ($0, FieldSet(.title)) }).map(\.title) == titles)
        try overwrite(file.path, with: String(repeating: " ", count: lines.joined(separator: "\n").utf8.count))
        for product in all {
            let found = try? RecordSource(snapshot).products([(product, FieldSet(.title))]).map(\.title)
            let isKept = kept.contains(product) && !titles[product].contains("\"")
            #expect(found == (isKept ? [titles[product]] : nil), "product \(product)")
        }
    }

    @Test func `says no where a child's parent is in another portion`() throws {
        let lines = PretendCatalog(seed: 2, products: 40).lines(.grouped)
        let moved = try #require(lines.firstIndex { $0.contains("InventoryLevel") })
        let late = lines[..<moved] + lines[(moved + 1)...] + [lines[moved]]
        let file = try TemporaryFile(late.flatMap { Array($0.utf8) + [0x0A] })
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        #expect(try reader.read(file: file.path, expecting: nil).statistics.lines == lines.count)
        let portions = try reader.portions(ofFile: file.path, bytes: 1000)
        #expect(throws: SnapshotError.self) {
            for number in 0..<portions.count { _ = try portions.portion(number) }
        }
    }

    @Test(arguments: [0, 1, 7, 4095, 9000], [false, true])
    func `proves ids unique in any order, across portions and within`(count: Int, isRepeated: Bool) throws {
        var random = SeededNumbers(UInt64(count))
        var numbers = (0..<Int64(count + 2)).map { $0 * 32_768 + 17 }.shuffled(using: &random)
        if isRepeated { numbers[numbers.count - 1] = numbers[0] }
        let file = try TemporaryFile(
            numbers.enumerated().flatMap { place, number in
                Array(#"{"id":"gid://shopify/Product/\#(place + 1)"}"#.utf8) + [0x0A]
                    + Array(
                        #"{"id":"gid://shopify/ProductVariant/\#(number)","sku":"\#(place)","price":"1","inventoryItem":{"id":"gid://shopify/InventoryItem/1"},"__parentId":"gid://shopify/Product/\#(place + 1)"}"#
                            .utf8
                    ) + [0x0A]
            }
        )
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let portions = try reader.portions(ofFile: file.path, bytes: 60_000)
        let (all, some) = (SnapshotJoin(portions), SnapshotJoin(portions))
        for number in 0..<portions.count {
            guard let portion = try portions.portion(number) else { continue }
            try all.append(portion)
            _ = try some.append(portion, keeping: [])
        }
        let expected: SnapshotError? =
            isRepeated ? .duplicateID(ResourceID(.variant, numbers[0]).gid) : nil
        for join in [all, some] {
            let ids = try join.finished().ids
            #expect(failure { try ids.prove() } == expected)
        }
        #expect(failure { _ = try reader.read(file: file.path, expecting: nil) } == expected)
    }
}
