/// A part of a file as rows of its own: whole products, with all of their variants and levels.
public struct SnapshotPortion: Sendable {
    /// The rows, their products and locations numbered by themselves.
    public let rows: PackedSnapshot
    let tally: SnapshotTally
}
