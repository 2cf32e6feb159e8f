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
        text.withBytes { append($0) }
    }

    private mutating func append(_ cell: UnsafeBufferPointer<UInt8>) {
        guard let first = cell.first else { return }
        let isFormula = CSVCell.mayBeginFormula(first) && CSVCell.isFormula(cell)
        guard isFormula || !CSVCell.isPlain(cell) else {
            bytes.append(contentsOf: cell)
            return
        }
        let marks = CSVCell.marks(in: cell)
        guard isFormula || marks.needQuotes else {
            escape(cell, marks)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        if isFormula { bytes.append(CSVCell.apostrophe) }
        escape(cell, marks)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a number cell: plain, negative ones too.
    public mutating func number(_ number: Int64) {
        separate()
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var magnitude = number.magnitude
            var start = digits.count
            repeat {
                let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                magnitude = quotient
            } while magnitude > 0
            if number < 0 {
                start -= 1
                digits[start] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Writes a number that is text already, such as an exact amount: plain where it is digits with an optional minus sign and
    /// decimal point, else as a text cell.
    public mutating func decimal(_ text: String) {
        separate()
        text.withBytes { cell in
            if CSVCell.isNumber(cell) {
                bytes.append(contentsOf: cell)
            } else {
                append(cell)
            }
        }
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

extension String {
    /// The UTF-8 bytes, in place wherever they lie together, as they nearly always do.
    fileprivate func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if utf8.withContiguousStorageIfAvailable(body) == nil {
            Array(utf8).withUnsafeBufferPointer(body)
        }
    }
}
