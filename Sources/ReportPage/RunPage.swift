public import Catalog
import Reconciliation
public import Reporting

/// The page of a run, `report.html`: one HTML file that needs nothing else.
///
/// It says first what became of the run and what a person has to do. It loads nothing, holds no script but the one that sorts and
/// filters its table, and is complete without that, without its style and without its drawings. The same values give the same
/// bytes. At most about 2 MB, however large the run: what is left out stands in the CSV files, and the page says so.
public struct RunPage: Sendable {
    let report: RunReport
    let history: RunHistory?
    let audience: PageAudience

    /// A page for an audience; `nil` where the report has no part of that destination.
    ///
    /// - Parameters:
    ///   - report: the run, whole.
    ///   - history: the latest runs up to this one; `nil` where they could not be read.
    ///   - audience: who reads it.
    ///   - others: further destinations of the team, whose names the page of one destination must not show.
    public init?(
        _ report: RunReport,
        history: RunHistory?,
        for audience: PageAudience,
        others: Set<ShopDomain> = []
    ) {
        guard let seen = report.seen(by: audience, others: others.union(history?.parts.map(\.shop) ?? [])) else {
            return nil
        }
        self.report = seen
        self.history = history?.seen(by: audience)
        self.audience = audience
    }

    /// The page of everything, for the team.
    public init(_ report: RunReport, history: RunHistory?) {
        self.report = report
        self.history = history
        audience = .team
    }

    /// The page in UTF-8.
    public var bytes: [UInt8] {
        var html = HTMLWriter()
        let outcome = PageOutcome(report, for: audience)
        html.markup("<!doctype html>\n<html lang=\"en\">\n")
        PageHead(title: "\(outcome.headline) – \(report.team.text), \(PageText.time(report.startedAt))").write(
            to: &html
        )
        html.markup("<body>\n")
        PageHeader(report: report, outcome: outcome).write(to: &html)
        html.markup("<main>\n")
        TasksSection(report: report, audience: audience).write(to: &html)
        StoresSection(report: report).write(to: &html)
        ChangesSection(report: report).write(to: &html)
        DriftSection(report: report, history: history).write(to: &html)
        RepeatsSection(report: report, history: history).write(to: &html)
        PricesSection(report: report).write(to: &html)
        StockSection(report: report).write(to: &html)
        OrdersSection().write(to: &html)
        HygieneSection(report: report).write(to: &html)
        FindingsSection(report: report).write(to: &html)
        CorrectionsSection(report: report).write(to: &html)
        html.markup("</main>\n")
        footer(&html)
        PageHead.writeScript(to: &html)
        html.markup("</body>\n</html>\n")
        return html.bytes
    }

    /// Where the rest is: a destination has its page from a mail.
    private var tables: String {
        switch audience {
        case .team: "Beside this page stand summary.csv and, for each store, corrections.csv and findings.csv."
        case .destination: "The tables of corrections and findings came with it."
        }
    }

    private func footer(_ html: inout HTMLWriter) {
        html.element("footer") { html in
            html.element("p") { html in
                html.text("SyncTec, team \(report.team.text), run ")
                html.element("code", text: report.run)
                html.text(". All times are UTC. \(tables)")
            }
        }
        html.line()
    }
}
