public import Catalog
public import Pricing

/// A catalogue that a person handed in as a file: what kind it is was told by its content, never by its name.
///
/// Opening reads a few bytes, and decompresses where that is needed; ``prepare(currency:)`` reads all of a product export.
public final class CatalogFile: Sendable {
    /// What a file holds.
    public enum Form: String, Sendable {
        /// The result of a bulk operation, JSON lines.
        case bulkLines = "bulk jsonl"
        /// A product export of Shopify's admin.
        case productExport = "product csv"
    }

    /// As the person named it.
    public let name: String
    /// What it holds.
    public let form: Form
    /// How it is compressed; nil where it is not.
    public let compression: Compression?
    private let file: OpenFile
    /// Whether what is read is the file itself, by its own path.
    private let isOriginal: Bool

    /// Opens a file and looks what it is.
    public convenience init(path: String) throws(CatalogFileError) {
        try self.init(path: path, limits: InflationLimits())
    }

    init(path: String, limits: InflationLimits) throws(CatalogFileError) {
        name = path
        var file = try OpenFile(path: path)
        let wasRegular = file.isRegular
        if !wasRegular { file = try Self.copied(file) }
        compression = try Self.withStart(of: file) { Compression(firstBytes: $0) }
        if let compression {
            file = try Inflation(file: file, compression: compression, limits: limits).inflated()
        }
        form = try Self.form(of: file)
        let mark =
            form == .bulkLines ? try Self.withStart(of: file) { $0.starts(with: Self.mark) ? Self.mark.count : 0 } : 0
        if mark > 0 { file = try Self.copied(file, from: mark) }
        isOriginal = wasRegular && compression == nil && mark == 0
        self.file = file
    }

    /// What a program reads instead of the file, as bulk JSONL.
    public struct Prepared: Sendable {
        /// The path of the lines; good while this value lives.
        public let path: String
        /// The fields that an export has by its columns; nil for bulk lines, which tell themselves.
        public let fields: FieldSet?
        /// What a person should know of how the file was read, a sentence each.
        public let notes: [String]
        private let file: OpenFile

        init(file: OpenFile, path: String, fields: FieldSet?, notes: [String]) {
            self.file = file
            self.path = path
            self.fields = fields
            self.notes = notes
        }
    }

    /// The catalogue as bulk JSONL: the file itself, or a translation of it in which the lines of rows are the ids.
    ///
    /// The currency is that of the amounts in an export, which does not name it.
    public func prepare(currency: Currency) throws(CatalogFileError) -> Prepared {
        guard form == .productExport else {
            return Prepared(file: file, path: isOriginal ? name : file.path, fields: nil, notes: [])
        }
        let rows = try ExportRows(file)
        var translation = try ExportTranslation(rows, currency: currency)
        let lines = try translation.run()
        var fields = rows.header.fields
        if translation.levels == 0 { fields.remove(.inventory) }
        return Prepared(file: lines, path: lines.path, fields: fields, notes: notes(rows, translation))
    }

    /// The currency of a bulk file, as its costs name it near its beginning; nil where they do not.
    public func currencyOfCosts() throws(CatalogFileError) -> Currency? {
        guard form == .bulkLines else { return nil }
        let search = ByteSearch(#""currencyCode":""#)
        // Mostly it is on the first lines.
        for size in [1 << 14, 1 << 20] {
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
            defer { memory.deallocate() }
            let count = try file.read(into: memory, at: 0)
            let start = UnsafeRawBufferPointer(rebasing: memory[..<count])
            guard let place = search.end(in: start), place + 3 < count else {
                if count < size { return nil }
                continue
            }
            guard start[place + 3] == UInt8(ascii: "\"") else { return nil }
            return Currency(code: String(decoding: start[place..<place + 3], as: UTF8.self))
        }
        return nil
    }

    /// The export's rows once more, for what is written from them.
    func exportRows() throws(CatalogFileError) -> ExportRows { try ExportRows(file) }

    private func notes(_ rows: ExportRows, _ translation: ExportTranslation) -> [String] {
        var notes: [String] = []
        if rows.header.marketColumns > 0 {
            let count = rows.header.marketColumns
            notes.append(
                "\(count == 1 ? "1 column" : "\(count) columns") of other markets \(count == 1 ? "is" : "are") not compared"
            )
        }
        if rows.header[.quantity] == nil {
            notes.append("there is no stock in the file: Shopify leaves it out for shops with several locations")
        } else if translation.levels == 0 {
            notes.append("the column \(rows.header.name(.quantity)) is empty: stock is not compared")
        }
        for (handle, line) in rows.scattered.prefix(3) {
            notes.append("line \(line): the handle \(handle) stood further up already; its rows count to that product")
        }
        if rows.scattered.count > 3 { notes.append("and so do \(rows.scattered.count - 3) other handles") }
        return notes
    }

    private static func form(of file: OpenFile) throws(CatalogFileError) -> Form {
        guard file.size > 0 else { throw .unknownForm(file: file.name, reason: "it is empty") }
        let brace = UInt8(ascii: "{")
        let (first, firstSign, otherForm) = try withStart(of: file) { start in
            let rest = start.starts(with: mark) ? start.dropFirst(mark.count) : start[...]
            let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
            return (rest.first, rest.first { !blanks.contains($0) }, Self.otherForm(start))
        }
        if let otherForm { throw .unknownForm(file: file.name, reason: otherForm) }
        if first == brace { return .bulkLines }
        guard firstSign != brace else {
            throw .unknownForm(
                file: file.name,
                reason: "it begins with an empty line or blanks, which no bulk operation writes: take them away"
            )
        }
        let rows = CSVRows(file)
        do throws(CatalogFileError) {
            guard try rows.advance() else { throw .unknownForm(file: file.name, reason: "it holds nothing") }
        } catch .row {
            throw .unknownForm(file: file.name, reason: "its content is neither JSON lines nor CSV")
        }
        var names: [String] = []
        for cell in rows.cells {
            names.append(ExportRows.trimmed(String(decoding: rows.bytes(of: cell), as: UTF8.self)))
        }
        if ExportHeader.isLikely(names) { return .productExport }
        if names.count == 1, let line = names.first, let sign = [";", "\t"].first(where: { line.contains($0) }),
            line.lowercased().contains("handle")
        {
            throw .unknownForm(
                file: file.name,
                reason:
                    "its columns are separated by \(sign == ";" ? "semicolons" : "tabs"), as some spreadsheets save them"
            )
        }
        throw .unknownForm(file: file.name, reason: "its first row names no column Handle, and it is not JSON lines")
    }

    /// What else people take for a CSV or JSONL file, by its first bytes; nil where it is none of that.
    private static func otherForm(_ start: UnsafeRawBufferPointer) -> String? {
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            return "it is text in UTF-16: save it as UTF-8, which spreadsheets call \"CSV UTF-8\""
        }
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return "it is a ZIP archive or a spreadsheet such as XLSX: unpack it, or save the sheet as \"CSV UTF-8\""
        }
        return nil
    }

    private static func withStart<Result>(
        of file: OpenFile,
        _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(CatalogFileError) -> Result {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
        defer { memory.deallocate() }
        let count = try file.read(into: memory, at: 0)
        return body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
    }

    /// What some editors put before text in UTF-8; JSON has none (RFC 8259, 8.1).
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What comes through a pipe, or stands in a file from a place on, in a file that can be read at any place.
    private static func copied(_ file: OpenFile, from start: Int = 0) throws(CatalogFileError) -> OpenFile {
        let target = try TemporaryFile()
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { memory.deallocate() }
        var offset = start
        while true {
            guard !Task.isCancelled else { throw .interrupted(file: file.name) }
            let count = try file.read(into: memory, at: offset)
            offset += count
            if count == 0 { return try target.finish(name: file.name) }
            try target.append(UnsafeRawBufferPointer(rebasing: memory[..<count]))
        }
    }
}

extension CatalogFile {
    /// The handles of the products that begin on these lines of an export.
    public func handles(ofLines lines: Set<Int>) throws(CatalogFileError) -> [Int: String] {
        guard !lines.isEmpty else { return [:] }
        var handles: [Int: String] = [:]
        let rows = try exportRows()
        while handles.count < lines.count, try rows.advance() {
            if rows.isFirst, lines.contains(rows.line) { handles[rows.line] = rows.text(.handle) }
        }
        return handles
    }
}
