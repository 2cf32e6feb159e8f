import Catalog
import Reconciliation
import Reporting

/// What keeps SKUs from being matched: blank, twice, nearly the same, moved.
struct HygieneSection: Sendable {
    let report: RunReport

    private static let most = 15

    func write(to html: inout HTMLWriter) {
        let compared = report.destinations.filter(\.wasCompared)
        let findings = report.destinations.flatMap(\.findings)
        let near = findings.filter { $0.kind == .nearMiss || ($0.kind.isUnmatched && !$0.suggestion.isEmpty) }
        let moved = findings.filter { $0.kind == .moved }
        html.section("hygiene", "SKU hygiene") { html in
            guard !compared.isEmpty else {
                html.paragraph("No store was compared.")
                return
            }
            html.table(
                "SKUs that can't be matched, by store",
                [
                    .text("Store"), .number("Blank"), .number("Twice"), .number("Missing here"), .number("Only here"),
                    .number("Not shared"), .number("Near misses"), .number("Moved"),
                ]
            ) { html in
                if let summary = compared.max(by: { $0.summary.sourceVariants < $1.summary.sourceVariants })?.summary {
                    html.row { html in
                        html.rowHeader("\(report.source.name) (source)")
                        html.cell(summary.sourceBlanks)
                        html.cell(summary.sourceDuplicates)
                        for _ in 0..<5 { html.element("td", [("class", "n")], text: "–") }
                    }
                }
                for part in compared { counts(of: part, &html) }
            }
            list("Near misses", "Probably the same SKU, written differently.", near, &html)
            list("Moved", "The SKU is on another variant than at the last run.", moved, &html)
        }
    }

    private func counts(of part: DestinationReport, _ html: inout HTMLWriter) {
        let summary = part.summary
        let near = part.findings.filter { $0.kind == .nearMiss || ($0.kind.isUnmatched && !$0.suggestion.isEmpty) }
        html.row { html in
            html.rowHeader(part.shop.name)
            html.cell(summary.destinationBlanks)
            html.cell(summary.destinationDuplicates)
            html.cell(summary.count(.missing))
            html.cell(summary.count(.extra))
            html.cell(summary.count(.unshared))
            html.cell(near.count)
            html.cell(part.findings.count { $0.kind == .moved })
        }
    }

    private func list(_ title: String, _ meaning: String, _ findings: [FindingRow], _ html: inout HTMLWriter) {
        guard !findings.isEmpty else { return }
        html.element("h3", text: title)
        html.note(meaning)
        html.table(title, [.text("SKU"), .text("Store"), .text("Found"), .text("To do")]) { html in
            for finding in findings.prefix(Self.most) {
                html.row { html in
                    html.skuHeader(finding.sku, finding.product, finding.adminPage)
                    html.cell(finding.shopName)
                    html.cell(finding.detail)
                    html.cell(finding.suggestion)
                }
            }
        }
        if findings.count > Self.most {
            html.note("And \(PageText.number(findings.count - Self.most)) more, in findings.csv.")
        }
    }
}

extension FindingRow.Kind {
    /// Whether the SKU has no partner in the other store.
    var isUnmatched: Bool { self == .missing || self == .extra }
}
