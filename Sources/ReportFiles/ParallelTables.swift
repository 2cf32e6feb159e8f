import Dispatch
import Reporting

/// Parts of a table that are being put into words, on all cores, while others are written.
///
/// `@unchecked Sendable`: each part's words are set by the call of its own number, and read after ``words()`` has waited for all.
final class ParallelTables<Rows: Sequence & Sendable>: @unchecked Sendable where Rows.Element: CSVRecord {
    private let parts: ArraySlice<Rows>
    private let results: UnsafeMutableBufferPointer<[UInt8]>
    private let group = DispatchGroup()

    /// Begins.
    init(_ parts: ArraySlice<Rows>) {
        self.parts = parts
        results = .allocate(capacity: parts.count)
        results.initialize(repeating: [])
        DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in
            DispatchQueue.concurrentPerform(iterations: parts.count) { write($0) }
        }
    }

    deinit {
        results.deinitialize()
        results.deallocate()
    }

    /// The bytes of each part, without a header, as soon as all are there.
    func words() -> [[UInt8]] {
        group.wait()
        return Array(results)
    }

    private func write(_ number: Int) {
        let rows = parts[parts.startIndex + number]
        var csv = CSVWriter(reserving: 192 * (rows.underestimatedCount + 1))
        for row in rows {
            row.write(to: &csv)
            csv.endRow()
        }
        results[number] = csv.bytes
    }
}
