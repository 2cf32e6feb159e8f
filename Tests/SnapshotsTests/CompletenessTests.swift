import Catalog
import Pricing
import Snapshots
import Testing

@Suite struct `completeness` {
    // SN-3: cut anywhere, at a line end or within a line; with all numbers known, or only the count of lines.
    @Test(arguments: 0..<3, [true, false])
    func `no cut of a valid file is ever accepted (SN-3)`(seed: UInt64, knowsSize: Bool) throws {
        let catalog = PretendCatalog(seed: seed, products: 2)
        let whole = catalog.file()
        let proof =
            knowsSize
            ? SnapshotProof(of: whole, catalog)
            : SnapshotProof(bytes: nil, objects: catalog.lines().count, rootObjects: nil)
        let file = try TemporaryFile(whole)
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: .all)
        #expect(try reader.read(file: file.path, expecting: proof).statistics.bytes == whole.count)
        for end in whole.indices.reversed() {
            try file.cut(to: end)
            #expect(throws: SnapshotError.self) { try reader.read(file: file.path, expecting: proof) }
        }
    }

    @Test func `each number proves the file by itself (SN-3)`() throws {
        let catalog = PretendCatalog(seed: 9, products: 6)
        let bytes = catalog.file()
        let lines = catalog.lines().count
        let cases: [(SnapshotProof, SnapshotError.Count)] = [
            (SnapshotProof(bytes: bytes.count + 1, objects: nil, rootObjects: nil), .bytes),
            (SnapshotProof(bytes: nil, objects: lines + 1, rootObjects: nil), .objects),
            (SnapshotProof(bytes: nil, objects: nil, rootObjects: 7), .rootObjects),
            (SnapshotProof(bytes: nil, objects: nil, rootObjects: nil, products: 5), .products),
            (SnapshotProof(bytes: nil, objects: nil, rootObjects: nil, variants: 0), .variants),
        ]
        for (proof, count) in cases {
            guard case .countDisagrees(count, _, _) = failure({ _ = try SnapshotReader.read(bytes, expecting: proof) })
            else {
                Issue.record("\(count.rawValue) was not checked")
                continue
            }
        }
    }

    @Test func `a file without a newline at its end was cut (SN-3)`() {
        let error = failure { _ = try SnapshotReader.read(Array(productLine.utf8), required: []) }
        guard case .lastLineUnfinished(_, productLine.utf8.count) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `an empty file is an empty store only if nothing was announced (SN-2)`() throws {
        #expect(
            try SnapshotReader.read([], expecting: SnapshotProof(bytes: 0, objects: 0, rootObjects: 0)).statistics
                .variants == 0
        )
        #expect(throws: SnapshotError.self) {
            try SnapshotReader.read([], expecting: SnapshotProof(bytes: nil, objects: 1, rootObjects: nil))
        }
    }

    @Test(arguments: [
        (
            [productLine, variantLine(7, parent: 2)],
            SnapshotError.parentMissing(
                line: 2,
                id: "gid://shopify/ProductVariant/7",
                parent: "gid://shopify/Product/2"
            )
        ),
        (
            [variantLine(7), productLine],
            .parentMissing(
                line: 1,
                id: "gid://shopify/ProductVariant/7",
                parent: "gid://shopify/Product/1"
            )
        ),
        (
            [productLine, levelLine(variant: 7, location: 1, available: 1)],
            .parentMissing(
                line: 2,
                id: "gid://shopify/InventoryLevel/1?inventory_item_id=7",
                parent: "gid://shopify/ProductVariant/7"
            )
        ),
        ([productLine, productLine], .duplicateID("gid://shopify/Product/1")),
        (
            [productLine, variantLine(7), variantLine(8), variantLine(7)],
            .duplicateID("gid://shopify/ProductVariant/7")
        ),
        (
            [productLine, variantLine(7)]
                + Array(repeating: levelLine(variant: 7, location: 1, available: 1), count: 2),
            .duplicateID("the level of gid://shopify/ProductVariant/7 at gid://shopify/Location/1")
        ),
        ([#"{"id":"gid://shopify/Metafield/1"}"#], .unexpectedObject(line: 1, id: "gid://shopify/Metafield/1")),
        ([#"{"id":"gid://shopify/Product/x"}"#], .unexpectedObject(line: 1, id: "gid://shopify/Product/x")),
        ([#"{"title":"x"}"#], .unexpectedObject(line: 1, id: "")),
        (
            [productLine, variantLine(7, item: #""unitCost":{"amount":"1","currencyCode":"USD"},"#)],
            .otherCurrency(
                line: 2,
                id: "gid://shopify/ProductVariant/7",
                found: "USD",
                expected: .eur
            )
        ),
        (
            [productLine, variantLine(7, more: #""inventoryPolicy":"MAYBE","#)],
            .unexpectedValue(
                line: 2,
                offset: 33,
                name: "inventoryPolicy"
            )
        ),
    ])
    func `lines that don't belong together are refused (SN-3, MO-8)`(lines: [String], expected: SnapshotError) {
        #expect(failure { _ = try SnapshotReader.read(lines: lines) } == expected)
        let inPortions = failure {
            let file = try TemporaryFile(lines.flatMap { Array($0.utf8) + [0x0A] })
            let portions = try SnapshotReader(key: testKey(), currency: .eur, required: []).portions(ofFile: file.path)
            let join = SnapshotJoin(portions)
            if let portion = try portions.portion(0) { try join.append(portion) }
            try join.finished().ids.prove()
        }
        #expect(inPortions == expected)
    }

    // SN-8: one line of many lacks a field, or has null where a right is missing.
    @Test(arguments: CatalogField.allCases.filter { $0 != .inventory })
    func `a required field absent from one line is never a default (SN-8)`(field: CatalogField) throws {
        let catalog = PretendCatalog(seed: 4, products: 60)
        var lines = catalog.lines()
        let key = try #require(keys[field])
        let candidates = lines.indices.filter { lines[$0].contains("\"\(key)\":") && isOwner(lines[$0], of: field) }
        let place = try #require(candidates.last)
        lines[place] = lines[place].replacing("\"\(key)\":", with: "\"other\":", maxReplacements: 1)
        let error = failure { _ = try SnapshotReader.read(lines: lines, required: FieldSet([field])) }
        guard case .fieldAbsent(let name, place + 1, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(name.contains(key))
        // Not required, it is merely not among the snapshot's fields.
        #expect(try !SnapshotReader.read(lines: lines).fields.contains(field))
    }

    @Test(arguments: [
        ("handle", CatalogField.handle), ("title", .title), ("tags", .tags), ("status", .status), ("seo", .seoTitle),
    ])
    func `null where the API never says null is an absent field (SN-8)`(key: String, field: CatalogField) {
        let line = #"{"id":"gid://shopify/Product/1","\#(key)":null}"#
        let error = failure { _ = try SnapshotReader.read(lines: [line], required: FieldSet([field])) }
        #expect(error == .fieldAbsent(name: key, line: 1, id: "gid://shopify/Product/1"))
    }

    @Test(arguments: ["sku", "inventoryItem", "__parentId"])
    func `a variant without what identifies it is refused (SN-8)`(key: String) {
        let line = variantLine(7).replacing("\"\(key)\":", with: "\"other\":")
        guard case .fieldAbsent(key, 2, _) = failure({ _ = try SnapshotReader.read(lines: [productLine, line]) }) else {
            Issue.record("accepted without \(key)")
            return
        }
    }

    @Test(arguments: [
        #""quantities":null"#, #""quantities":[]"#, #""quantities":[{"name":"available","quantity":null}]"#,
        #""quantities":[{"name":"on_hand","quantity":5}]"#,
    ])
    func `a level without a quantity is not a level of 0 (SN-8)`(quantities: String) {
        let good = levelLine(variant: 7, location: 1, available: 0)
        let bad = good.replacing(#""quantities":[{"name":"available","quantity":0}]"#, with: quantities)
        #expect(bad != good)
        let error = failure { _ = try SnapshotReader.read(lines: [productLine, variantLine(7), bad]) }
        guard case .fieldAbsent("quantities.available", 3, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `tracked variants without any level mean a missing right (SN-8)`() throws {
        let lines = [productLine, variantLine(7, item: #""tracked":true,"#)]
        let error = failure { _ = try SnapshotReader.read(lines: lines, required: FieldSet([.inventory])) }
        #expect(error == .stockAbsent(variants: 1))
        #expect(try !SnapshotReader.read(lines: lines).fields.contains(.inventory))
    }
}

/// The key in the line by whose absence a field is absent.
private let keys: [CatalogField: String] = [
    .price: "price", .compareAtPrice: "compareAtPrice", .cost: "unitCost", .title: "title",
    .description: "descriptionHtml",
    .vendor: "vendor", .productType: "productType", .tags: "tags", .status: "status", .handle: "handle",
    .seoTitle: "seo",
    .seoDescription: "seo", .barcode: "barcode", .weight: "weight", .taxable: "taxable",
    .requiresShipping: "requiresShipping",
    .countryOfOrigin: "countryCodeOfOrigin", .hsCode: "harmonizedSystemCode", .inventoryPolicy: "inventoryPolicy",
    .tracked: "tracked",
]

private func isOwner(_ line: String, of field: CatalogField) -> Bool {
    line.contains(field.owner == .product ? "\"descriptionHtml\"" : "\"inventoryItem\"")
}
