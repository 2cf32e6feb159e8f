/// A product packed: what has to be compared, as numbers, and where its line is in the file.
///
/// A plain value without references. Fields that the lines lack are ``Fingerprint/none``; which fields were there is
/// told by ``PackedSnapshot/fields``.
public struct ProductRow: Sendable {
    /// The number of the product's id.
    public internal(set) var id: Int64 = 0
    /// The title, as ``CanonicalForm/text``.
    public internal(set) var title = Fingerprint.none
    /// The description, as ``CanonicalForm/html``.
    public internal(set) var description = Fingerprint.none
    /// The vendor, as ``CanonicalForm/text``.
    public internal(set) var vendor = Fingerprint.none
    /// The product type, as ``CanonicalForm/text``.
    public internal(set) var productType = Fingerprint.none
    /// The tags, as a set without case.
    public internal(set) var tags = Fingerprint.none
    /// The handle, as ``CanonicalForm/exact``.
    public internal(set) var handle = Fingerprint.none
    /// The search engine title, as ``CanonicalForm/text``.
    public internal(set) var seoTitle = Fingerprint.none
    /// The search engine description, as ``CanonicalForm/text``.
    public internal(set) var seoDescription = Fingerprint.none
    /// Bit *i* is set where the product bears the *i*-th watched tag of ``SnapshotReader``.
    public internal(set) var watchedTags: UInt64 = 0
    /// Where the product's line begins in the file, in bytes.
    public internal(set) var lineOffset: UInt64 = 0
    /// How long the line is in bytes, without its newline; 0 where the snapshot has no file.
    public internal(set) var lineLength: UInt32 = 0
    /// The status.
    public internal(set) var status = ProductStatus.absent

    init() {}
}
