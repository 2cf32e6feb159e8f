import CSimdjson
public import Catalog

/// Which products are in the collections that rules and policies name.
///
/// Read from the bulk file of the collections query: a collection's line, then lines of its products.
public struct CollectionMembership: Sendable {
    /// The handles looked for; the *i*-th is bit *i* of ``collections(ofProduct:)``.
    public let handles: [String]
    /// The handles that no collection of the store has.
    public let missing: [String]
    /// All collections of the store.
    public let collections: Int
    private let masks: [Int64: UInt64]

    /// Knows of no collection.
    public static let none = CollectionMembership(handles: [], missing: [], collections: 0, masks: [:])

    private init(handles: [String], missing: [String], collections: Int, masks: [Int64: UInt64]) {
        self.handles = handles
        self.missing = missing
        self.collections = collections
        self.masks = masks
    }

    /// Reads a file to its end and proves it complete, as ``SnapshotReader`` does.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - handles: At most 64 handles, compared exactly.
    ///   - proof: The numbers the file has to agree with; a product counts once per collection among its objects.
    ///   - progress: Told the bytes read so far, after every piece.
    /// - Throws: ``SnapshotError``; then nothing may be concluded from the file.
    public init(
        file path: String,
        handles: [String],
        expecting proof: SnapshotProof?,
        progress: (Int) -> Void = { _ in }
    ) throws(SnapshotError) {
        guard handles.count <= 64 else { throw .tooManyWatched(handles.count) }
        let bits = Dictionary(handles.enumerated().map { ($0.element, UInt64(1) << UInt64($0.offset)) }) { $0 | $1 }
        var maskOfCollection: [Int64: UInt64] = [:]
        var masks: [Int64: UInt64] = [:]
        var found: UInt64 = 0
        let file = try SnapshotFile(path: path)
        try proof?.check(.bytes, file.size)
        let lines = try BulkLines(file)
        while let line = try lines.next(progress: progress) {
            let id = line.pointee.id
            switch Int(id.kind) {
            case CSJ_KIND_COLLECTION:
                guard LineField.present(line) & LineField.bit(CSJ_HANDLE) != 0 else {
                    throw .fieldAbsent(name: "handle", line: lines.lineNumber, id: id.gid)
                }
                let mask = bits[String(decoding: csj_line.text(line, CSJ_HANDLE), as: UTF8.self)] ?? 0
                guard maskOfCollection.updateValue(mask, forKey: id.number) == nil else {
                    throw .duplicateID(id.gid)
                }
                found |= mask
            case CSJ_KIND_PRODUCT:
                let parent = line.pointee.parent
                guard parent.kind == UInt32(CSJ_KIND_COLLECTION), let mask = maskOfCollection[parent.number] else {
                    throw .parentMissing(line: lines.lineNumber, id: id.gid, parent: parent.gid)
                }
                if mask != 0 { masks[id.number, default: 0] |= mask }
            default:
                throw .unexpectedObject(line: lines.lineNumber, id: id.gid)
            }
        }
        try proof?.check(.bytes, lines.bytesRead)
        try proof?.check(.objects, lines.lineNumber)
        try proof?.check(.rootObjects, maskOfCollection.count)
        let missing = handles.filter { bits[$0].map { $0 & found == 0 } ?? true }
        self.init(handles: handles, missing: missing, collections: maskOfCollection.count, masks: masks)
    }

    /// The bits of the collections a product is in.
    public func collections(ofProduct product: ResourceID) -> UInt64 {
        masks[product.number] ?? 0
    }

    /// The bits of the collections each product of a snapshot is in, by index.
    public func masks(for snapshot: PackedSnapshot) -> [UInt64] {
        snapshot.products.map { masks[$0.id] ?? 0 }
    }
}
