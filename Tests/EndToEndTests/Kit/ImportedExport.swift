/// A shop's product export after Shopify's own import of a file, by the rules of its help page ("Using CSV files to import and export
/// products"), written apart from the program's.
///
/// Products are found by handle, variants by handle and option values. Columns the import lacks stay as they are; cells it leaves blank empty
/// theirs. What nobody promises is assumed at its worst: variants that a product's rows leave out are gone, and a product whose rows have
/// no options is left with one new variant.
struct ImportedExport {
    struct Impossible: Error { let reason: String }

    private var header: [String]
    private var rows: [[String: String]]

    private static let ofProduct: Set<String> = [
        "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Status", "SEO Title", "SEO Description",
        "Option1 Name", "Option2 Name", "Option3 Name",
    ]

    init(export: String, importing text: String) throws {
        let before = try StrictCSV(Self.strict(export))
        let file = try StrictCSV(Self.strict(text))
        (header, rows) = (before.header, before.rows)
        for needed in ["Handle", "Title"] where !file.header.contains(needed) {
            throw Impossible(reason: "the import has no column \(needed)")
        }
        if let unknown = file.header.first(where: { !header.contains($0) }) {
            throw Impossible(reason: "the shop has no column \(unknown)")
        }
        var handles: [String] = []
        for row in file.rows where !handles.contains(row["Handle"] ?? "") { handles.append(row["Handle"] ?? "") }
        for handle in handles { try take(file.rows.filter { $0["Handle"] == handle }, file.header, handle) }
    }

    private mutating func take(_ imported: [[String: String]], _ columns: [String], _ handle: String) throws {
        guard let first = imported.first, first["Title"]?.isEmpty == false else {
            throw Impossible(reason: "\(handle): the first row has no title")
        }
        guard rows.contains(where: { $0["Handle"] == handle }) else {
            throw Impossible(reason: "\(handle) would be a new product")
        }
        guard columns.contains("Option1 Name"), columns.contains("Option1 Value"),
            first["Option1 Name"]?.isEmpty == false
        else { throw Impossible(reason: "\(handle) would lose its variants: there are no options") }
        var isFirst = true
        var matched = 0
        for place in rows.indices where rows[place]["Handle"] == handle {
            if isFirst {
                for column in columns where Self.ofProduct.contains(column) { rows[place][column] = first[column] }
                isFirst = false
            }
            guard rows[place]["Option1 Value"]?.isEmpty == false else { continue }
            let options = Self.options(rows[place])
            guard let row = imported.first(where: { Self.options($0) == options }) else {
                rows[place]["Handle"] = ""
                continue
            }
            matched += 1
            for column in columns where !Self.ofProduct.contains(column) && column != "Handle" {
                rows[place][column] = row[column]
            }
        }
        guard matched == imported.count else { throw Impossible(reason: "\(handle) would get new variants") }
        rows.removeAll { $0["Handle"]?.isEmpty != false }
    }

    private static func options(_ row: [String: String]) -> [String] {
        (1...3).map { row["Option\($0) Value"] ?? "" }
    }

    /// The export as it is now.
    var text: String { Self.text(header, rows) }

    /// A table as a product export.
    static func text(_ header: [String], _ rows: [[String: String]]) -> String {
        func cell(_ text: String) -> String {
            text.contains { ",\"\r\n".contains($0) || $0.isNewline }
                ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
        }
        let lines = [header.map(cell)] + rows.map { row in header.map { cell(row[$0] ?? "") } }
        return lines.map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    /// With the line ends that the strict reader asks for, outside of quotes.
    static func strict(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var isQuoted = false
        var last: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if scalar == "\u{FEFF}", out.isEmpty { continue }
            if scalar == "\"" { isQuoted.toggle() }
            if scalar == "\n", !isQuoted, last != "\r" { out.append("\r") }
            out.append(scalar)
            last = scalar
        }
        if last != "\n" { out.append(contentsOf: "\r\n".unicodeScalars) }
        return String(out)
    }
}
