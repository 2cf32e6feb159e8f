import Glibc
import Reporting
import Runs
import Testing

@testable import ReportFiles

/// A comparison's folder, which is there as a whole or not at all.
struct ComparisonFolderTests {
    /// Numbers in a row, a line each.
    private struct Numbers: CSVTable {
        static let columns = ["number"]
        let range: Range<Int>

        func write(to csv: inout CSVWriter) {
            for number in range {
                csv.number(Int64(number))
                csv.endRow()
            }
        }
    }

    /// Parts of very different sizes, so that they are not done in the order of their beginning.
    private static let parts: [Numbers] = {
        var start = 0
        return (0..<37).map { place in
            let end = start + (place.isMultiple(of: 3) ? 900 : place % 5)
            defer { start = end }
            return Numbers(range: start..<end)
        }
    }()
    private static let text = "number\r\n" + (0..<parts[36].range.upperBound).map { "\($0)\r\n" }.joined()

    private func make(_ path: String, _ calls: any FileCalls) throws {
        let folder = try ComparisonFolder(path, isNamed: true, calls: calls)
        try folder.write(Self.parts, as: "corrections.csv", in: "")
        try folder.write(Self.parts, as: "corrections.csv", in: "shop")
        try folder.publish()
    }

    @Test(arguments: [0, 1, 8, 9, 16, 17, 37]) func `a table's parts stand in their order`(count: Int) throws {
        let place = try TemporaryFolder()
        let folder = try ComparisonFolder(place.path + "/drift", isNamed: true)
        try folder.write(Array(Self.parts.prefix(count)), as: "corrections.csv", in: "")
        try folder.publish()
        let rows = Self.parts.prefix(count).last?.range.upperBound ?? 0
        #expect(
            try place.text("drift/corrections.csv") == "number\r\n" + (0..<rows).map { "\($0)\r\n" }.joined()
        )
    }

    // FAULTS CS-1.
    @Test(arguments: [ENOSPC, EIO], [false, true])
    func `CS-1: whatever call fails, the folder is whole or nothing is left of it`(code: Int32, isLasting: Bool) throws
    {
        let calls = FailingFileCalls(shortest: 9000)
        let whole = try TemporaryFolder()
        try make(whole.path + "/drift", calls)
        #expect(try whole.text("drift/corrections.csv") == Self.text)
        #expect(try whole.text("drift/shop/corrections.csv") == Self.text)
        for number in calls.made.indices {
            let place = try TemporaryFolder()
            let failing = FailingFileCalls(failing: number, code: code, isLasting: isLasting, shortest: 9000)
            #expect(throws: ReportError.self, "call \(number), \(calls.made[number])") {
                try make(place.path + "/drift", failing)
            }
            #expect(place.contents() == [], "call \(number), \(calls.made[number])")
        }
    }
}
