/// The stock of one variant at one location.
public struct LevelRow: Sendable, Hashable {
    /// The units available there; may be negative.
    public let available: Int32
    /// The index of the location among ``PackedSnapshot/locations``.
    public let location: UInt16
}
