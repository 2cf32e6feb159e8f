/// An inventory item at one location.
public struct StockState: Sendable, Hashable {
    /// Whether the store counts the stock of the item at all.
    public let tracked: Bool
    /// `nil` where the item was never stocked at the location.
    public let available: Int64?

    /// Puts the parts together.
    public init(tracked: Bool, available: Int64?) {
        self.tracked = tracked
        self.available = available
    }
}

/// A new available quantity of one item at one location.
public struct StockUpdate: Sendable, Hashable {
    /// The number of the inventory item.
    public let inventoryItem: Int64
    /// The number of the location.
    public let location: Int64
    /// What shall be available, in pieces.
    public let quantity: Int64
    /// The quantity that must still be there; not used when activating.
    public let expected: Int64

    /// Puts the parts together.
    public init(inventoryItem: Int64, location: Int64, quantity: Int64, expected: Int64) {
        self.inventoryItem = inventoryItem
        self.location = location
        self.quantity = quantity
        self.expected = expected
    }
}
