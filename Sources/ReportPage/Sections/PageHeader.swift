import Catalog
import Reconciliation
import Reporting

/// The outcome, before everything else: a mail client's preview shows the first words of the body.
struct PageHeader: Sendable {
    let report: RunReport
    let outcome: PageOutcome

    func write(to html: inout HTMLWriter) {
        html.element("header", [("class", outcome.tone.rawValue)]) { html in
            html.element("h1") { html in
                html.text(outcome.headline)
                html.markup(".")
            }
            html.line()
            html.element("p", [("class", "lede")], text: sums, limit: .max)
            html.line()
            html.element("p", [("class", "note")]) { html in
                html.text("\(report.team.text), source ")
                html.quoted(report.source.text)
                html.text(" · ")
                html.element("code", text: report.command)
                html.text(" of ")
                html.time(report.startedAt)
                html.text(", took \(PageText.duration(report.endedAt - report.startedAt))")
            }
            html.line()
            navigation(&html)
        }
        html.line()
    }

    /// What was compared and what became of it, in numbers.
    private var sums: String {
        let parts = report.destinations
        func sum(_ count: (DestinationSummary) -> Int) -> Int { parts.reduce(0) { $0 + count($1.summary) } }
        let compared = parts.filter(\.wasCompared).count
        guard compared > 0 else { return "No store was compared, and nothing was written." }
        let stores = parts.count == 1 ? "" : " in \(PageText.count(compared, "store", "stores"))"
        let matched = sum(\.matched)
        let inStep = parts.reduce(0) { $0 + $1.summary.count(.inStep) }
        var words = ["\(PageText.count(matched, "SKU", "SKUs")) compared\(stores), \(PageText.number(inStep)) in step"]
        let made = [
            (sum(\.applied), "corrections made", "correction made"), (sum(\.planned), "planned", "planned"),
            (sum(\.failed), "failed", "failed"), (sum(\.heldFields) + sum(\.refusedFields), "held back", "held back"),
            (sum(\.left), "left", "left"),
        ]
        words += made.filter { $0.0 > 0 }.map { "\(PageText.number($0.0)) \($0.0 == 1 ? $0.2 : $0.1)" }
        return words.joined(separator: "; ") + "."
    }

    private func navigation(_ html: inout HTMLWriter) {
        let places: [(StaticString, StaticString)] = [
            ("stores", "Stores"), ("changes", "What changed"), ("drift", "Drift"), ("repeats", "Repeat offenders"),
            ("prices", "Prices"), ("stock", "Stock"), ("orders", "Orders"), ("hygiene", "SKUs"),
            ("findings", "Findings"),
        ]
        html.element("nav", [("aria-label", "On this page")]) { html in
            html.markup("<a class=\"skip\" href=\"#corrections\">Skip to all corrections</a>")
            for (id, title) in places {
                html.markup(" ")
                html.element("a", [("href", "#\(id)")], text: "\(title)")
            }
            html.markup(" <a href=\"#corrections\">All corrections</a>")
        }
        html.line()
    }
}
