/// A reader of RFC 4180 that takes nothing else: CRLF only, quotes only around whole cells, every row as long as the first.
enum StrictCSV {
    struct Problem: Error, Equatable {
        let what: String
        let offset: Int
    }

    /// The rows, the header first.
    static func rows(_ bytes: [UInt8]) throws(Problem) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var index = 0
        func byte(_ at: Int) -> UInt8? { at < bytes.count ? bytes[at] : nil }
        while index < bytes.count {
            var cell: [UInt8] = []
            if byte(index) == UInt8(ascii: "\"") {
                index += 1
                while true {
                    guard let next = byte(index) else { throw Problem(what: "quotes left open", offset: index) }
                    index += 1
                    guard next == UInt8(ascii: "\"") else {
                        cell.append(next)
                        continue
                    }
                    guard byte(index) == UInt8(ascii: "\"") else { break }
                    cell.append(next)
                    index += 1
                }
            } else {
                while let next = byte(index), next != UInt8(ascii: ","), next != UInt8(ascii: "\r") {
                    guard next != UInt8(ascii: "\""), next != UInt8(ascii: "\n") else {
                        throw Problem(what: "a bare \(next)", offset: index)
                    }
                    cell.append(next)
                    index += 1
                }
            }
            guard let text = String(validating: cell, as: UTF8.self) else {
                throw Problem(what: "not UTF-8", offset: index)
            }
            row.append(text)
            switch byte(index) {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "\r"):
                guard byte(index + 1) == UInt8(ascii: "\n") else { throw Problem(what: "CR alone", offset: index) }
                index += 2
                guard rows.isEmpty || row.count == rows[0].count else {
                    throw Problem(what: "\(row.count) cells", offset: index)
                }
                rows.append(row)
                row = []
            default: throw Problem(what: "no end of row", offset: index)
            }
        }
        guard row.isEmpty else { throw Problem(what: "no end of file", offset: index) }
        return rows
    }

    /// The text a guarded cell stands for: without the apostrophe in front of what could begin a formula.
    static func unguarded(_ cell: String) -> String {
        guard cell.unicodeScalars.first == "'" else { return cell }
        let rest = String(cell.unicodeScalars.dropFirst())
        return beginsFormula(rest) ? rest : cell
    }

    /// Whether a spreadsheet could take it for a formula: written down once more, by signs instead of bytes.
    static func beginsFormula(_ text: String) -> Bool {
        let blanks: Set<UInt32> = [0x20, 0xA0, 0x27, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF]
        let first = text.unicodeScalars.first { !blanks.contains($0.value) && !(0x2000...0x200F).contains($0.value) }
        let signs = "\t\r\n=+-@＝＋－＠﹦﹢﹣﹫−".unicodeScalars
        return first.map { signs.contains($0) } ?? false
    }
}
