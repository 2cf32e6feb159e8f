import Catalog
import Pricing
import Snapshots
import Testing

@Suite struct `fingerprints` {
    // MA-3: look-alikes are different SKUs.
    @Test(arguments: [
        "abc-1", "ABC-1", "abc-1 ", " abc-1", "abc1", "\u{E9}", "e\u{301}", "00123", "123", "1E5", "100000", "100000.0",
    ])
    func `a SKU is its exact bytes (MA-3)`(text: String) throws {
        let key = testKey()
        let all = [
            "abc-1", "ABC-1", "abc-1 ", " abc-1", "abc1", "\u{E9}", "e\u{301}", "00123", "123", "1E5", "100000",
            "100000.0",
        ]
        let sku = try #require(SKU(text))
        let equal = all.compactMap { SKU($0) }.filter { key.fingerprint(of: $0) == key.fingerprint(of: sku) }
        #expect(equal == [sku])
    }

    @Test func `a tag list is a set without case and order`() {
        let key = testKey()
        let tags = key.fingerprint(ofTags: ["Sale", "new", "été"])
        #expect(tags == key.fingerprint(ofTags: ["été ", "NEW", "sale", "new", ""]))
        #expect(tags != key.fingerprint(ofTags: ["Sale", "new"]))
        #expect(tags != key.fingerprint(ofTags: ["Sale", "newété"]))
        #expect(key.fingerprint(ofTags: []) == .none)
    }

    @Test func `another secret gives other fingerprints, a short one is refused`() throws {
        #expect(testKey(1).fingerprint(of: "a", form: .text) != testKey(2).fingerprint(of: "a", form: .text))
        let again = try FingerprintKey(secret: testKey(1).secretBytes)
        #expect(again.fingerprint(of: "a", form: .text) == testKey(1).fingerprint(of: "a", form: .text))
        #expect(
            failure { _ = try FingerprintKey(secret: Array(repeating: 1, count: 135)) }
                == .keyTooShort(bytes: 135, needed: 136)
        )
    }

    @Test func `null and empty text are one, and amounts keep their currency`() {
        let key = testKey()
        #expect(key.fingerprint(of: .absent, field: .seoTitle) == key.fingerprint(of: .text(""), field: .seoTitle))
        let euro = FieldValue.amount(Money(minorUnits: 100, currency: .eur))
        let dollar = FieldValue.amount(Money(minorUnits: 100, currency: .usd))
        #expect(key.fingerprint(of: euro, field: .price) != key.fingerprint(of: dollar, field: .price))
    }

    @Test func `a value re-read later has the fingerprint of its row`() throws {
        let catalog = PretendCatalog(seed: 3, products: 40)
        let key = testKey()
        let snapshot = try SnapshotReader.read(catalog.file())
        for (index, row) in snapshot.products.enumerated() {
            let record = try snapshot.productRecord(index)
            let fields: [(CatalogField, TextFingerprint)] = [
                (.title, row.title), (.description, row.description), (.vendor, row.vendor),
                (.productType, row.productType),
                (.tags, row.tags), (.handle, row.handle), (.seoTitle, row.seoTitle),
                (.seoDescription, row.seoDescription),
            ]
            for (field, fingerprint) in fields {
                let again = key.fingerprint(of: record[field] ?? .absent, field: field)
                #expect(TextFingerprint(again) == fingerprint, "\(field)")
            }
        }
        for (index, row) in snapshot.variants.enumerated() {
            let record = try snapshot.variantRecord(index)
            #expect(SKU(record.sku).map { key.fingerprint(of: $0) } ?? .none == row.sku)
            #expect(TextFingerprint(key.fingerprint(of: record[.barcode] ?? .absent, field: .barcode)) == row.barcode)
            #expect(TextFingerprint(key.fingerprint(of: record[.hsCode] ?? .absent, field: .hsCode)) == row.hsCode)
        }
    }
}
