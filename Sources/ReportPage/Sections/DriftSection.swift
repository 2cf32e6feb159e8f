import Catalog
import Reporting

/// How much the stores drifted over the latest runs: all together, and each for itself.
struct DriftSection: Sendable {
    let report: RunReport
    let history: RunHistory?

    func write(to html: inout HTMLWriter) {
        let table = DriftTable(report, history: history)
        html.section("drift", "Drift over the latest runs") { html in
            html.paragraph(
                "Locked fields that were found changed at a store and not at the source. Stock is counted apart, since it "
                    + "moves whenever a store sells."
            )
            if history == nil { html.note("Earlier runs could not be read from the ledger; this run stands alone.") }
            guard let first = table.lines.first, let last = table.lines.last else {
                html.paragraph("No run has looked at a store yet.")
                return
            }
            guard table.lines.count > 1 else {
                html.paragraph(alone(last))
                return
            }
            let span =
                "\(PageText.count(table.lines.count, "run", "runs")), \(PageText.day(first.startedAt)) to \(PageText.day(last.startedAt))"
            let totals = table.lines.map { $0.sum?.fields }
            let title = table.shops.count == 1 ? table.shops[0].name : "All stores"
            figure(totals, most: totals.compactMap(\.self).max() ?? 0, title, span, "drift-all", table, &html)
            if table.shops.count > 1 { multiples(table, &html) }
            numbers(table, &html)
        }
    }

    private func alone(_ line: DriftTable.Line) -> String {
        guard let sum = line.sum else { return "This is the first run on record, and no store was compared in it." }
        return "This is the first run on record: \(PageText.count(sum.fields, "field", "fields")), and "
            + "\(PageText.count(sum.stock, "stock level", "stock levels")). From the next run on a chart stands here."
    }

    private func multiples(_ table: DriftTable, _ html: inout HTMLWriter) {
        let counts = table.shops.map { shop in table.lines.map { ($0.stores[shop] ?? nil)?.fields } }
        let most = counts.flatMap { $0.compactMap(\.self) }.max() ?? 0
        html.element("h3", text: "Store by store")
        html.note(
            most == 0
                ? "No field differed in any of these runs."
                : "All to one scale: the full height is \(PageText.count(most, "field", "fields"))."
        )
        html.element("div", [("class", "multiples")]) { html in
            for (index, shop) in table.shops.enumerated() {
                figure(counts[index], most: most, shop.name, "", "drift-\(index)", table, &html)
            }
        }
        html.line()
    }

    private func figure(
        _ counts: [Int?],
        most: Int,
        _ title: String,
        _ span: String,
        _ id: String,
        _ table: DriftTable,
        _ html: inout HTMLWriter
    ) {
        html.element("figure") { html in
            html.element("figcaption") { html in
                html.element("strong") { $0.quoted(title) }
                html.text(" \(summary(counts, table))")
            }
            StepDrawing(
                counts: counts,
                most: most,
                slots: RunHistory.mostRuns,
                title: "Drift per run, \(title)",
                description: summary(counts, table) + " The numbers are in the table below.",
                id: id
            ).write(to: &html)
            if !span.isEmpty { html.element("p", [("class", "note")], text: "\(span), the newest at the right.") }
        }
        html.line()
    }

    private func summary(_ counts: [Int?], _ table: DriftTable) -> String {
        let known = counts.indices.filter { counts[$0] != nil }
        guard let newest = known.last, let count = counts[newest] else { return "was never compared." }
        let gaps = counts.count - known.count
        let peak = known.max { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) } ?? newest
        var text = "\(PageText.number(count)) in the \(newest == counts.count - 1 ? "latest run" : "last one compared")"
        if let most = counts[peak] ?? nil, most > 0 {
            text += ", most \(PageText.number(most)) on \(PageText.day(table.lines[peak].startedAt))"
        }
        if gaps > 0 { text += "; not compared in \(PageText.count(gaps, "run", "runs"))" }
        return text + "."
    }

    private func numbers(_ table: DriftTable, _ html: inout HTMLWriter) {
        html.element("details") { html in
            html.element("summary", text: "The numbers, run by run")
            let stores = table.shops.count > 1 ? table.shops : []
            let columns =
                [TableColumn.text("Run"), .number("Fields"), .number("Stock")] + stores.map { .number($0.name) }
            html.table("Drift per run: fields, stock, and fields by store", columns) { html in
                for line in table.lines.reversed() {
                    html.row { html in
                        html.element("th", [("scope", "row")]) { $0.time(line.startedAt) }
                        html.cell(line.sum?.fields)
                        html.cell(line.sum?.stock)
                        for shop in stores { html.cell((line.stores[shop] ?? nil)?.fields) }
                    }
                }
            }
        }
        html.line()
    }
}
