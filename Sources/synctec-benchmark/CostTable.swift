import Foundation

/// The runs of several programs as one table: medians, extremes, peak memory, and how each stands to the first.
struct CostTable {
    private var rows: [(program: String, costs: [ProcessCost])] = []

    mutating func add(_ program: String, _ cost: ProcessCost) {
        if let index = rows.firstIndex(where: { $0.program == program }) {
            rows[index].costs.append(cost)
        } else {
            rows.append((program, [cost]))
        }
    }

    /// The median wall time of a program.
    func median(_ program: String) -> Double? {
        rows.first { $0.program == program }.map { Self.median($0.costs.map(\.wallSeconds)) }
    }

    /// The most memory a program ever had.
    func peakKiB(_ program: String) -> Int? {
        rows.first { $0.program == program }?.costs.compactMap(\.peakKiB).max()
    }

    var text: String {
        guard let first = rows.first else { return "" }
        let base = Self.median(first.costs.map(\.wallSeconds))
        let baseMemory = Self.peak(first.costs)
        var lines = [["", "median", "min", "max", "cpu", "peak MiB", "time", "memory"]]
        for (program, costs) in rows {
            let walls = costs.map(\.wallSeconds)
            let median = Self.median(walls)
            let memory = Self.peak(costs)
            lines.append([
                program, Self.seconds(median), Self.seconds(walls.min() ?? 0), Self.seconds(walls.max() ?? 0),
                Self.seconds(Self.median(costs.map { $0.userSeconds + $0.systemSeconds })),
                memory.map { String(format: "%.1f", $0) } ?? "-", Self.ratio(median, base),
                memory.flatMap { memory in baseMemory.map { Self.ratio(memory, $0) } } ?? "-",
            ])
        }
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            line.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + blanks : blanks + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// Three digits and the unit that shows them.
    static func seconds(_ seconds: Double) -> String {
        seconds < 0.1 ? String(format: "%.1f ms", seconds * 1000) : String(format: "%.3f s", seconds)
    }

    private static func ratio(_ value: Double, _ base: Double) -> String {
        base > 0 ? String(format: "%.2f ×", value / base) : "-"
    }

    private static func peak(_ costs: [ProcessCost]) -> Double? {
        costs.compactMap(\.peakKiB).max().map { Double($0) / 1024 }
    }
}
