/// The rows of a CSV file (RFC 4180), one after the other, with a bounded piece of the file in memory.
///
/// Lines may end in CRLF, LF or CR, quoted cells may hold any of them; a byte order mark is passed over, rows without any sign
/// too. Not Sendable: one reader, one thread.
final class CSVRows {
    /// A cell of the present row, as places in memory.
    struct Cell {
        var start: Int
        var end: Int
        /// Whether doubled quotes stand for one.
        var hasDoubledQuotes: Bool
    }

    private static let pieceBytes = 1 << 20
    /// No product comes near: a description has at most 512 KB.
    private static let longestRow = 64 << 20

    /// The cells of the present row; places change with the next row.
    private(set) var cells: [Cell] = []
    /// The line on which the present row begins.
    private(set) var line = 0

    private let file: OpenFile
    private var memory: UnsafeMutableRawBufferPointer
    /// The bytes of memory that are filled, and where the next row begins among them.
    private var filled = 0
    private var next = 0
    private var offset = 0
    private var isAtEnd = false
    private var nextLine = 1
    private var hasStarted = false
    /// For a cell without its quotes.
    private var scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)

    init(_ file: OpenFile) {
        self.file = file
        memory = .allocate(byteCount: Self.pieceBytes, alignment: 64)
    }

    deinit {
        memory.deallocate()
        scratch.deallocate()
    }

    /// Goes to the next row; false after the last.
    func advance() throws(CatalogFileError) -> Bool {
        if !hasStarted {
            hasStarted = true
            try refill()
            if filled >= 3, memory[0] == 0xEF, memory[1] == 0xBB, memory[2] == 0xBF { next = 3 }
        }
        while true {
            line = nextLine
            switch try scan() {
            case .row:
                if cells.count == 1, cells[0].start == cells[0].end { continue }
                return true
            case .needsMore: try refill()
            case .end: return false
            }
        }
    }

    /// The bytes of a cell, with quotes undone; valid until the next call.
    func bytes(of cell: Cell) -> UnsafeRawBufferPointer {
        guard cell.hasDoubledQuotes else { return UnsafeRawBufferPointer(rebasing: memory[cell.start..<cell.end]) }
        if scratch.count < cell.end - cell.start {
            scratch.deallocate()
            scratch = .allocate(byteCount: 2 * (cell.end - cell.start), alignment: 16)
        }
        var place = cell.start
        var count = 0
        while place < cell.end {
            let byte = memory[place]
            scratch[count] = byte
            count += 1
            place += byte == Self.quote ? 2 : 1
        }
        return UnsafeRawBufferPointer(rebasing: scratch[..<count])
    }

    private enum Step { case row, needsMore, end }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    /// Reads one row from memory; starts over where memory ends before the row does.
    private func scan() throws(CatalogFileError) -> Step {
        cells.removeAll(keepingCapacity: true)
        guard next < filled else { return isAtEnd ? .end : .needsMore }
        var place = next
        var lines = nextLine
        while true {
            var cell = Cell(start: place, end: place, hasDoubledQuotes: false)
            if place < filled, memory[place] == Self.quote {
                place += 1
                cell.start = place
                guard let end = try endOfQuotes(from: place, &cell, &lines) else { return .needsMore }
                cell.end = end
                place = end + 1
                if place < filled {
                    let byte = memory[place]
                    guard byte == Self.comma || byte == 0x0A || byte == 0x0D else {
                        throw .row(
                            file: file.name,
                            line: lines,
                            reason: "text stands behind the closing quote of cell \(cells.count + 1); "
                                + "quotes inside a quoted cell are doubled"
                        )
                    }
                }
            } else {
                while place < filled {
                    let byte = memory[place]
                    if byte == Self.comma || byte == 0x0A || byte == 0x0D { break }
                    guard byte != Self.quote else {
                        throw .row(
                            file: file.name,
                            line: lines,
                            reason: "a quote stands inside cell \(cells.count + 1), which does not begin with one"
                        )
                    }
                    place += 1
                }
                cell.end = place
            }
            if place == filled {
                guard isAtEnd else { return .needsMore }
                cells.append(cell)
                next = place
                nextLine = lines
                return .row
            }
            cells.append(cell)
            let byte = memory[place]
            if byte == Self.comma {
                place += 1
                // A comma at the very end: one more, empty cell.
                if place == filled {
                    guard isAtEnd else { return .needsMore }
                    cells.append(Cell(start: place, end: place, hasDoubledQuotes: false))
                    next = place
                    nextLine = lines
                    return .row
                }
                continue
            }
            if byte == 0x0D {
                if place + 1 == filled, !isAtEnd { return .needsMore }
                if place + 1 < filled, memory[place + 1] == 0x0A { place += 1 }
            }
            next = place + 1
            nextLine = lines + 1
            return .row
        }
    }

    /// The place of the closing quote; nil where memory ends before it is sure.
    private func endOfQuotes(from start: Int, _ cell: inout Cell, _ lines: inout Int) throws(CatalogFileError) -> Int? {
        var place = start
        while place < filled {
            let byte = memory[place]
            if byte == Self.quote {
                if place + 1 == filled, !isAtEnd { return nil }
                guard place + 1 < filled, memory[place + 1] == Self.quote else { return place }
                cell.hasDoubledQuotes = true
                place += 2
            } else {
                if byte == 0x0A || byte == 0x0D && !(place + 1 < filled && memory[place + 1] == 0x0A) { lines += 1 }
                place += 1
            }
        }
        guard !isAtEnd else {
            throw .row(
                file: file.name,
                line: line,
                reason: "cell \(cells.count + 1) begins with a quote that is never closed: the file was cut short, "
                    + "or a quote is missing"
            )
        }
        return nil
    }

    /// Moves the present row to the front of memory and reads on behind it.
    private func refill() throws(CatalogFileError) {
        guard !Task.isCancelled else { throw .interrupted(file: file.name) }
        if next > 0 {
            memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[next..<filled]))
            filled -= next
            next = 0
        }
        if filled == memory.count {
            guard memory.count < Self.longestRow else {
                throw .row(
                    file: file.name,
                    line: line,
                    reason: "the row is longer than \(Self.longestRow) bytes; no product is, so the file is refused"
                )
            }
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 64)
            larger.copyMemory(from: UnsafeRawBufferPointer(memory))
            memory.deallocate()
            memory = larger
        }
        while filled < memory.count {
            let free = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
            let count = try file.read(into: free, at: offset)
            if count == 0 {
                isAtEnd = true
                return
            }
            filled += count
            offset += count
        }
    }
}
