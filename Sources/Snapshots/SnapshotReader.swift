import CSimdjson
public import Catalog
public import Pricing

/// Reads the bulk file of a store's catalogue into a ``PackedSnapshot``.
///
/// Takes ungrouped JSONL as bulk operations write it: product, variant and inventory level lines, a child somewhere after its
/// parent. A value; any number of files may be read at once on different threads.
public struct SnapshotReader: Sendable {
    let key: FingerprintKey
    let currency: Currency
    let required: FieldSet
    let watchedTags: [Fingerprint]
    let descriptions: DescriptionForm
    /// Whether lines are first read by templates made of earlier ones; tests hold both ways against one another.
    package var predictsLines = true

    /// Sets what is expected of a file.
    ///
    /// - Parameters:
    ///   - key: The secret of the fingerprints; snapshots that are compared need the same.
    ///   - currency: The store's currency.
    ///   - required: Fields without which a line is refused; others may be missing from all lines.
    ///   - watchedTags: At most 64 tags, compared without case; the *i*-th is bit *i* of ``ProductRow/watchedTags``.
    ///   - descriptions: How descriptions are fingerprinted; snapshots that are compared need the same.
    /// - Throws: ``SnapshotError/tooManyWatched(_:)``.
    public init(
        key: FingerprintKey,
        currency: Currency,
        required: FieldSet,
        watchedTags: [String] = [],
        descriptions: DescriptionForm = .canonical
    ) throws(SnapshotError) {
        guard watchedTags.count <= 64 else { throw .tooManyWatched(watchedTags.count) }
        self.key = key
        self.currency = currency
        self.required = required
        self.descriptions = descriptions
        self.watchedTags = watchedTags.map { key.fingerprint(of: $0, form: .tags) }
    }

    /// Reads a file to its end and proves it complete.
    ///
    /// The file is parsed once, in pieces; in less than a second a gigabyte. Stops at the next piece when its task is cancelled.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - proof: The numbers it has to agree with; `nil` proves only what the file itself can tell.
    ///   - progress: Told the bytes read so far, after every piece.
    /// - Returns: The store's rows, which keep the file open.
    /// - Throws: ``SnapshotError``; then nothing may be concluded from the file.
    public func read(
        file path: String,
        expecting proof: SnapshotProof?,
        progress: (Int) -> Void = { _ in }
    ) throws(SnapshotError) -> PackedSnapshot {
        let (assembler, snapshot) = try assembled(path, proof, progress)
        try assembler.proveUnique()
        return snapshot
    }

    /// A file in portions, so that several threads can read it; `bytes` is how large they are, for tests.
    ///
    /// - Throws: ``SnapshotError/file(path:reason:)``.
    public func portions(ofFile path: String, bytes: Int? = nil) throws(SnapshotError) -> PortionedFile {
        try PortionedFile(path, reader: self, portionBytes: bytes)
    }

    /// The rows of a file that is complete by all its counts; that no id stands twice is left to be proven.
    private func assembled(
        _ path: String,
        _ proof: SnapshotProof?,
        _ progress: (Int) -> Void
    ) throws(SnapshotError) -> (SnapshotAssembler, PackedSnapshot) {
        let file = try SnapshotFile(path: path)
        if let announced = proof?.bytes, file.size != announced {
            throw .countDisagrees(.bytes, announced: announced, read: file.size)
        }
        let lines = try BulkLines(file, predicts: predictsLines, leavesDescriptions: descriptions == .asWritten)
        let assembler = SnapshotAssembler(self)
        try assembler.addAll(lines, progress: progress)
        return (assembler, try assembler.finish(file: file, lines: lines, proof: proof))
    }
}
