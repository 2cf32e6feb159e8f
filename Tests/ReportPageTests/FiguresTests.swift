import Catalog
import Reconciliation
import Reporting
import Testing

@testable import ReportPage

/// Numbers, amounts and drawings.
struct FiguresTests {
    @Test(arguments: [
        ("100.00", "112.50", "+12.5 %"), ("100", "99.95", "−0.1 %"), ("100", "99.99", "under 0.1 %"),
        ("19.99", "39.98", "+100.0 %"), ("0.001", "0.003", "+200.0 %"), ("1000", "1", "−99.9 %"),
        ("3", "4", "+33.3 %"), ("3", "5", "+66.7 %"), ("900719925474099.3", "1801439850948198.6", "+100.0 %"),
    ])
    func `MO-1: a price's move is exact to the tenth`(_ old: String, _ new: String, percent: String) throws {
        #expect(try PriceMove(row(old, new), at: SampleRun.shop("lumen-home"))?.percent == percent)
    }

    @Test func `the largest moves come first, whatever their order was`() throws {
        let shop = try SampleRun.shop("lumen-home")
        let rows = ["101", "150", "99", "40", "100", "120", "x"].map { row("100", $0) }
        let part = SamplePart(shop).large(0).with(rows)
        #expect(PriceMove.largest(4, in: [part]).map(\.row.new) == ["40", "150", "120", "101"])
        #expect(PriceMove.largest(9, in: [part]).map(\.row.new) == ["40", "150", "120", "101", "99"])
    }

    @Test(arguments: [("", "5"), ("0", "5"), ("5", ""), ("5.00", "5"), ("x", "5"), ("-1", "5")])
    func `what has no share is no move`(_ old: String, _ new: String) throws {
        #expect(try PriceMove(row(old, new), at: SampleRun.shop("lumen-home")) == nil)
    }

    @Test(
        arguments: [
            ("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.50", "−1,234,567.50"), ("", nil), ("1e3", nil),
            ("12a", nil), (".5", nil), ("1.2.3", nil),
        ] as [(String, String?)]
    )
    func `amounts are grouped, anything else is none`(_ text: String, shown: String?) {
        #expect(PageText.decimal(text) == shown)
    }

    @Test(arguments: [(0, "0"), (7, "7"), (1_000, "1,000"), (-1_234_567, "−1,234,567")])
    func `counts are grouped`(_ number: Int, shown: String) {
        #expect(PageText.number(number) == shown)
    }

    @Test func `times name their zone`() {
        #expect(PageText.time(SampleRun.start) == "23 Nov 2026, 09:00 UTC")
        #expect(PageText.duration(.seconds(3_725)) == "1\u{A0}h 2\u{A0}min")
    }

    @Test(
        arguments: [
            ([3, 1], "M280 100V3H290V67H300V100Z"), ([3, nil], "M280 100V3H290V100Z"),
            ([0, 0], "M280 100V99H290V99H300V100Z"),
        ] as [([Int?], String)]
    )
    func `steps rise with the count`(_ counts: [Int?], path: String) throws {
        let drawing = StepDrawing(counts: counts, most: 3, slots: 30, title: "", description: "", id: "x")
        let stretch = try #require(drawing.stretches.first)
        #expect(drawing.outline(stretch, isClosed: true) == path)
    }

    @Test func `a run that counted nothing is a gap, not a zero`() {
        let drawing = StepDrawing(counts: [1, nil, 2, 0, nil], most: 2, slots: 30, title: "", description: "", id: "x")
        #expect(drawing.stretches == [0..<1, 2..<4])
        var html = HTMLWriter()
        drawing.write(to: &html)
        #expect(PageReader(html.bytes).tags.count { $0.attributes["class"] == "gap" } == 2)
    }

    @Test(arguments: [(0, 10, 0), (10, 10, 1000), (5, 10, 500), (1, 1_000_000, 4), (3, 0, 0)])
    func `a bar is as long as its share, and seen where there is anything`(_ count: Int, most: Int, length: Int) {
        #expect(BarDrawing(whole: count, part: 0, most: most).length(count) == length)
    }

    @Test func `drift counts what the store changed, stock apart`() throws {
        let part = try SamplePart(SampleRun.shop("lumen-home")).busy(1)
        let drifted = part.corrections.filter { $0.verdict == .destinationDrifted || $0.verdict == .both }
        let count = DriftCount(part.corrections)
        #expect(count.stock == drifted.count { $0.field == .inventory })
        #expect(count.fields == drifted.count { $0.field != .inventory })
        #expect(count.fields > 0 && count.stock > 0)
    }

    @Test func `the run stands at the end of its own history, once`() throws {
        let report = try SampleRun.busy.report()
        let known = try #require(try SampleRun.busy.history())
        let own = PastPart(
            run: report.run,
            startedAt: report.startedAt,
            shop: report.destinations[0].shop,
            status: "RUNNING",
            drift: DriftCount(fields: 99_999, stock: 0)
        )
        let table = DriftTable(report, history: RunHistory(parts: known.parts + [own], repeats: []))
        #expect(table.lines.count == RunHistory.mostRuns)
        #expect(table.lines.last?.startedAt == report.startedAt)
        #expect(
            table.lines.last?.sum?.fields == report.destinations.reduce(0) { $0 + DriftCount($1.corrections).fields }
        )
    }

    private func row(_ old: String, _ new: String) -> CorrectionRow {
        CorrectionRow(
            sku: "A",
            product: "",
            field: .price,
            source: "",
            old: old,
            new: new,
            verdict: .sourceChanged,
            outcome: "applied",
            reason: "",
            rate: "",
            rule: "",
            productID: 0,
            variantID: 0
        )
    }
}

extension DestinationReport {
    fileprivate func with(_ rows: [CorrectionRow]) -> DestinationReport {
        DestinationReport(
            shop: shop,
            status: status,
            detail: detail,
            plan: plan,
            brakes: brakes,
            rate: rate,
            summary: summary,
            corrections: rows,
            findings: findings
        )
    }
}
