/// What was counted while a snapshot was read.
public struct SnapshotStatistics: Sendable, Hashable {
    /// The lines of the file.
    public internal(set) var lines = 0
    /// The products.
    public internal(set) var products = 0
    /// The variants.
    public internal(set) var variants = 0
    /// The inventory levels.
    public internal(set) var levels = 0
    /// The size of the file.
    public internal(set) var bytes = 0
    /// The variants whose SKU is absent, empty or white space.
    public internal(set) var blankSKUs = 0

    init() {}

    /// Adds what was counted of another part of the file.
    mutating func add(_ other: SnapshotStatistics) {
        lines += other.lines
        products += other.products
        variants += other.variants
        levels += other.levels
        bytes += other.bytes
        blankSKUs += other.blankSKUs
    }
}
