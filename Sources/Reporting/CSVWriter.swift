/// Writes comma-separated values (RFC 4180) as UTF-8 bytes, with CRLF behind each row.
///
/// No cell is taken for a formula by a spreadsheet, whatever a store calls its things (FAULTS CS-2): see ``text(_:)``.
/// The bytes can be taken out between any two rows, so that a table of millions of rows needs no memory of its size.
public struct CSVWriter: ~Copyable, @unchecked Sendable {
    // Memory of this value alone, which cannot be copied: whoever has the value has it to himself.
    private var start: UnsafeMutablePointer<UInt8>
    private var next: UnsafeMutablePointer<UInt8>
    private var end: UnsafeMutablePointer<UInt8>
    private var isAtRowStart = true

    /// A writer with room for that many bytes.
    public init(reserving capacity: Int = 0) {
        let capacity = max(capacity, 256)
        start = .allocate(capacity: capacity)
        next = start
        end = start + capacity
    }

    deinit {
        start.deallocate()
    }

    /// How many bytes were written since the last ``removeAll()``.
    public var count: Int { next - start }

    /// What was written since the last ``removeAll()``, as a copy.
    public var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// Lends what was written since the last ``removeAll()``.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: count))
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
        guard isFormula || !appendIfPlain(cell) else { return }
        let marks = CSVCell.marks(in: cell)
        guard isFormula || marks.needQuotes else {
            escape(cell, marks)
            return
        }
        append(UInt8(ascii: "\""))
        if isFormula { append(CSVCell.apostrophe) }
        escape(cell, marks)
        append(UInt8(ascii: "\""))
    }

    /// Copies the cell and looks at it in one go; `false` and nothing appended where it holds something to be quoted or escaped.
    ///
    /// Nearly every cell of a report is plain.
    private mutating func appendIfPlain(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        reserve(cell.count + 8)
        let from = UnsafeRawBufferPointer(cell)
        let into = UnsafeMutableRawPointer(next)
        var index = 0
        while index + 8 <= from.count {
            let word = from.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            into.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            guard !CSVCell.holdsMark(word) else { return false }
            index += 8
        }
        if index < from.count {
            // What is written too much is overwritten by what follows.
            let word = Self.lastWord(of: from, from: index)
            into.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            guard !CSVCell.holdsMark(word) else { return false }
        }
        next += cell.count
        return true
    }

    /// The last one to seven bytes, filled up with blanks.
    @inline(__always)
    private static func lastWord(of cell: UnsafeRawBufferPointer, from index: Int) -> UInt64 {
        let rest = cell.count - index
        let blanks: UInt64 = 0x2020_2020_2020_2020
        if index > 0 {
            // The last eight bytes, those that were taken already pushed out.
            let last = cell.loadUnaligned(fromByteOffset: cell.count - 8, as: UInt64.self)
            return last &>> UInt64((8 - rest) * 8) | blanks &<< UInt64(rest * 8)
        }
        var word = blanks &<< UInt64(rest * 8)
        if rest >= 4 {
            // Two loads that may overlap.
            let first = cell.loadUnaligned(fromByteOffset: 0, as: UInt32.self)
            let second = cell.loadUnaligned(fromByteOffset: rest - 4, as: UInt32.self)
            word |= UInt64(first) | UInt64(second) &<< UInt64((rest - 4) * 8)
        } else {
            for position in 0..<rest { word |= UInt64(cell[position]) &<< UInt64(position * 8) }
        }
        return word
    }

    /// Writes a number cell: plain, negative ones too.
    public mutating func number(_ number: Int64) {
        separate()
        if number < 0 { append(UInt8(ascii: "-")) }
        append(digitsOf: number.magnitude)
    }

    /// Writes a number cell with a point before the last `decimals` of its digits, at least one of them before the point.
    ///
    /// There are 18 decimals at most.
    public mutating func number(_ number: Int64, decimals: Int) {
        guard decimals > 0 else { return self.number(number) }
        separate()
        if number < 0 { append(UInt8(ascii: "-")) }
        let scale = (0..<decimals).reduce(UInt64(1)) { scale, _ in scale * 10 }
        let (whole, rest) = number.magnitude.quotientAndRemainder(dividingBy: scale)
        append(digitsOf: whole)
        append(UInt8(ascii: "."))
        reserve(decimals)
        var fraction = rest
        for place in (0..<decimals).reversed() {
            next[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction % 10)
            fraction /= 10
        }
        next += decimals
    }

    private mutating func append(digitsOf number: UInt64) {
        reserve(20)
        var magnitude = number
        next += Self.digits(of: magnitude)
        var digit = next
        // Two digits a step.
        while magnitude >= 100 {
            let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: 100)
            digit -= 2
            Self.write(rest, to: digit)
            magnitude = quotient
        }
        if magnitude >= 10 {
            Self.write(magnitude, to: digit - 2)
        } else {
            digit[-1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude)
        }
    }

    /// Writes a number below 100 with two digits.
    @inline(__always)
    private static func write(_ number: UInt64, to place: UnsafeMutablePointer<UInt8>) {
        let (ten, one) = UInt8(truncatingIfNeeded: number).quotientAndRemainder(dividingBy: 10)
        place[0] = UInt8(ascii: "0") + ten
        place[1] = UInt8(ascii: "0") + one
    }

    private static func digits(of magnitude: UInt64) -> Int {
        var digits = 1
        var limit: UInt64 = 10
        while magnitude >= limit {
            digits += 1
            let (next, isTooLarge) = limit.multipliedReportingOverflow(by: 10)
            guard !isTooLarge else { return digits }
            limit = next
        }
        return digits
    }

    /// Writes a number that is text already, such as an exact amount: plain where it is digits with an optional minus sign and
    /// decimal point, else as a text cell.
    public mutating func decimal(_ text: String) {
        separate()
        text.withBytes { cell in
            if CSVCell.isNumber(cell) {
                append(contentsOf: cell)
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
        append(UInt8(ascii: "\r"))
        append(UInt8(ascii: "\n"))
        isAtRowStart = true
    }

    /// Forgets the bytes, keeping their room.
    public mutating func removeAll() {
        next = start
    }

    private mutating func separate() {
        if !isAtRowStart { append(UInt8(ascii: ",")) }
        isAtRowStart = false
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        reserve(1)
        next.pointee = byte
        next += 1
    }

    private mutating func append(contentsOf bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        reserve(bytes.count)
        next.update(from: base, count: bytes.count)
        next += bytes.count
    }

    /// Makes room for so many bytes more.
    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if end - next < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let written = count
        let capacity = max(2 * (end - start), written + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: start, count: written)
        start.deallocate()
        start = larger
        next = larger + written
        end = larger + capacity
    }

    /// Appends the cell with its quotes doubled and its control characters shown.
    private mutating func escape(_ cell: UnsafeBufferPointer<UInt8>, _ marks: CSVCell.Marks) {
        guard marks.needEscapes else {
            append(contentsOf: cell)
            return
        }
        var start = 0
        var index = 0
        let bytes = UnsafeRawBufferPointer(cell)
        while index < cell.count {
            if index + 8 <= cell.count, !CSVCell.holdsMark(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            {
                index += 8
                continue
            }
            let byte = cell[index]
            let next = index + 1 < cell.count ? cell[index + 1] : 0
            guard let (replacement, length) = CSVCell.escape(byte, next) else {
                index += 1
                continue
            }
            append(contentsOf: UnsafeBufferPointer(rebasing: cell[start..<index]))
            for byte in replacement { append(byte) }
            index += length
            start = index
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: cell[start...]))
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
