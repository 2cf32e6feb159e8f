import Testing

@testable import CatalogFiles

/// Rows of cells as RFC 4180 has them, and what is refused.
@Suite struct CSVRowsTests {
    @Test(arguments: [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]),
        ("a,", [["a", ""]]),
        ("\"a,\"\"b\"\"\",\"two\r\nlines\"\r\n", [["a,\"b\"", "two\r\nlines"]]),
        ("\"\",x\n", [["", "x"]]),
        ("\"\"\"\",x", [["\"", "x"]]),
        ("\n\na\n\n", [["a"]]),
        ("", []),
    ])
    func `reads cells exactly`(_ text: String, _ expected: [[String]]) throws {
        #expect(try Self.rows(text).map(\.cells) == expected)
    }

    @Test func `numbers rows by their first line`() throws {
        let text = "a\n\"b\nb\"\n\nc\r\n\"d\r\nd\rd\"\r\ne\n"
        #expect(try Self.rows(text).map(\.line) == [1, 2, 5, 6, 9])
    }

    @Test(arguments: [
        ("a\nb\"c\n", 2, "inside cell 1"),
        ("a\n\"b\"c\n", 2, "behind the closing quote"),
        ("a\nx,\"b\nc\nd", 2, "never closed"),
    ])
    func `names the line of what is no CSV`(_ text: String, _ line: Int, _ words: String) throws {
        #expect {
            try Self.rows(text)
        } throws: { error in
            guard case CatalogFileError.row(_, line, let reason) = error else { return false }
            return reason.contains(words)
        }
    }

    /// Rows that straddle the pieces in which a file is read, wherever the cut falls.
    @Test func `rows may lie anywhere`() throws {
        let cell = String(repeating: "ä\"\"\n", count: 61)
        let row = "\"\(cell)\",plain,\"\"\r\n"
        let text = String(repeating: row, count: 2 * (1 << 20) / row.utf8.count + 3)
        let rows = try Self.rows(text)
        #expect(rows.count == 2 * (1 << 20) / row.utf8.count + 3)
        #expect(Set(rows.map(\.cells)) == [[cell.replacing("\"\"", with: "\""), "plain", ""]])
        #expect(rows.map(\.line) == (0..<rows.count).map { 1 + $0 * 62 })
    }

    private static func rows(_ text: String) throws -> [(line: Int, cells: [String])] {
        let file = try TemporaryText(text)
        let rows = CSVRows(try OpenFile(path: file.path))
        var found: [(line: Int, cells: [String])] = []
        while try rows.advance() {
            found.append((rows.line, rows.cells.map { String(decoding: rows.bytes(of: $0), as: UTF8.self) }))
        }
        return found
    }
}
