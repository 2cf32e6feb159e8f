import Foundation
import Testing

@testable import synctec_benchmark

struct CostTableTests {
    private func cost(_ wall: Double, _ peak: Int? = nil) -> ProcessCost {
        ProcessCost(wallSeconds: wall, userSeconds: wall, systemSeconds: 0, peakKiB: peak)
    }

    @Test(arguments: [([1], 1), ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([], 0)] as [([Double], Double)])
    func `the median is the middle of sorted values`(values: [Double], median: Double) {
        #expect(CostTable.median(values) == median)
    }

    @Test func `programs stand in ratio to the first, and memory that is unknown is not told`() {
        var table = CostTable()
        for wall in [1.0, 9.0, 2.0] { table.add("ours", cost(wall, 1024)) }
        table.add("theirs", cost(8, 5120))
        table.add("elsewhere", cost(1))
        #expect(
            table.text == """
                            median      min      max      cpu  peak MiB    time  memory
                ours       2.000 s  1.000 s  9.000 s  2.000 s       1.0  1.00 ×  1.00 ×
                theirs     8.000 s  8.000 s  8.000 s  8.000 s       5.0  4.00 ×  5.00 ×
                elsewhere  1.000 s  1.000 s  1.000 s  1.000 s         -  0.50 ×       -
                """
        )
    }

    @Test func `a process is measured by what it did, and one that fails says why`() throws {
        let good = try MeasuredProgram(words: ["sh", "-c", "exit 2"], goodStatuses: [0, 2])
            .run(output: "/dev/null", errors: "/dev/null")
        #expect(good.wallSeconds > 0)
        // A shell has less than these tests, whose memory the kernel takes for the least.
        #expect(good.peakKiB == nil)
        let errors = FileManager.default.temporaryDirectory.appending(path: "synctec-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: errors) }
        do {
            _ = try MeasuredProgram(words: ["sh", "-c", "echo broken >&2; exit 3"])
                .run(output: "/dev/null", errors: errors)
            Issue.record("it counts as good")
        } catch {
            #expect("\(error)".contains("status 3"))
            #expect("\(error)".contains("broken"))
        }
    }

    @Test func `the chart has a line for each program and escapes names`() {
        func measured(_ program: String, _ commit: String, _ wall: Double) -> synctec_benchmark.Measurement {
            synctec_benchmark.Measurement(
                at: "2026-11-23T00:00:00Z",
                benchmark: "compare",
                program: program,
                size: 100,
                commit: commit,
                machine: "m",
                cost: cost(wall)
            )
        }
        let svg = HistoryChart([measured("a<b", "1", 1), measured("a<b", "2", 2), measured("c", "1", 0.5)]).svg
        #expect(svg.contains("a&lt;b"))
        #expect(!svg.contains("a<b"))
        #expect(svg.components(separatedBy: "<circle").count == 4)
    }
}
