import Foundation

/// Wall times over commits as SVG.
struct HistoryChart {
    private struct Chart {
        let title: String
        var commits: [String] = []
        /// Wall seconds by program and commit.
        var walls: [String: [String: [Double]]] = [:]
    }

    private static let width = 760.0
    private static let height = 300.0
    private static let margin = (left: 70.0, right: 170.0, top: 34.0, bottom: 40.0)
    private static let colors = ["#0b6e4f", "#c0392b", "#2c5f9e", "#b8860b", "#6a3d9a", "#444444", "#d35400"]

    private var charts: [Chart] = []

    init(_ measurements: [Measurement]) {
        for measurement in measurements {
            let title = "\(measurement.benchmark), \(measurement.size)"
            let index = charts.firstIndex { $0.title == title } ?? charts.endIndex
            if index == charts.endIndex { charts.append(Chart(title: title)) }
            if !charts[index].commits.contains(measurement.commit) { charts[index].commits.append(measurement.commit) }
            charts[index].walls[measurement.program, default: [:]][measurement.commit, default: []]
                .append(measurement.cost.wallSeconds)
        }
    }

    var svg: String {
        let total = Self.height * Double(charts.count)
        let size = "viewBox=\"0 0 \(Self.width) \(total)\" width=\"\(Self.width)\" height=\"\(total)\""
        let drawn = charts.enumerated().map { index, chart in
            "<g transform=\"translate(0 \(Self.height * Double(index)))\">\n\(Self.draw(chart))\n</g>"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) font-family="sans-serif" font-size="12">
            \(drawn.joined(separator: "\n"))
            </svg>
            """
    }

    private static func draw(_ chart: Chart) -> String {
        let walls = chart.walls.values.flatMap { $0.values.joined() }.filter { $0 > 0 }
        // Whole powers of ten around all values.
        let low = floor(log10(walls.min() ?? 1))
        let high = max(ceil(log10(walls.max() ?? 1)), low + 1)
        let bottom = height - margin.bottom
        func y(_ seconds: Double) -> Double {
            bottom - (log10(max(seconds, 1e-9)) - low) / (high - low) * (bottom - margin.top)
        }
        func x(_ index: Int) -> Double {
            let room = width - margin.left - margin.right
            return margin.left
                + (chart.commits.count > 1 ? room * Double(index) / Double(chart.commits.count - 1) : room / 2)
        }
        var parts = ["<text x=\"\(margin.left)\" y=\"20\" font-weight=\"bold\">\(escaped(chart.title))</text>"]
        for power in stride(from: low, through: high, by: 1) {
            let level = y(pow(10, power))
            parts.append(
                "<path d=\"M\(margin.left) \(level)H\(width - margin.right)\" stroke=\"#ddd\"/>"
                    + "<text x=\"\(margin.left - 8)\" y=\"\(level + 4)\" text-anchor=\"end\">\(label(pow(10, power)))</text>"
            )
        }
        for (index, commit) in chart.commits.enumerated() {
            parts.append(
                "<text x=\"\(x(index))\" y=\"\(bottom + 18)\" text-anchor=\"middle\">\(escaped(String(commit.prefix(7))))</text>"
            )
        }
        for (number, (program, runs)) in chart.walls.sorted(by: { $0.key < $1.key }).enumerated() {
            let color = colors[number % colors.count]
            let points = chart.commits.enumerated().compactMap { index, commit in
                runs[commit].map { (x: x(index), y: y(CostTable.median($0))) }
            }
            let path = points.enumerated().map { "\($0.offset == 0 ? "M" : "L")\($0.element.x) \($0.element.y)" }
            parts.append("<path d=\"\(path.joined())\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"/>")
            for point in points {
                parts.append("<circle cx=\"\(point.x)\" cy=\"\(point.y)\" r=\"3\" fill=\"\(color)\"/>")
            }
            let line = margin.top + 10 + Double(number) * 18
            parts.append(
                "<text x=\"\(width - margin.right + 16)\" y=\"\(line)\" fill=\"\(color)\">\(escaped(program))</text>"
            )
        }
        return parts.joined(separator: "\n")
    }

    private static func label(_ seconds: Double) -> String {
        seconds < 1 ? "\(Int((seconds * 1000).rounded())) ms" : "\(Int(seconds.rounded())) s"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
