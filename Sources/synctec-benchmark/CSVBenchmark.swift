import ArgumentParser
import Foundation
import Glibc
import ReportFiles
import Reporting

/// Writes a large corrections report, beside copying the same bytes.
struct CSVBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csv",
        abstract: "Measures the writing of corrections.csv against memcpy of the same bytes.",
        discussion: """
            Prints two ratios: rows to bytes in memory, and a whole report folder brought to the disk against write and fsync of the
            same bytes.

            Example: synctec-benchmark csv --rows 1000000 --runs 7
            """
    )

    @Option(help: "Rows of corrections.csv.") var rows = 1_000_000
    @Option(help: "Runs of each.") var runs = 5
    @Option(help: "The file that every run adds a line to.") var history = ".build/benchmark/history.jsonl"

    /// As `ReportFiles` takes them.
    private static let pieceBytes = 1 << 20

    mutating func run() async throws {
        let history = History(history)
        let records = SampleRows.corrections(rows)
        let bytes = CorrectionRow.table(records)
        var table = CostTable()
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        for _ in 1...max(runs, 1) {
            let copying = try Self.cost {
                bytes.withUnsafeBytes { from in
                    piece.withUnsafeMutableBytes { to in
                        for start in stride(from: 0, to: from.count, by: to.count) {
                            let part = UnsafeRawBufferPointer(rebasing: from[start..<min(start + to.count, from.count)])
                            to.copyMemory(from: part)
                        }
                    }
                }
            }
            table.add("memcpy", copying)
            try history.add("csv", "memcpy", size: rows, copying)
            var written = 0
            let writing = try Self.cost { written = Self.write(records) }
            guard written == bytes.count else { throw BenchmarkFailure("\(written) bytes, not \(bytes.count)") }
            table.add("CSVWriter", writing)
            try history.add("csv", "CSVWriter", size: rows, writing)
        }
        let seconds = table.median("CSVWriter") ?? 0
        print("\(rows) rows, \(bytes.count) bytes, \(Int(Double(bytes.count) / max(seconds, 1e-9) / 1e6)) MB/s")
        print("\(table.text)\n")
        try await folder(records, bytes, history)
    }

    private func folder(_ records: [CorrectionRow], _ bytes: [UInt8], _ history: History) async throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "synctec-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        let report = try SampleRows.report(records)
        var table = CostTable()
        for run in 1...max(runs, 1) {
            let plain = place.appending(path: "plain-\(run)")
            let writing = try Self.cost {
                let file = open(plain.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
                defer { close(file) }
                let isWhole = bytes.withUnsafeBytes { bytes in
                    var written = 0
                    while written < bytes.count {
                        let count = Glibc.write(file, bytes.baseAddress?.advanced(by: written), bytes.count - written)
                        guard count > 0 else { return false }
                        written += count
                    }
                    return true
                }
                guard isWhole, fsync(file) == 0 else { throw BenchmarkFailure(String(cString: strerror(errno))) }
            }
            table.add("write and fsync", writing)
            try history.add("report folder", "write and fsync", size: rows, writing)
            let reports = place.appending(path: "reports-\(run)").path
            let folder = try Self.cost { _ = try ReportFolder(reports, team: report.team).write(report) }
            table.add("ReportFolder", folder)
            try history.add("report folder", "ReportFolder", size: rows, folder)
            try FileManager.default.removeItem(at: plain)
            try FileManager.default.removeItem(atPath: reports)
        }
        print(table.text)
    }

    /// Writes all rows, taking the bytes out in pieces, and tells how many.
    private static func write(_ records: [CorrectionRow]) -> Int {
        var csv = CSVWriter(reserving: pieceBytes + 4096)
        csv.header(CorrectionRow.columns)
        var written = 0
        for index in records.indices {
            records[index].write(to: &csv)
            csv.endRow()
            if csv.count >= pieceBytes {
                written += csv.count
                csv.removeAll()
            }
        }
        return written + csv.count
    }

    /// What a piece of work in this process cost.
    private static func cost(_ work: () throws -> Void) throws -> ProcessCost {
        var before = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &before)
        let start = ContinuousClock.now
        try work()
        let wall = (ContinuousClock.now - start) / .seconds(1)
        var after = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &after)
        func seconds(_ from: timeval, _ to: timeval) -> Double {
            Double(to.tv_sec - from.tv_sec) + Double(to.tv_usec - from.tv_usec) / 1_000_000
        }
        return ProcessCost(
            wallSeconds: wall,
            userSeconds: seconds(before.ru_utime, after.ru_utime),
            systemSeconds: seconds(before.ru_stime, after.ru_stime),
            peakKiB: nil
        )
    }
}
