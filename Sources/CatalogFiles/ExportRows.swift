import Catalog

/// The rows of a product export in order, each with the product it belongs to and what kind of row it is.
///
/// Not Sendable: one reader, one thread.
final class ExportRows {
    let file: OpenFile
    let header: ExportHeader
    /// Handles that come back behind other products; for a comparison their rows count to the first.
    private(set) var scattered: [(handle: String, line: Int)] = []
    /// The line on which the present row's product begins; with the row's own line this is all the ids an export has.
    private(set) var productLine = 0
    /// Whether the present row's handle came back behind other products.
    private(set) var isScattered = false
    /// Whether the present row is its product's first, which bears the product's own values.
    private(set) var isFirst = false

    private let rows: CSVRows
    private var products: [[UInt8]: Int] = [:]
    private var lastHandle: [UInt8] = []

    init(_ file: OpenFile) throws(CatalogFileError) {
        self.file = file
        rows = CSVRows(file)
        guard try rows.advance() else { throw .unknownForm(file: file.name, reason: "it is empty") }
        var names: [String] = []
        for cell in rows.cells { names.append(Self.trimmed(String(decoding: rows.bytes(of: cell), as: UTF8.self))) }
        // A comma at the end of every line makes a last column without a name.
        header = try ExportHeader(names, file: file.name)
    }

    /// The line on which the present row begins.
    var line: Int { rows.line }

    /// Goes to the next row; false after the last.
    func advance() throws(CatalogFileError) -> Bool {
        guard try rows.advance() else { return false }
        guard rows.cells.count == header.names.count else {
            throw .row(
                file: file.name,
                line: line,
                reason:
                    "the row has \(rows.cells.count) cells, the first row \(header.names.count); a comma or a quote may be missing"
            )
        }
        let handle = bytes(.handle) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        guard !handle.allSatisfy({ $0 == 0x20 }) else {
            throw .cell(
                file: file.name,
                line: line,
                column: header.name(.handle),
                sku: text(.sku),
                reason: "the row has no handle, so that nobody can tell which product it belongs to"
            )
        }
        isFirst = false
        if lastHandle.elementsEqual(handle) { return true }
        lastHandle = Array(handle)
        if let known = products[lastHandle] {
            productLine = known
            isScattered = true
            if scattered.count < 100 { scattered.append((String(decoding: lastHandle, as: UTF8.self), line)) }
        } else {
            products[lastHandle] = line
            productLine = line
            isFirst = true
            isScattered = false
        }
        return true
    }

    /// Whether the present row is a variant, and not just another image of the product.
    var isVariant: Bool {
        [ExportColumn.option1Value, .sku, .price].contains { column in bytes(column).map { !$0.isEmpty } ?? false }
    }

    /// The bytes of a cell of the present row, valid until the next call; nil where the export lacks the column.
    func bytes(_ column: ExportColumn) -> UnsafeRawBufferPointer? {
        header[column].map { rows.bytes(of: rows.cells[$0]) }
    }

    /// A cell's text; empty where the export lacks the column.
    func text(_ column: ExportColumn) -> String {
        bytes(column).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// A cell's text without blanks around it.
    func word(_ column: ExportColumn) -> String { Self.trimmed(text(column)) }

    /// A code's text, without the apostrophe that keeps a spreadsheet from taking it for a number or a formula.
    func code(_ column: ExportColumn) -> String {
        let text = text(column)
        guard text.utf8.first == UInt8(ascii: "'"), let second = text.utf8.dropFirst().first else { return text }
        return Self.needsApostrophe(second) ? String(text.dropFirst()) : text
    }

    /// The error of a cell of the present row.
    func refused(_ column: ExportColumn, _ reason: String) -> CatalogFileError {
        .cell(file: file.name, line: line, column: header.name(column), sku: code(.sku), reason: reason)
    }

    private static func needsApostrophe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "@"):
            true
        default: false
        }
    }

    static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
