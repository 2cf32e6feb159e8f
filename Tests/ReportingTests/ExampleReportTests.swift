import Catalog
import FoundationEssentials
import Reconciliation
import Testing

@testable import Reporting

struct ExampleReportTests {
    private let example: ExampleReport

    init() throws {
        example = try ExampleReport()
    }

    @Test func `summary.csv is the published example`() throws {
        let bytes = SummaryRow.table(example.report.summaryRows)
        _ = try StrictCSV.rows(bytes)
        try GoldenFile.expect(bytes, at: "reports/examples/summary.csv")
    }

    @Test func `corrections.csv and findings.csv are the published examples`() throws {
        for destination in example.report.destinations {
            let folder = "reports/examples/\(destination.shop.name)"
            try GoldenFile.expect(CorrectionRow.table(destination.corrections), at: "\(folder)/corrections.csv")
            try GoldenFile.expect(FindingRow.table(destination.findings), at: "\(folder)/findings.csv")
        }
    }

    @Test func `the plan's CSV is the published example`() throws {
        try GoldenFile.expect(example.plan.csv(), at: "reports/examples/plan.csv")
    }

    @Test func `the report's JSON is the published example`() throws {
        try GoldenFile.expect(example.report.json(), at: "reports/examples/report.json")
    }

    @Test func `the plan reads as the golden text`() throws {
        let text = try example.plan.text(brakes: [example.brake])
        try GoldenFile.expect(Array(text.utf8), at: "Tests/ReportingTests/Golden/plan.txt")
    }

    @Test func `a long plan is cut with the number of lines left out`() throws {
        let text = try example.plan.text(limit: 1)
        try GoldenFile.expect(Array(text.utf8), at: "Tests/ReportingTests/Golden/plan-short.txt")
    }

    @Test func `the report reads as the golden text`() throws {
        try GoldenFile.expect(Array(example.report.text.utf8), at: "Tests/ReportingTests/Golden/report.txt")
    }

    @Test func `the same report renders the same twice`() throws {
        let again = try ExampleReport()
        #expect(example.report.json() == again.report.json())
        #expect(example.report.text == again.report.text)
        #expect(try example.plan.text() == again.plan.text())
        #expect(SummaryRow.table(example.report.summaryRows) == SummaryRow.table(again.report.summaryRows))
    }

    @Test func `the example's own sums close`() {
        for destination in example.report.destinations { #expect(destination.summary.contradictions == []) }
    }

    @Test func `rows stand by SKU, then field, held items among the corrections`() throws {
        let rows = CorrectionRow.rows(of: example.plan)
        let keys = rows.map { ($0.sku, $0.field?.position ?? -1) }
        #expect(rows.count == example.plan.corrections.count + example.plan.held.count)
        for (left, right) in zip(keys, keys.dropFirst()) {
            let isOrdered = left.0 == right.0 ? left.1 <= right.1 : left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
            #expect(isOrdered)
        }
    }

    @Test func `a row carries the outcome of its own correction`() throws {
        let outcomes = example.plan.corrections.indices.map { CorrectionOutcome.left(reason: "\($0)") }
        let rows = CorrectionRow.rows(of: example.plan, outcomes: outcomes).filter { $0.outcome == "left" }
        #expect(rows.map(\.reason) == outcomes.map(\.reason))
        #expect(zip(rows, example.plan.corrections).allSatisfy { $0.sku == $1.sku.text && $0.field == $1.field })
    }
}
