import Catalog
import Reconciliation
import Reporting

/// What changed, by field and by destination.
struct ChangesSection: Sendable {
    let report: RunReport

    /// What came of one field in all stores.
    private struct FieldCount {
        var all = 0
        var made = 0
        var drifted = 0
    }

    func write(to html: inout HTMLWriter) {
        let counts = counts
        let fields = counts.keys.sorted()
        html.section("changes", "What changed") { html in
            guard !fields.isEmpty else {
                html.paragraph(report.whenCompared("No locked field differed."))
                return
            }
            let rowsAreGone = report.destinations.contains(where: \.lacksRows)
            if rowsAreGone { html.note(DestinationReport.withoutRows) }
            let most = counts.values.map(\.all).max() ?? 0
            html.table(
                "Corrections by field",
                [
                    .text("Field"), .text("Share"), .number("Corrections"), .number("Made"),
                    .number("Changed at the store"),
                ]
            ) { html in
                for field in fields {
                    guard let count = counts[field] else { continue }
                    html.row { html in
                        html.rowHeader(PageText.field(field))
                        html.element("td", [("class", "chart")]) { html in
                            BarDrawing(whole: count.all, part: count.made, most: most).write(to: &html)
                        }
                        html.cell(count.all)
                        html.cell(rowsAreGone ? nil : count.made)
                        html.cell(rowsAreGone ? nil : count.drifted)
                    }
                }
            }
            html.note(
                "Full colour: written and read back. Paler: planned, held back or not made. "
                    + "Changed at the store: it was changed there since the last run, not at the source."
            )
            if report.destinations.count > 1 { byStore(fields, &html) }
        }
    }

    private func byStore(_ fields: [CatalogField], _ html: inout HTMLWriter) {
        let columns = [TableColumn.text("Store"), .number("All")] + fields.map { .number(PageText.field($0)) }
        html.table("Corrections by store and field", columns) { html in
            for part in report.destinations {
                html.row { html in
                    html.rowHeader(part.shop.name)
                    html.cell(part.wasCompared ? part.summary.corrections.values.reduce(0, +) : nil)
                    for field in fields { html.cell(part.wasCompared ? part.summary.corrections[field] ?? 0 : nil) }
                }
            }
        }
    }

    private var counts: [CatalogField: FieldCount] {
        var counts: [CatalogField: FieldCount] = [:]
        for part in report.destinations {
            for (field, count) in part.summary.corrections where count > 0 {
                counts[field, default: .init()].all += count
            }
            for row in part.corrections {
                guard let field = row.field, row.outcome != CorrectionRow.held, row.outcome != CorrectionRow.refused
                else { continue }
                if row.isMade { counts[field, default: .init()].made += 1 }
                if row.verdict.isDrift { counts[field, default: .init()].drifted += 1 }
            }
        }
        return counts
    }
}

extension CorrectionRow {
    /// Whether the store has the new value.
    var isMade: Bool { outcome == CorrectionOutcome.applied.word || outcome == CorrectionOutcome.alreadyThere.word }
}

extension Verdict {
    /// Whether the destination moved.
    var isDrift: Bool { self == .destinationDrifted || self == .both }
}
