import Catalog
import Reconciliation
import Reporting

/// How each destination stands: one line of outcome, one of numbers.
struct StoresSection: Sendable {
    let report: RunReport

    func write(to html: inout HTMLWriter) {
        html.section("stores", report.destinations.count == 1 ? "The store" : "Stores") { html in
            guard !report.destinations.isEmpty else {
                html.paragraph("The run came to no store.")
                return
            }
            html.element("ul", [("class", "stores")]) { html in
                for part in report.destinations { write(part, to: &html) }
            }
            html.line()
        }
    }

    private func write(_ part: DestinationReport, to html: inout HTMLWriter) {
        let outcome = PartOutcome(part)
        html.element("li", [("class", outcome.tone.rawValue)]) { html in
            html.element("h3") { $0.quoted(part.shop.text) }
            html.element("p", [("class", "word")]) { html in
                html.element("span", [("class", "mark"), ("aria-hidden", "true")]) { $0.markup("") }
                html.text(outcome.word)
                if part.status != "OK" { html.element("span", [("class", "status")], text: " \(part.status)") }
            }
            if !part.detail.isEmpty { html.element("p", text: part.detail, limit: 400) }
            html.element("p", [("class", "note")], text: numbers(part), limit: 600)
        }
        html.line()
    }

    private func numbers(_ part: DestinationReport) -> String {
        let summary = part.summary
        guard part.wasCompared else { return "Not compared." }
        var words = ["\(PageText.count(summary.matched, "SKU", "SKUs")) compared"]
        let counts = [
            (summary.count(.inStep), "in step"), (summary.applied, "corrected"), (summary.planned, "planned"),
            (summary.failed, "failed"), (summary.left, "left"),
            (summary.heldFields + summary.refusedFields, "held back"),
            (part.findings.count, part.findings.count == 1 ? "finding" : "findings"),
        ]
        words += counts.filter { $0.0 > 0 }.map { "\(PageText.number($0.0)) \($0.1)" }
        let rate = part.rate.isEmpty ? "" : " Rate: \(part.rate)."
        let open = summary.contradictions.map { " Does not add up, report this: \($0)." }.joined()
        return words.joined(separator: " · ") + "." + rate + open
    }
}
