public import Catalog

/// A team as the ledger knows it; its destinations are its memberships.
public struct TeamRecord: Sendable, Hashable {
    /// The address it is found by; gives no right.
    public let id: TeamID
    /// The store it was founded around.
    public let source: StoreRecord
    /// When it was founded.
    public let createdAt: Timestamp
    /// The person and machine that founded it.
    public let createdBy: String

    /// Puts the parts together.
    public init(id: TeamID, source: StoreRecord, createdAt: Timestamp, createdBy: String) {
        self.id = id
        self.source = source
        self.createdAt = createdAt
        self.createdBy = createdBy
    }
}
