import Catalog
import Pricing
import Snapshots
import Testing

@Suite struct `reading a bulk file` {
    @Test(arguments: 0..<6, PretendCatalog.Layout.allCases)
    func `records read back are what was written, in every layout and escape`(
        seed: UInt64,
        layout: PretendCatalog.Layout
    ) throws {
        let catalog = PretendCatalog(seed: seed, products: 23)
        for escape in PretendCatalog.Escape.allCases {
            let bytes = catalog.file(layout, escape: escape)
            let snapshot = try SnapshotReader.read(bytes, expecting: SnapshotProof(of: bytes, catalog))
            let products = try RecordSource(snapshot).products(Array(snapshot.products.indices))
            let variants = try RecordSource(snapshot).variants(Array(snapshot.variants.indices))
            #expect(products == catalog.products.map(\.record))
            #expect(variants == catalog.variants)
            for (place, product) in catalog.products.flatMap(\.variants).enumerated() {
                let expected = product.levels.reduce(0) { $0 + $1.available }
                let available = snapshot.available(ofVariant: place, at: .all)
                #expect(available.sum == Int64(expected) && available.levels == product.levels.count)
                #expect(try snapshot.skuText(ofVariant: place) == product.record.sku)
            }
            #expect(snapshot.fields == .all)
        }
    }

    @Test(arguments: 0..<10)
    func `row order, layout and escape change no row`(seed: UInt64) throws {
        let catalog = PretendCatalog(seed: seed, products: 30)
        var shuffled = catalog
        var random = SeededNumbers(seed + 77)
        shuffled.products.shuffle(using: &random)
        let first = try Facts(SnapshotReader.read(catalog.file(.grouped, escape: .none)))
        #expect(try Facts(SnapshotReader.read(shuffled.file(.interleaved, escape: .slashes))) == first)
        #expect(try Facts(SnapshotReader.read(shuffled.file(.byKind, escape: .everything))) == first)
    }

    @Test func `rows hold exact numbers`() throws {
        let snapshot = try SnapshotReader.read(
            lines: [
                #"{"id":"gid:\/\/shopify\/Product\/1","tags":["Sale","x"],"status":"ACTIVE"}"#,
                #"{"id":"gid://shopify/ProductVariant/2","sku":"A","price":"10","compareAtPrice":"10.00","taxable":true,"inventoryPolicy":"CONTINUE","inventoryItem":{"id":"gid://shopify/InventoryItem/3","tracked":false,"unitCost":{"amount":"5.5","currencyCode":"EUR"},"measurement":{"weight":{"unit":"KILOGRAMS","value":0.5}},"countryCodeOfOrigin":"pt"},"__parentId":"gid://shopify/Product/1"}"#,
                #"{"id":"gid://shopify/ProductVariant/4","sku":null,"price":"10.005","compareAtPrice":null,"inventoryItem":{"id":"gid://shopify/InventoryItem/5","unitCost":null,"measurement":{"weight":{"value":500.0,"unit":"GRAMS"}}},"__parentId":"gid://shopify/Product/1"}"#,
                #"{"id":"gid://shopify/ProductVariant/6","sku":"\u0020","price":0.10,"inventoryItem":{"id":"gid://shopify/InventoryItem/7","measurement":{"weight":{"value":1,"unit":"STONES"}}},"__parentId":"gid://shopify/Product/1"}"#,
            ])
        let rows = snapshot.copiedVariants
        #expect(rows.map(\.price) == [1000, VariantRow.noNumber, 10])
        #expect(rows.map(\.compareAtPrice) == [1000, VariantRow.noNumber, VariantRow.noNumber])
        #expect(rows.map(\.cost) == [550, VariantRow.noNumber, VariantRow.noNumber])
        #expect(rows.map(\.weightMilligrams) == [500_000, 500_000, VariantRow.noNumber])
        #expect(rows[0].flags == [.taxable, .continuesSelling] && rows[0].country == 0x5054)
        // MO-2: more decimals than the currency has are refused, not rounded.
        #expect(rows[1].flags == .priceUnreadable)
        #expect(try snapshot.variantRecord(1).price == .unreadable("10.005"))
        #expect(rows[2].flags == .weightUnreadable)
        // MA-2: null and white space are blank.
        #expect(rows.map(\.sku.isNone) == [false, true, true] && snapshot.statistics.blankSKUs == 2)
        #expect(snapshot.products[0].status == .active)
    }

    @Test(arguments: [
        ("10", Currency.jpy, 10 as Int64?), ("10.5", .jpy, nil), ("1.234", .kwd, 1234), ("1.2345", .kwd, nil),
    ])
    func `amounts have the decimals of the currency (MO-2)`(text: String, currency: Currency, minor: Int64?) throws {
        let line = variantLine(7, more: #""price":"\#(text)","#)
        let row = try SnapshotReader.read(lines: [productLine, line], currency: currency).copiedVariants[0]
        #expect(row.price == minor ?? VariantRow.noNumber)
        #expect(row.flags.contains(.priceUnreadable) == (minor == nil))
    }

    @Test func `watched tags are bits, whatever their case`() throws {
        let line = #"{"id":"gid://shopify/Product/1","tags":["Wholesale","été"]}"#
        let snapshot = try SnapshotReader.read(
            Array((line + "\n").utf8),
            required: [],
            watchedTags: ["new", "WHOLESALE", "E\u{301}té"]
        )
        #expect(snapshot.products[0].watchedTags == 0b110)
        #expect(
            failure {
                _ = try SnapshotReader(
                    key: testKey(),
                    currency: .eur,
                    required: [],
                    watchedTags: (0..<65).map { "t\($0)" }
                )
            } == .tooManyWatched(65)
        )
    }

    @Test func `statuses of a later API compare by their text`() throws {
        let lines = ["NEWER", "NEWER", "OTHER", "UNLISTED"].enumerated().map {
            #"{"id":"gid://shopify/Product/\#($0.offset)","status":"\#($0.element)"}"#
        }
        let rows = try SnapshotReader.read(lines: lines).copiedProducts
        #expect(rows[0].status == rows[1].status && rows[0].status != rows[2].status)
        #expect(rows.map(\.status.text) == [nil, nil, nil, "UNLISTED"])
    }

    @Test func `stock counts at the chosen locations only, and no level is not none available`() throws {
        let levels = [(71, 5), (72, -2), (73, 9)].map { levelLine(variant: 7, location: $0.0, available: $0.1) }
        let snapshot = try SnapshotReader.read(lines: [productLine, variantLine(7), variantLine(8)] + levels)
        let chosen = LocationSelection.only(
            LocationIndexSet(snapshot.locations.indices.filter { snapshot.locations[$0].number < 73 })
        )
        #expect(snapshot.available(ofVariant: 0, at: chosen) == (3, 2))
        #expect(snapshot.available(ofVariant: 0, at: .all) == (12, 3))
        #expect(snapshot.available(ofVariant: 1, at: .all) == (0, 0))
    }

    @Test func `a cancelled task stops at the next piece`() async throws {
        let file = try TemporaryFile(PretendCatalog(seed: 5, products: 20).file())
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: .all)
        let path = file.path
        let error = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return failure { _ = try reader.read(file: path, expecting: nil) }
        }.value
        #expect(error == .cancelled)
    }

    @Test func `several files are read at once`() async throws {
        let catalog = PretendCatalog(seed: 5, products: 200)
        let file = try TemporaryFile(catalog.file())
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: .all)
        let path = file.path
        let facts = try await withThrowingTaskGroup(of: Facts.self) { group in
            for _ in 0..<4 {
                group.addTask { try Facts(reader.read(file: path, expecting: nil)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(facts.count == 4 && facts.allSatisfy { $0 == facts[0] })
    }
}

let productLine = #"{"id":"gid://shopify/Product/1"}"#

/// The least a variant line must have, and more.
func variantLine(_ number: Int, sku: String = "A", more: String = "", item: String = "", parent: Int = 1) -> String {
    """
    {"id":"gid://shopify/ProductVariant/\(number)","sku":"\(sku)",\(more)"inventoryItem":{\(item)\
    "id":"gid://shopify/InventoryItem/\(number)"},"__parentId":"gid://shopify/Product/\(parent)"}
    """
}

func levelLine(variant: Int, location: Int, available: Int) -> String {
    """
    {"id":"gid://shopify/InventoryLevel/\(location)?inventory_item_id=\(variant)","location":{"id":\
    "gid://shopify/Location/\(location)"},"quantities":[{"name":"available","quantity":\(available)}],"__parentId":\
    "gid://shopify/ProductVariant/\(variant)"}
    """
}

extension PackedSnapshot {
    /// Copies that may outlive the snapshot, as its own rows may not.
    var copiedProducts: [ProductRow] { withExtendedLifetime(self) { Array(products) } }
    var copiedVariants: [VariantRow] { withExtendedLifetime(self) { Array(variants) } }
}

/// All that rows say, by id: independent of the order of lines.
struct Facts: Equatable, Sendable {
    var products: [Int64: [TextFingerprint]] = [:]
    var statuses: [Int64: ProductStatus] = [:]
    var variants: [Int64: [Int64]] = [:]
    var texts: [Int64: [TextFingerprint]] = [:]
    var levels: [Int64: [Int64: Int32]] = [:]

    init(_ snapshot: PackedSnapshot) {
        for row in snapshot.copiedProducts {
            products[row.id] = [
                row.title, row.description, row.vendor, row.productType, row.tags, row.handle, row.seoTitle,
                row.seoDescription,
            ]
            statuses[row.id] = row.status
        }
        for (index, row) in snapshot.copiedVariants.enumerated() {
            variants[row.id] = [
                snapshot.products[Int(row.product)].id, row.price, row.compareAtPrice, row.cost,
                row.weightMilligrams, Int64(row.country), Int64(row.flags.rawValue),
            ]
            texts[row.id] = [TextFingerprint(row.sku), row.barcode, row.hsCode]
            for level in snapshot.levels(ofVariant: index) {
                levels[row.id, default: [:]][snapshot.locations[Int(level.location)].number] = level.available
            }
        }
    }
}
