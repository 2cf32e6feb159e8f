import Catalog

/// What was counted of lines, and which values all of them had.
struct SnapshotTally: Sendable {
    var counts = SnapshotStatistics()
    /// Lines without a parent.
    var roots = 0
    var trackedVariants = 0
    var onAllProducts = ~LineField.Bits(0)
    var onAllVariants = ~LineField.Bits(0)

    /// The fields that every line had.
    ///
    /// Stock is among them where there are levels, and where none are to be expected.
    var fields: FieldSet {
        var fields = LineField.fields(in: onAllProducts, owner: .product)
        fields.formUnion(LineField.fields(in: onAllVariants, owner: .variant))
        if counts.levels > 0 || counts.variants == 0 || (fields.contains(.tracked) && trackedVariants == 0) {
            fields.insert(.inventory)
        }
        return fields
    }

    /// Refuses a file that tells nothing of its stock where that is required.
    func requireStock(_ required: FieldSet) throws(SnapshotError) {
        if required.contains(.inventory), !fields.contains(.inventory) { throw .stockAbsent(variants: counts.variants) }
    }

    /// Adds what was counted of other lines of the file.
    mutating func add(_ other: SnapshotTally) {
        counts.add(other.counts)
        roots += other.roots
        trackedVariants += other.trackedVariants
        onAllProducts &= other.onAllProducts
        onAllVariants &= other.onAllVariants
    }
}
