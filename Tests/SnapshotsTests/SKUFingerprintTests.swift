import Catalog
import Testing

@testable import Snapshots

/// Fingerprints of SKUs hold short ones whole.
struct SKUFingerprintTests {
    private static let texts = [
        "A", "AB", "ABC", "ABCD", "ABCDEFG", "ABCDEFGH", "ABCDEFGHI", "NOR-00000001-XS", "été-日本", "x\u{1}y", "0",
        " a ", "a\u{0}",
    ]

    @Test func `the text of a short SKU comes back, that of a long one does not`() throws {
        let key = testKey()
        for text in Self.texts {
            let fingerprint = key.fingerprint(of: try #require(SKU(text)))
            #expect(key.skuText(of: fingerprint).map { Array($0.utf8) } == Array(text.utf8))
        }
        for count in 16...40 {
            let fingerprint = key.fingerprint(of: try #require(SKU(String(repeating: "s", count: count))))
            #expect(!fingerprint.isNone && key.skuText(of: fingerprint) == nil)
        }
        #expect(key.skuText(of: .none) == nil)
    }

    @Test func `all bits of a fingerprint depend on every sign and on the key`() throws {
        let key = testKey()
        var counts = [Int](repeating: 0, count: 128)
        var seen: Set<Fingerprint> = []
        for number in 0..<4096 {
            let found = key.fingerprint(of: try #require(SKU("NOR-\(number)")))
            seen.insert(found)
            for bit in 0..<64 {
                counts[bit] += Int(found.low >> UInt64(bit) & 1)
                counts[64 + bit] += Int(found.high >> UInt64(bit) & 1)
            }
        }
        #expect(seen.count == 4096)
        // Six deviations from the half, for each of 128 bits.
        #expect(counts.allSatisfy { abs($0 - 2048) < 192 })
        let other = testKey(2)
        let sku = try #require(SKU("NOR-1"))
        #expect(other.fingerprint(of: sku) != key.fingerprint(of: sku))
        #expect(other.skuText(of: key.fingerprint(of: sku)) != "NOR-1")
    }

    // They are kept in the ledger: as long as its rows bear one mark, a new version must find the same ones.
    @Test func `fingerprints of SKUs stay what they are`() throws {
        let found = try ["A", "NOR-00000001-XS", "a SKU of more than fifteen bytes"].map {
            testKey().fingerprint(of: try #require(SKU($0)))
        }
        #expect(found == Self.golden)
    }

    private static let golden = [
        Fingerprint(high: 0xAD45_1750_B47A_2A5B, low: 0x1C4E_DED1_833E_8B24),
        Fingerprint(high: 0x94F4_C758_3DD6_D27A, low: 0x8736_8EE4_7048_AB47),
        Fingerprint(high: 0x8B54_C6DA_3370_4294, low: 0xB9DC_75B1_F382_33CE),
    ]
}
