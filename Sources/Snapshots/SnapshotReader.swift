import CSimdjson
public import Catalog
import Dispatch
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

    /// Reads a file as ``read(file:expecting:progress:)`` does and indexes it, while its ids are proven unique on another core.
    ///
    /// - Throws: As ``read(file:expecting:progress:)``.
    public func readIndexed(
        file path: String,
        expecting proof: SnapshotProof?,
        progress: (Int) -> Void = { _ in }
    ) throws(SnapshotError) -> SKUIndex {
        let (assembler, snapshot) = try assembled(path, proof, progress)
        // The rows stay as they are from here on, and what is proven of them is looked at when the proof has ended.
        nonisolated(unsafe) let rows = assembler
        nonisolated(unsafe) var failure: SnapshotError?
        let proving = DispatchGroup()
        DispatchQueue.global(qos: .userInitiated).async(group: proving) {
            do throws(SnapshotError) { try rows.proveUnique() } catch { failure = error }
        }
        let index = SKUIndex(snapshot)
        proving.wait()
        if let failure { throw failure }
        return index
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
        while let line = try lines.next(progress: progress) {
            switch Int(line.pointee.id.kind) {
            case CSJ_KIND_LEVEL: try assembler.addLevel(line, from: lines)
            case CSJ_KIND_VARIANT: try assembler.addVariant(line, from: lines)
            case CSJ_KIND_PRODUCT: try assembler.addProduct(line, from: lines)
            default: throw .unexpectedObject(line: lines.lineNumber, id: line.pointee.id.gid)
            }
        }
        return (assembler, try assembler.finish(file: file, lines: lines, proof: proof))
    }
}
