/// A product packed: what has to be compared, as numbers, and where its line is in the file.
///
/// A plain value without references, 96 bytes. Fields that the lines lack are ``TextFingerprint/none``; which fields were there is
/// told by ``PackedSnapshot/fields``.
public struct ProductRow: Sendable {
    /// The number of the product's id.
    public internal(set) var id: Int64 = 0
    /// The title, as ``CanonicalForm/text``.
    public internal(set) var title = TextFingerprint.none
    /// The description, as ``CanonicalForm/html``.
    public internal(set) var description = TextFingerprint.none
    /// The vendor, as ``CanonicalForm/text``.
    public internal(set) var vendor = TextFingerprint.none
    /// The product type, as ``CanonicalForm/text``.
    public internal(set) var productType = TextFingerprint.none
    /// The tags, as a set without case.
    public internal(set) var tags = TextFingerprint.none
    /// The handle, as ``CanonicalForm/exact``.
    public internal(set) var handle = TextFingerprint.none
    /// The search engine title, as ``CanonicalForm/text``.
    public internal(set) var seoTitle = TextFingerprint.none
    /// The search engine description, as ``CanonicalForm/text``.
    public internal(set) var seoDescription = TextFingerprint.none
    /// Bit *i* is set where the product bears the *i*-th watched tag of ``SnapshotReader``.
    public internal(set) var watchedTags: UInt64 = 0
    /// Where the product's line is in the file.
    public internal(set) var place = LinePlace.none
    /// The status.
    public internal(set) var status = ProductStatus.absent
    /// Where the title's bytes begin in the line, and how many they are, where they stand there as they are; else both are 0.
    var titleOffset: UInt16 = 0
    var titleLength: UInt16 = 0

    init() {}
}
