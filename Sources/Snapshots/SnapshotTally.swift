import Catalog

/// What was counted of lines, and which values all of them had.
struct SnapshotTally: Sendable {
    var lines = 0
    var bytes = 0
    /// Lines without a parent.
    var roots = 0
    var products = 0
    var variants = 0
    var levels = 0
    var blankSKUs = 0
    var trackedVariants = 0
    var onAllProducts = ~LineField.Bits(0)
    var onAllVariants = ~LineField.Bits(0)

    /// The fields that every line had.
    ///
    /// Stock is among them where there are levels, and where none are to be expected.
    var fields: FieldSet {
        var fields = LineField.fields(in: onAllProducts, owner: .product)
        fields.formUnion(LineField.fields(in: onAllVariants, owner: .variant))
        if levels > 0 || variants == 0 || (fields.contains(.tracked) && trackedVariants == 0) {
            fields.insert(.inventory)
        }
        return fields
    }

    /// Refuses a file that tells nothing of its stock where that is required.
    func requireStock(_ required: FieldSet) throws(SnapshotError) {
        if required.contains(.inventory), !fields.contains(.inventory) { throw .stockAbsent(variants: variants) }
    }

    /// Adds what was counted of other lines of the file.
    mutating func add(_ other: SnapshotTally) {
        lines += other.lines
        bytes += other.bytes
        roots += other.roots
        products += other.products
        variants += other.variants
        levels += other.levels
        blankSKUs += other.blankSKUs
        trackedVariants += other.trackedVariants
        onAllProducts &= other.onAllProducts
        onAllVariants &= other.onAllVariants
    }
}

extension SnapshotStatistics {
    init(_ tally: SnapshotTally) {
        lines = tally.lines
        products = tally.products
        variants = tally.variants
        levels = tally.levels
        bytes = tally.bytes
        blankSKUs = tally.blankSKUs
    }
}
