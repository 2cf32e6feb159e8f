import Glibc

/// A growing block of plain rows outside Swift's arrays.
///
/// `realloc` moves large blocks by remapping pages, so growth never holds two copies in memory as an array would.
/// Not Sendable by itself: written by one reader, then frozen into a ``PackedSnapshot``.
final class RowStorage<Row> {
    // Unchecked: one reader appends, and a check at every access costs more than the appending.
    @exclusivity(unchecked) private(set) var rows: UnsafeMutablePointer<Row>
    @exclusivity(unchecked) private(set) var count: Int
    @exclusivity(unchecked) private var capacity: Int

    init(capacity: Int = 1024) {
        self.capacity = max(1, capacity)
        count = 0
        rows = Self.allocate(nil, capacity: self.capacity)
    }

    /// A copy of rows, to be put into another order.
    init(filledWith source: UnsafeBufferPointer<Row>) {
        capacity = max(1, source.count)
        count = source.count
        rows = Self.allocate(nil, capacity: capacity)
        if let start = source.baseAddress { rows.initialize(from: start, count: source.count) }
    }

    deinit {
        free(rows)
    }

    /// The rows, valid as long as the storage lives and is not appended to.
    var buffer: UnsafeBufferPointer<Row> { UnsafeBufferPointer(start: rows, count: count) }

    /// Whether there are none.
    var isEmpty: Bool { count == 0 }

    /// Adds a row at the end.
    @inline(__always)
    func append(_ row: Row) {
        if count == capacity { grow() }
        (rows + count).initialize(to: row)
        count += 1
    }

    /// Makes room for so many rows in all.
    func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        capacity = wanted
        rows = Self.allocate(rows, capacity: capacity)
    }

    /// Adds rows at the end.
    func append(contentsOf more: UnsafeBufferPointer<Row>) {
        guard let start = more.baseAddress, !more.isEmpty else { return }
        while count + more.count > capacity { grow() }
        (rows + count).initialize(from: start, count: more.count)
        count += more.count
    }

    /// Takes over the rows of another storage, which has this one's afterwards.
    func exchange(with other: RowStorage<Row>) {
        swap(&rows, &other.rows)
        swap(&count, &other.count)
        swap(&capacity, &other.capacity)
    }

    /// Gives back what growth has kept in reserve.
    func trim() {
        guard capacity > count else { return }
        capacity = max(1, count)
        rows = Self.allocate(rows, capacity: capacity)
    }

    private func grow() {
        capacity += max(1024, capacity / 2)
        rows = Self.allocate(rows, capacity: capacity)
    }

    private static func allocate(_ old: UnsafeMutablePointer<Row>?, capacity: Int) -> UnsafeMutablePointer<Row> {
        precondition(_isPOD(Row.self), "rows are plain values")
        guard let memory = realloc(old, capacity * MemoryLayout<Row>.stride) else {
            fatalError("out of memory for \(capacity) rows of \(MemoryLayout<Row>.stride) bytes")
        }
        return memory.bindMemory(to: Row.self, capacity: capacity)
    }
}
