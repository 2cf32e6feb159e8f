/// Why a catalogue file that a person handed in cannot be used.
///
/// Lines count from 1; a row of several lines is named by its first. Whatever the case, nothing may be concluded from the file.
public enum CatalogFileError: Error, Sendable, Hashable {
    /// The file cannot be opened.
    case unopened(file: String, reason: String)
    /// A system call failed; the text is the system's.
    case system(doing: String, path: String, reason: String)
    /// The compressed form is damaged or cut short.
    case damaged(file: String, form: String, reason: String)
    /// What comes out of a compressed file is more than any catalogue's (FAULTS HI-2).
    case inflatesTooFar(file: String, compressed: Int, limit: Int)
    /// The content is neither bulk JSONL nor a product export.
    case unknownForm(file: String, reason: String)
    /// The columns cannot be used.
    case columns(file: String, reason: String)
    /// The row is no sound CSV.
    case row(file: String, line: Int, reason: String)
    /// The reading was stopped.
    case interrupted(file: String)
    /// A cell's value cannot be read.
    case cell(file: String, line: Int, column: String, sku: String, reason: String)
}

extension CatalogFileError: CustomStringConvertible {
    /// What is wrong, where, and what to do about it.
    public var description: String {
        switch self {
        case .unopened(let file, let reason): "\(file) cannot be opened: \(reason)"
        case .system(let doing, let path, let reason): "\(path): cannot \(doing): \(reason)"
        case .damaged(let file, let form, let reason):
            "\(file) is damaged \(form) data (\(reason)): fetch the file again"
        case .inflatesTooFar(let file, let compressed, let limit):
            "\(file) grows from \(compressed) to over \(limit) bytes when it is decompressed; no catalogue does, so it is "
                + "refused: decompress it yourself if it is right"
        case .unknownForm(let file, let reason):
            "\(file): \(reason); it has to be a Shopify product CSV export or the JSONL file of a bulk operation, plain, "
                + "gzip or zstd"
        case .columns(let file, let reason): "\(file): \(reason)"
        case .interrupted(let file): "\(file): the reading was stopped"
        case .row(let file, let line, let reason): "\(file): line \(line): \(reason)"
        case .cell(let file, let line, let column, let sku, let reason):
            "\(file): line \(line), column \(column)\(sku.isEmpty ? "" : ", SKU \(sku)"): \(reason)"
        }
    }

    /// Whether the fault is in how the command was called, rather than in what the file holds.
    public var isOfArguments: Bool {
        if case .unopened = self { true } else { false }
    }
}
