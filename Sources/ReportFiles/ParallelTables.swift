import Dispatch
import Reporting

/// Tables that are put into words on all cores, while others are written.
///
/// Its memory is used for batch after batch. `@unchecked Sendable`: each writer is used by the call of its own number, and by
/// others only after ``wait()`` has waited for all.
final class ParallelTables<Table: CSVTable>: @unchecked Sendable {
    private var tables: ArraySlice<Table> = []
    private let writers: UnsafeMutableBufferPointer<CSVWriter>
    private let group = DispatchGroup()

    /// For batches of so many tables at most.
    init(atOnce most: Int) {
        writers = .allocate(capacity: most)
        for place in 0..<most { writers.initializeElement(at: place, to: CSVWriter(reserving: 1 << 18)) }
    }

    // A batch under way holds on to its tables, so there is none left to wait for; the last to let go may be the batch itself.
    deinit {
        writers.deinitialize()
        writers.deallocate()
    }

    /// Begins with a batch, after the last was waited for; what was made of that is gone.
    func begin(_ batch: ArraySlice<Table>) {
        precondition(batch.count <= writers.count, "there are fewer writers than tables")
        tables = batch
        DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in
            DispatchQueue.concurrentPerform(iterations: tables.count) { number in
                writers[number].removeAll()
                tables[tables.startIndex + number].write(to: &writers[number])
            }
        }
    }

    /// Waits until all of the batch is there.
    func wait() { group.wait() }

    /// Lends the bytes of each table of the batch, in order and without headers.
    func forEach<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        for number in 0..<tables.count { try writers[number].withBytes(body) }
    }
}
