public import Catalog

/// A team.
public struct TeamRecord: Sendable, Hashable {
    public let id: TeamID
    public let source: StoreRecord
    public let createdAt: Timestamp
    public let createdBy: String

    public init(id: TeamID, source: StoreRecord, createdAt: Timestamp, createdBy: String) {
        self.id = id
        self.source = source
        self.createdAt = createdAt
        self.createdBy = createdBy
    }
}
