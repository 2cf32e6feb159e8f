/// Reads CSV as RFC 4180 writes it: quoted fields may hold commas, quotes and line breaks; a byte order mark is skipped.
struct CSVReader {
    /// A row with the line it begins on.
    struct Row {
        let line: Int
        let fields: [String]
    }

    /// Where the text stops being CSV.
    struct Failure: Error {
        let line: Int
        let reason: String
    }

    static func rows(of bytes: [UInt8]) throws(Failure) -> [Row] {
        var rows: [Row] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var line = 1
        var rowLine = 1
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        func endRow() {
            endField()
            if fields != [""] { rows.append(Row(line: rowLine, fields: fields)) }
            fields = []
        }
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if byte == 0x0A { line += 1 }
            if isQuoted {
                if byte == UInt8(ascii: "\""), next == UInt8(ascii: "\"") {
                    field.append(byte)
                    index += 1
                } else if byte == UInt8(ascii: "\"") {
                    isQuoted = false
                } else {
                    field.append(byte)
                }
            } else {
                switch byte {
                case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
                case UInt8(ascii: ","): endField()
                case 0x0D where next == 0x0A: break
                case 0x0A, 0x0D:
                    endRow()
                    rowLine = line
                default: field.append(byte)
                }
            }
            index += 1
        }
        if isQuoted { throw Failure(line: rowLine, reason: "a quoted field is not closed") }
        if !field.isEmpty || !fields.isEmpty { endRow() }
        return rows
    }
}
