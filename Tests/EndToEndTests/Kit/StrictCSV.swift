/// Reads RFC 4180 and nothing else: CRLF, quotes only around whole cells, every row as long as the first.
///
/// Written apart from the program's own reader and writer, so that a mistake shared by those two is found here.
struct StrictCSV {
    struct Malformed: Error {
        let row: Int
        let reason: String
    }

    let header: [String]
    let rows: [[String: String]]

    init(_ text: String) throws {
        var records: [[String]] = []
        var cells: [String] = []
        var rest = Substring.UnicodeScalarView(text.unicodeScalars)
        while !rest.isEmpty {
            let isQuoted = rest.first == "\""
            var cell = String.UnicodeScalarView()
            if isQuoted {
                rest.removeFirst()
                while true {
                    guard let sign = rest.popFirst() else { throw Malformed(row: records.count, reason: "open quotes") }
                    if sign != "\"" {
                        cell.append(sign)
                    } else if rest.first == "\"" {
                        rest.removeFirst()
                        cell.append(sign)
                    } else {
                        break
                    }
                }
            } else {
                while let sign = rest.first, sign != ",", sign != "\r" {
                    guard sign != "\"", sign != "\n" else {
                        throw Malformed(row: records.count, reason: "bare \(sign)")
                    }
                    cell.append(sign)
                    rest.removeFirst()
                }
            }
            cells.append(String(cell))
            guard let next = rest.popFirst() else { throw Malformed(row: records.count, reason: "no end of row") }
            if next == "," { continue }
            guard next == "\r", rest.popFirst() == "\n" else { throw Malformed(row: records.count, reason: "no CRLF") }
            guard records.isEmpty || records[0].count == cells.count else {
                throw Malformed(row: records.count, reason: "\(cells.count) cells")
            }
            records.append(cells)
            cells = []
        }
        guard cells.isEmpty, let header = records.first, Set(header).count == header.count else {
            throw Malformed(row: records.count, reason: "no header, or the last row is cut")
        }
        self.header = header
        rows = records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }
}
