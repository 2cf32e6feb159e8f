import Catalog
import Pricing
import Snapshots
import Testing

@Suite struct `the stored form` {
    @Test(arguments: 0..<8)
    func `reads back as it was, but for the file`(seed: UInt64) throws {
        let snapshot = try SnapshotReader.read(PretendCatalog(seed: seed, products: 50).file(.byKind))
        let stored = try PackedSnapshot(serialized: snapshot.serialized())
        #expect(Facts(stored) == Facts(snapshot))
        #expect(stored.statistics == snapshot.statistics && stored.fields == snapshot.fields)
        #expect(stored.currency == snapshot.currency && stored.locations == snapshot.locations)
        #expect(!stored.hasFile && failure { _ = try stored.productRecord(0) } == .noFile)
    }

    @Test func `any change of a byte and any cut is noticed`() throws {
        let bytes = try SnapshotReader.read(PretendCatalog(seed: 1, products: 3).file()).serialized()
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 0x10
            #expect(throws: SnapshotError.self) { try PackedSnapshot(serialized: damaged) }
            #expect(throws: SnapshotError.self) { try PackedSnapshot(serialized: Array(bytes[..<place])) }
        }
    }

    @Test func `an empty store can be stored`() throws {
        let stored = try PackedSnapshot(serialized: SnapshotReader.read([]).serialized())
        #expect(stored.variants.isEmpty && stored.fields == .all)
    }

    @Test func `a file changed behind the rows is noticed when read back`() throws {
        let file = try TemporaryFile(lines: [productLine, variantLine(7)])
        let reader = try SnapshotReader(key: testKey(), currency: .eur, required: [])
        let snapshot = try reader.read(file: file.path, expecting: nil)
        try overwrite(file.path, with: String(repeating: "x", count: 400))
        guard case .lineChanged = failure({ _ = try snapshot.variantRecord(0) }) else {
            Issue.record("the change was not noticed")
            return
        }
    }
}
