/// Lines of cells set in columns, for a terminal.
public struct TextTable {
    /// A cell's most signs; longer ones are cut.
    private static let widest = 48

    private var rows: [[String]] = []

    /// A table without lines.
    public init() {}

    /// Adds a line; the cells' text may be a store's.
    public mutating func add(_ cells: [String]) {
        rows.append(cells.map { HarmlessText.line($0, limit: Self.widest) })
    }

    /// The lines, each behind the indentation; the last column is not padded.
    public func lines(indent: String) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                line += cell
                guard column < row.count - 1 else { break }
                line += String(repeating: " ", count: widths[column] - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
