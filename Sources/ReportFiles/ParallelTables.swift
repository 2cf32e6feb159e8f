import Dispatch
import Reporting

/// Puts parts of a table into words on all cores.
enum ParallelTables {
    /// The bytes of each part, without a header.
    static func bytes<Rows: Sequence & Sendable>(of parts: ArraySlice<Rows>) -> [[UInt8]]
    where Rows.Element: CSVRecord {
        let results = UnsafeMutableBufferPointer<[UInt8]>.allocate(capacity: parts.count)
        results.initialize(repeating: [])
        defer {
            results.deinitialize()
            results.deallocate()
        }
        // Each call writes the element of its own number, and all have ended before any is read.
        nonisolated(unsafe) let elements = results
        DispatchQueue.concurrentPerform(iterations: parts.count) { number in
            let rows = parts[parts.startIndex + number]
            var csv = CSVWriter(reserving: 192 * (rows.underestimatedCount + 1))
            for row in rows {
                row.write(to: &csv)
                csv.endRow()
            }
            elements[number] = csv.bytes
        }
        return Array(results)
    }
}
