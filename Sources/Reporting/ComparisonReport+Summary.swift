import Catalog
import Reconciliation

extension ComparisonReport {
    /// The rows of `summary.csv`: the comparison, then each destination.
    public var summaryRows: [SummaryRow] {
        let whole: [(String, String, String)] = [
            ("command", "compare", "the command that ran"),
            ("source", source.label, "the source's file"),
            ("started_at", startedAt.description, "when it started (UTC)"),
            ("ended_at", endedAt.description, "when it ended (UTC)"),
            ("status", status, "how it ended"),
        ]
        return whole.map { SummaryRow(destination: "", metric: $0, value: .text($1), meaning: $2) }
            + source.notes.map {
                SummaryRow(destination: "", metric: "note", value: .text($0), meaning: "on the source's file")
            }
            + parts.flatMap(\.summaryRows)
    }
}

extension ComparisonReport.File {
    /// What reports call it.
    var label: String { shop.isEmpty ? name : shop }
}

extension ComparisonReport.Part {
    fileprivate var summaryRows: [SummaryRow] {
        let contradictions = summary.contradictions
        var rows: [SummaryRow] = [
            row("status", .text(status), "how this file's part ended"),
            row("rate", .text(rate), "the exchange rate of the prices, with its date and origin"),
            row(
                "sums_close",
                .text(contradictions.isEmpty ? "yes" : "no: " + contradictions.joined(separator: "; ")),
                "whether every SKU and correction is accounted for"
            ),
        ]
        rows += brakes.map {
            row("brake_\($0.brake.rawValue)", .text($0.detail), "brake: \($0.brake.title); stops \($0.extent.text)")
        }
        rows += summary.countRows.map { row($0, .count($1), $2) }
        rows.append(row("drifted_skus", .count(counts.driftedSKUs), "compared SKUs that differ in at least one field"))
        rows += counts.drift.keys.sorted().map { field in
            row(
                "drift_of_\(field.rawValue)",
                .count(counts.drift[field] ?? 0),
                "compared SKUs that differ in \(field.rawValue), whatever becomes of it"
            )
        }
        rows += notCompared.map {
            row("not_compared_\($0.field.rawValue)", .text($0.reason), "why \($0.field.rawValue) was not compared")
        }
        switch importing {
        case .notAsked, .nothing: break
        case .refused(let reason): rows.append(row("import", .text(reason), "why there is no import.csv"))
        case .written(let products, let lines, _, let left):
            rows.append(row("import_products", .count(products), "products in import.csv"))
            rows.append(row("import_rows", .count(lines), "rows of import.csv"))
            rows.append(
                row("import_left", .count(left), "corrections that import.csv cannot carry; findings.csv has them")
            )
        }
        rows += file.notes.map { row("note", .text($0), "on this file") }
        return rows
    }

    private func row(_ metric: String, _ value: SummaryRow.Value, _ meaning: String) -> SummaryRow {
        SummaryRow(destination: file.label, metric: metric, value: value, meaning: meaning)
    }
}
