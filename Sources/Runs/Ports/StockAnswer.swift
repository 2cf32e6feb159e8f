/// What a store said to a setting of stock.
public struct StockAnswer: Sendable, Hashable {
    /// What it would not do; one refusal means that nothing was done.
    public let refusals: [WriteRefusal]
    /// The inventory items whose quantity it changed at the location, by how much, as it listed them itself.
    public let changes: [Int64: Int64]

    /// Puts the parts together.
    public init(refusals: [WriteRefusal], changes: [Int64: Int64]) {
        self.refusals = refusals
        self.changes = changes
    }
}
