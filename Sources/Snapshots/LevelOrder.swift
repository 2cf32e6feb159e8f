/// Puts levels in the order of their variants.
enum LevelOrder {
    /// The levels by variant, and where each variant's begin.
    ///
    /// Files mostly have them in that order already; then nothing is copied. Otherwise one counting pass and one that moves:
    /// levels of a variant keep the order of the file.
    static func order(
        _ levels: RowStorage<LevelRow>,
        variants: Int,
        isOrdered: Bool
    ) -> (levels: RowStorage<LevelRow>, starts: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: variants + 1)
        for row in levels.buffer { starts[Int(row.variant) + 1] += 1 }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
        guard !isOrdered else {
            levels.trim()
            return (levels, starts)
        }
        let sorted = RowStorage<LevelRow>(filledWith: levels.buffer)
        var free = starts
        for row in levels.buffer {
            let variant = Int(row.variant)
            sorted.rows[Int(free[variant])] = row
            free[variant] += 1
        }
        return (sorted, starts)
    }

    /// A level whose variant has another one at the same location, which a store cannot have.
    static func firstRepeated(_ levels: RowStorage<LevelRow>) -> LevelRow? {
        let rows = levels.buffer
        var begin = 0
        var seen: Set<UInt16> = []
        while begin < rows.count {
            var end = begin + 1
            while end < rows.count, rows[end].variant == rows[begin].variant { end += 1 }
            if end - begin > 16 {
                seen.removeAll(keepingCapacity: true)
                for place in begin..<end where !seen.insert(rows[place].location).inserted { return rows[place] }
            } else if end - begin > 1 {
                for place in (begin + 1)..<end {
                    for other in begin..<place where rows[other].location == rows[place].location { return rows[place] }
                }
            }
            begin = end
        }
        return nil
    }
}
