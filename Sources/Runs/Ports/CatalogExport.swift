public import Catalog
public import Snapshots

/// A catalogue on local disk, proven complete.
public struct CatalogExport: Sendable, Hashable {
    /// The file, bulk JSONL.
    public let path: String
    /// The numbers the file has to agree with once it is read.
    public let proof: SnapshotProof

    /// Puts the parts together.
    public init(path: String, proof: SnapshotProof) {
        self.path = path
        self.proof = proof
    }
}

/// An export that was started at a store, so that a later run can find it again.
public struct ExportTicket: Sendable, Hashable, Codable {
    /// The bulk operation at the store.
    public let operation: ResourceID
    /// When it was started.
    public let startedAt: Timestamp
    /// The digest of the query: another query makes the export useless.
    public let query: String

    /// Puts the parts together.
    public init(operation: ResourceID, startedAt: Timestamp, query: String) {
        self.operation = operation
        self.startedAt = startedAt
        self.query = query
    }
}

/// How far an export is.
public enum ExportProgress: Sendable, Hashable {
    /// The platform works; it has counted that many objects.
    case running(objects: Int)
    /// The file comes in.
    case downloading(bytes: Int, of: Int)
    /// Bulk could not serve; pages are read.
    case paging(objects: Int, of: Int)
}
