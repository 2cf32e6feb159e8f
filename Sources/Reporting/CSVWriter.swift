/// Writes comma-separated values (RFC 4180) as UTF-8 bytes, with CRLF behind each row.
///
/// No cell is taken for a formula by a spreadsheet, whatever a store calls its things (FAULTS CS-2): see ``text(_:)``.
/// The bytes can be taken out between any two rows, so that a table of millions of rows needs no memory of its size.
public struct CSVWriter: Sendable {
    /// What was written since the last ``removeAll()``.
    public private(set) var bytes: [UInt8] = []
    private var isAtRowStart = true

    /// A writer with room for that many bytes.
    public init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes a row of column names.
    public mutating func header(_ columns: [String]) {
        for column in columns { text(column) }
        endRow()
    }

    /// Writes a text cell.
    ///
    /// A text that a spreadsheet could take for a formula gets an apostrophe in front, and quotes: one that begins with `=`, `+`,
    /// `-`, `@`, tab, CR, LF or a full-width or small form of those signs, be it behind blanks or apostrophes. To read such
    /// a cell back, leave out one apostrophe. Control characters other than tab, CR and LF are shown by their picture (`␀`).
    public mutating func text(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { cell in
            if cell.isEmpty { return }
            let marks = CSVCell.marks(in: cell)
            guard CSVCell.mayBeginFormula(cell[0]), CSVCell.isFormula(cell) else {
                if marks.isPlain {
                    bytes.append(contentsOf: cell)
                } else {
                    quote(cell, marks)
                }
                return
            }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(CSVCell.apostrophe)
            escape(cell, marks)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// Writes a number cell: plain, negative ones too.
    public mutating func number(_ number: some FixedWidthInteger) {
        separate()
        var magnitude = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        if magnitude < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude))
            return
        }
        let start = bytes.count
        while magnitude > 0 {
            let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") + UInt8(digit))
            magnitude = quotient
        }
        bytes[start...].reverse()
    }

    /// Writes a number that is text already, such as an exact amount: plain where it is digits with an optional minus sign and
    /// decimal point, else as a text cell.
    public mutating func decimal(_ text: String) {
        var copy = text
        let isNumber = copy.withUTF8 { CSVCell.isNumber($0) }
        guard isNumber else {
            self.text(text)
            return
        }
        separate()
        copy.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// Writes an empty cell.
    public mutating func empty() {
        separate()
    }

    /// Ends the row.
    public mutating func endRow() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
        isAtRowStart = true
    }

    /// Forgets the bytes, keeping their room.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func separate() {
        if !isAtRowStart { bytes.append(UInt8(ascii: ",")) }
        isAtRowStart = false
    }

    private mutating func quote(_ cell: UnsafeBufferPointer<UInt8>, _ marks: CSVCell.Marks) {
        guard marks.needQuotes else {
            escape(cell, marks)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        escape(cell, marks)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends the cell with its quotes doubled and its control characters shown.
    private mutating func escape(_ cell: UnsafeBufferPointer<UInt8>, _ marks: CSVCell.Marks) {
        guard marks.needEscapes else {
            bytes.append(contentsOf: cell)
            return
        }
        var start = 0
        var index = 0
        while index < cell.count {
            let byte = cell[index]
            let next = index + 1 < cell.count ? cell[index + 1] : 0
            guard let (replacement, length) = CSVCell.escape(byte, next) else {
                index += 1
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: cell[start..<index]))
            bytes.append(contentsOf: replacement)
            index += length
            start = index
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: cell[start...]))
    }
}
