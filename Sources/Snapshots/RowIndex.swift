import CSimdjson

/// Finds rows by id while a file is read; finds out, too, that an id stands twice where it has to look.
///
/// Open addressing over row numbers; ids stay in the rows. Rows are entered late, when somebody asks: as children mostly come in
/// the order of their parents, whole files are read without a look-up.
final class RowIndex<Row: NumberedRow> {
    private let rows: RowStorage<Row>
    private var slots: UnsafeMutableBufferPointer<UInt32>
    private var entered = 0
    private var lastFound = 0

    init(_ rows: RowStorage<Row>) {
        self.rows = rows
        slots = .allocate(capacity: 0)
    }

    deinit {
        slots.deallocate()
    }

    /// The row of an id: the one found last or the one after it without a look-up, else through the index.
    @inline(__always)
    func find(_ id: Int64) throws(RepeatedID) -> Int? {
        let rows = rows.rows
        let count = self.rows.count
        if lastFound < count, rows[lastFound].id == id { return lastFound }
        if lastFound + 1 < count, rows[lastFound + 1].id == id {
            lastFound += 1
            return lastFound
        }
        guard let found = try search(id) else { return nil }
        lastFound = found
        return found
    }

    /// An id that stands on two rows.
    struct RepeatedID: Error {
        let id: Int64
    }

    private func search(_ id: Int64) throws(RepeatedID) -> Int? {
        try enterRows()
        guard !slots.isEmpty else { return nil }
        var place = start(of: id)
        while slots[place] != 0 {
            let row = Int(slots[place]) - 1
            if rows.rows[row].id == id { return row }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private func enterRows() throws(RepeatedID) {
        guard entered < rows.count else { return }
        if rows.count * 2 > slots.count {
            var capacity = max(1024, slots.count)
            while capacity < rows.count * 2 { capacity *= 2 }
            slots.deallocate()
            slots = .allocate(capacity: capacity)
            slots.initialize(repeating: 0)
            entered = 0
        }
        while entered < rows.count {
            let id = rows.rows[entered].id
            // The slots are all over the place: those of rows to come are on their way meanwhile.
            if entered + 16 < rows.count {
                csj_prefetch(slots.baseAddress.map { $0 + start(of: rows.rows[entered + 16].id) })
            }
            var place = start(of: id)
            while slots[place] != 0 {
                if rows.rows[Int(slots[place]) - 1].id == id { throw RepeatedID(id: id) }
                place = (place + 1) & (slots.count - 1)
            }
            slots[place] = UInt32(entered + 1)
            entered += 1
        }
    }

    @inline(__always)
    private func start(of id: Int64) -> Int { Int(truncatingIfNeeded: id.mixed) & (slots.count - 1) }
}
