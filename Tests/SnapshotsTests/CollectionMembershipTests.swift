import Catalog
import Snapshots
import Testing

@Suite struct `collections` {
    private let lines = [
        #"{"id":"gid://shopify/Collection/1","handle":"summer","title":"Summer"}"#,
        #"{"id":"gid://shopify/Collection/2","handle":"sale","title":"Sale"}"#,
        #"{"id":"gid://shopify/Product/10","__parentId":"gid://shopify/Collection/1"}"#,
        #"{"id":"gid://shopify/Product/11","__parentId":"gid://shopify/Collection/2"}"#,
        #"{"id":"gid://shopify/Product/10","__parentId":"gid://shopify/Collection/2"}"#,
    ]

    @Test func `a product has the bits of its watched collections`() throws {
        let file = try TemporaryFile(lines: lines)
        let proof = SnapshotProof(bytes: nil, objects: 5, rootObjects: 2)
        let collections = try CollectionMembership(
            file: file.path,
            handles: ["sale", "winter", "summer"],
            expecting: proof
        )
        #expect(collections.collections(ofProduct: ResourceID(.product, 10)) == 0b101)
        #expect(collections.collections(ofProduct: ResourceID(.product, 11)) == 0b001)
        #expect(collections.collections(ofProduct: ResourceID(.product, 12)) == 0)
        #expect(collections.missing == ["winter"] && collections.collections == 2)
        let snapshot = try SnapshotReader.read(lines: [11, 12, 10].map { #"{"id":"gid://shopify/Product/\#($0)"}"# })
        #expect(collections.masks(for: snapshot) == [0b001, 0, 0b101])
    }

    @Test(arguments: 0..<5)
    func `a file that lacks a line is refused (SN-3)`(place: Int) throws {
        var cut = lines
        cut.remove(at: place)
        let file = try TemporaryFile(lines: cut)
        #expect(throws: SnapshotError.self) {
            try CollectionMembership(
                file: file.path,
                handles: ["sale"],
                expecting: SnapshotProof(bytes: nil, objects: 5, rootObjects: 2)
            )
        }
    }
}
