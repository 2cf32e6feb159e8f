/// What the bytes of a CSV cell ask for.
enum CSVCell {
    static let apostrophe = UInt8(ascii: "'")

    /// Which kinds of bytes stand in a cell.
    struct Marks {
        /// A comma, or CR or LF.
        let separators: Bool
        let quotes: Bool
        /// Control characters other than tab, CR and LF, or the first byte of a C1 one.
        let controls: Bool

        var needQuotes: Bool { separators || quotes }
        var needEscapes: Bool { quotes || controls }
    }

    /// Whether one of eight bytes is one that ``marks(in:)`` would find, or a tab.
    ///
    /// Sean Anderson, "Bit Twiddling Hacks": `hasless`, `haszero`.
    @inline(__always)
    static func holdsMark(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs = ones &* 0x80
        @inline(__always) func holds(_ byte: UInt8) -> UInt64 {
            let zeroed = word ^ (ones &* UInt64(byte))
            return (zeroed &- ones) & ~zeroed
        }
        let low = (word &- ones &* 0x20) & ~word
        if (low | holds(0x22) | holds(0x2C)) & highs != 0 { return true }
        // Nothing in seven bits can be 0xC2, and only 0x7F has the eighth when one is added.
        guard (word | word &+ ones) & highs != 0 else { return false }
        return (holds(0x7F) | holds(0xC2)) & highs != 0
    }

    /// Looks at every byte of a cell that is not plain.
    static func marks(in cell: UnsafeBufferPointer<UInt8>) -> Marks {
        var separators: UInt8 = 0
        var quotes: UInt8 = 0
        var controls: UInt8 = 0
        for byte in cell {
            let breaks: UInt8 = (byte == 0x0A ? 1 : 0) | (byte == 0x0D ? 1 : 0)
            separators |= breaks | (byte == 0x2C ? 1 : 0)
            quotes |= byte == 0x22 ? 1 : 0
            let low: UInt8 = (byte < 0x20 ? 1 : 0) & (byte == 0x09 ? 0 : 1)
            controls |= (low & ~breaks) | (byte == 0x7F ? 1 : 0) | (byte == 0xC2 ? 1 : 0)
        }
        return Marks(separators: separators != 0, quotes: quotes != 0, controls: controls != 0)
    }

    /// Whether a cell with this first byte has to be looked at by ``isFormula(_:)``.
    static func mayBeginFormula(_ first: UInt8) -> Bool {
        first <= 0x40 ? first < 0x30 || first == 0x3D || first == 0x40 : first >= 0xC2
    }

    /// Whether the first sign behind blanks and apostrophes is one that begins a formula.
    static func isFormula(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < cell.count {
            let blank = lengthOfBlank(cell, index)
            guard blank == 0 else {
                index += blank
                continue
            }
            switch cell[index] {
            case 0x09, 0x0A, 0x0D, UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"):
                return true
            case 0xE2, 0xEF: return isWideSign(cell, index)
            default: return false
            }
        }
        return false
    }

    /// A minus sign of its own (U+2212), and the full-width (U+FF0B, FF0D, FF1D, FF20) and small (U+FE62, FE63, FE66, FE6B) forms.
    private static func isWideSign(_ cell: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index + 2 < cell.count else { return false }
        switch (cell[index], cell[index + 1], cell[index + 2]) {
        case (0xE2, 0x88, 0x92): return true
        case (0xEF, 0xBC, 0x8B), (0xEF, 0xBC, 0x8D), (0xEF, 0xBC, 0x9D), (0xEF, 0xBC, 0xA0): return true
        case (0xEF, 0xB9, 0xA2), (0xEF, 0xB9, 0xA3), (0xEF, 0xB9, 0xA6), (0xEF, 0xB9, 0xAB): return true
        default: return false
        }
    }

    /// The length of an apostrophe, a blank or an invisible sign that a spreadsheet may drop; 0 for anything else.
    private static func lengthOfBlank(_ cell: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch cell[index] {
        case apostrophe, 0x20: return 1
        case 0xC2: return index + 1 < cell.count && cell[index + 1] == 0xA0 ? 2 : 0
        case 0xE2, 0xE3, 0xEF:
            guard index + 2 < cell.count else { return 0 }
            switch (cell[index], cell[index + 1], cell[index + 2]) {
            case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F...0xA0), (0xE3, 0x80, 0x80),
                (0xEF, 0xBB, 0xBF):
                return 3
            default: return 0
            }
        default: return 0
        }
    }

    /// What stands for this byte, or for it and the next, and how many bytes that replaces; `nil` where it stands for itself.
    static func escape(_ byte: UInt8, _ next: UInt8) -> (replacement: [UInt8], length: Int)? {
        switch byte {
        case UInt8(ascii: "\""): return (Array("\"\"".utf8), 1)
        case 0x09, 0x0A, 0x0D: return nil
        // Control pictures: U+2400 and on for the C0 controls, U+2421 for DEL.
        case 0..<0x20: return ([0xE2, 0x90, 0x80 + byte], 1)
        case 0x7F: return ([0xE2, 0x90, 0xA1], 1)
        // The C1 controls, some of which command a terminal, have no pictures: the replacement character.
        case 0xC2 where (0x80...0x9F).contains(next): return ([0xEF, 0xBF, 0xBD], 2)
        default: return nil
        }
    }

    /// Whether this is a number and nothing else: `-12.50`, never `+1`, `1e3` or `.5`.
    static func isNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        if cell.first == UInt8(ascii: "-") { index += 1 }
        let whole = digits(cell, from: index)
        guard whole > index else { return false }
        guard whole < cell.count else { return true }
        guard cell[whole] == UInt8(ascii: ".") else { return false }
        let end = digits(cell, from: whole + 1)
        return end > whole + 1 && end == cell.count
    }

    private static func digits(_ cell: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < cell.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(cell[index]) { index += 1 }
        return index
    }
}
