/// One row of a report's file.
public protocol CSVRecord: Sendable {
    /// The column names, in order. They are a public contract: `reports/README.md` explains each.
    static var columns: [String] { get }

    /// Writes one cell per column; the caller ends the row.
    func write(to csv: inout CSVWriter)
}

extension CSVRecord {
    /// A whole table in memory, for small ones.
    public static func table(_ rows: some Sequence<Self>) -> [UInt8] {
        var csv = CSVWriter()
        csv.header(columns)
        for row in rows {
            row.write(to: &csv)
            csv.endRow()
        }
        return csv.bytes
    }
}

/// Many rows of a report's file that are written without being made one by one.
public protocol CSVTable: Sendable {
    /// The column names, as ``CSVRecord/columns``.
    static var columns: [String] { get }

    /// Writes and ends the rows, without the header.
    func write(to csv: inout CSVWriter)
}
