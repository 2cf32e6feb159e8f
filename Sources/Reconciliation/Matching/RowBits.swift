/// A set of row numbers, a bit each.
struct RowBits: Sendable {
    private var words: [UInt64]

    /// An empty set for rows below `count`.
    init(count: Int) {
        words = Array(repeating: 0, count: count / 64 + 1)
    }

    /// Adds a row.
    mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

    /// Whether the row is in the set.
    func contains(_ row: Int) -> Bool { words[row >> 6] & (1 << UInt64(row & 63)) != 0 }

    /// The rows in the set, ascending.
    var rows: [Int] {
        var rows: [Int] = []
        for (place, word) in words.enumerated() {
            var bits = word
            while bits != 0 {
                rows.append(place << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return rows
    }
}
