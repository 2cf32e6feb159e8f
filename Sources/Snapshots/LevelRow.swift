/// The stock of one variant at one location, packed.
public struct LevelRow: Sendable {
    /// The index of the variant among ``PackedSnapshot/variants``.
    public internal(set) var variant: UInt32
    /// The units available there; may be negative.
    public internal(set) var available: Int32
    /// The index of the location among ``PackedSnapshot/locations``.
    public internal(set) var location: UInt16
}
