public import Catalog

/// A matched pair of rows that differ on locked fields.
public struct RowDifference: Sendable, Hashable {
    /// Indices of the two variants in their snapshots.
    public let source: Int
    /// The destination's variant, by its row.
    public internal(set) var destination: Int
    /// The locked fields that differ.
    public internal(set) var fields: FieldSet
    /// Locked fields that cannot be held against anything: no price, or an amount, weight or country nobody can read.
    public let undecided: FieldSet

    /// A difference of two rows.
    public init(source: Int, destination: Int, fields: FieldSet, undecided: FieldSet) {
        self.source = source
        self.destination = destination
        self.fields = fields
        self.undecided = undecided
    }
}
