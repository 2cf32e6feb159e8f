public import Catalog

/// A product CSV for Shopify's own import that makes given changes and no other.
///
/// Import it with "Overwrite products with matching handles". Shopify Help Center, "Using CSV files to import and export products":
/// columns that are left out keep their values, blank cells empty them, and variants are found by their handle and option values. So the
/// file has only the columns that identify and those that change; in these every cell holds the value the store has, but for
/// the changed ones. A product that changes is there with all of its variants, since nothing promises that an import leaves
/// those alone that it does not list.
public struct ImportFile: Sendable {
    /// The largest file the admin takes (Shopify Help Center: 15 MB).
    public static let mostBytes = 15_000_000

    /// What was written.
    public struct Written: Sendable, Hashable {
        /// Products in the file.
        public var products = 0
        /// Rows but for the first.
        public var rows = 0
        /// Bytes.
        public var bytes = 0

        /// Nothing yet.
        public init() {}
    }

    /// Products, by the line they begin on, with a variant whose option the export does not tell: an import could not find it, so
    /// they are left out.
    public private(set) var productsWithoutOptions: Set<Int64> = []

    /// Products, by the line they begin on, whose variants are not together in the export; an import would not know them together, so
    /// they are left out.
    public private(set) var scatteredProducts: Set<Int64> = []

    private let export: CatalogFile
    private let columns: [ExportColumn]
    private var ofProducts: [Int64: [ExportColumn: String]] = [:]
    private var ofVariants: [Int64: [ExportColumn: String]] = [:]

    /// Why an import cannot set a field in this store; nil where it can.
    public static func obstacle(to field: CatalogField, in export: CatalogFile) throws(CatalogFileError) -> String? {
        let header = try export.exportRows().header
        if field == .handle { return "an import finds products by their handle and cannot change it" }
        guard let column = ExportColumn.carrying(field).first else { return "a product CSV has no column for it" }
        return header[column] == nil ? "the export has no column for it" : nil
    }

    /// What an import needs of the export, whatever it changes; nil where all is there.
    public static func obstacle(in export: CatalogFile) throws(CatalogFileError) -> String? {
        let header = try export.exportRows().header
        let missing = [(ExportColumn.title, "Title"), (.option1Name, "Option1 Name"), (.option1Value, "Option1 Value")]
            .filter { header[$0.0] == nil }.map(\.1)
        return missing.isEmpty
            ? nil
            : "the export lacks \(missing.joined(separator: ", ")), without which an import would rename products or replace "
                + "their variants: export all columns"
    }

    /// Prepares the file of these changes, by the rows of the export of the store.
    ///
    /// Every change has to be of a field without an obstacle.
    public init(_ changes: [ImportChange], of export: CatalogFile) throws(CatalogFileError) {
        self.export = export
        let rows = try export.exportRows()
        let header = rows.header
        let changing = Set(changes.map(\.product))
        while try rows.advance() {
            let line = Int64(rows.productLine)
            guard rows.isVariant, changing.contains(line) else { continue }
            if rows.word(.option1Value).isEmpty { productsWithoutOptions.insert(line) }
            if rows.isScattered { scatteredProducts.insert(line) }
        }
        var changed: Set<ExportColumn> = []
        for change in changes {
            guard !productsWithoutOptions.contains(change.product), !scatteredProducts.contains(change.product) else {
                continue
            }
            let carrying = ExportColumn.carrying(change.field)
            guard let column = carrying.first, header[column] != nil else { continue }
            changed.formUnion(carrying)
            let text = Self.text(change.value, in: column, header)
            var values = ofProducts[change.product] ?? [:]
            if column.isOfProduct {
                values[column] = text
            } else {
                ofVariants[change.variant, default: [:]][column] = text
            }
            ofProducts[change.product] = values
        }
        let identifying = [.handle, .title] + ExportColumn.options
        let others = ExportColumn.allCases.filter { changed.contains($0) && !identifying.contains($0) }
        columns = (identifying + others).filter { header[$0] != nil }
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { ofProducts.isEmpty }

    /// Reads the export once more and gives the file to `sink`, piece by piece.
    public func write<Failure>(
        to sink: ([UInt8]) throws(Failure) -> Void,
        reading failed: (CatalogFileError) -> Failure
    ) throws(Failure) -> Written {
        let rows: ExportRows
        do throws(CatalogFileError) { rows = try export.exportRows() } catch { throw failed(error) }
        var written = Written()
        var out: [UInt8] = []
        Self.append(columns.map { rows.header.name($0) }, to: &out)
        // The products' own values until their first variant is written: images may stand before it.
        var values: [Int: [ExportColumn: String]] = [:]
        while try Self.advance(rows, failed) {
            let product = rows.productLine
            guard let changes = ofProducts[Int64(product)] else { continue }
            if rows.isFirst {
                var own: [ExportColumn: String] = [:]
                for column in columns where column.isOfProduct { own[column] = changes[column] ?? rows.text(column) }
                values[product] = own
            }
            guard rows.isVariant else { continue }
            let own = values.removeValue(forKey: product)
            if own != nil { written.products += 1 }
            let variant = ofVariants[Int64(rows.line)]
            let cells = columns.map { column in
                if column == .handle { return rows.text(column) }
                if column.isOfProduct { return own?[column] ?? "" }
                if let changed = variant?[column] { return changed }
                return column == .barcode ? rows.code(column) : rows.text(column)
            }
            Self.append(cells, to: &out)
            written.rows += 1
            if out.count >= 1 << 18 {
                written.bytes += out.count
                try sink(out)
                out.removeAll(keepingCapacity: true)
            }
        }
        written.bytes += out.count
        try sink(out)
        return written
    }

    private static func advance<Failure>(
        _ rows: ExportRows,
        _ failed: (CatalogFileError) -> Failure
    ) throws(Failure) -> Bool {
        do throws(CatalogFileError) { return try rows.advance() } catch { throw failed(error) }
    }

    private static func text(_ value: FieldValue, in column: ExportColumn, _ header: ExportHeader) -> String {
        switch (column, value) {
        case (.tracker, .flag(let isTracked)): isTracked ? "shopify" : ""
        case (.grams, .weight(let weight)): ExportValue.grams(weight)
        case (.status, .text(let word)): word.lowercased()
        case (.policy, .text(let word)):
            header.name(.policy).lowercased() == "variant inventory policy" ? word.lowercased() : word
        default: value.displayText
        }
    }

    /// A row as RFC 4180 has it, lines ended as Shopify's help asks; values stay what they are, for this is no file for a spreadsheet.
    private static func append(_ cells: [String], to out: inout [UInt8]) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { out.append(UInt8(ascii: ",")) }
            let needsQuotes =
                cell.utf8.contains { byte in
                    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
                } || cell.utf8.first == 0x20 || cell.utf8.last == 0x20
            guard needsQuotes else {
                out.append(contentsOf: cell.utf8)
                continue
            }
            out.append(UInt8(ascii: "\""))
            for byte in cell.utf8 {
                if byte == UInt8(ascii: "\"") { out.append(byte) }
                out.append(byte)
            }
            out.append(UInt8(ascii: "\""))
        }
        out.append(0x0A)
    }
}
