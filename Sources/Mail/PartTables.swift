import Catalog
import Reconciliation
import Reporting

/// The tables of a mail about destinations.
enum PartTables {
    /// Most findings a mail shows; all are attached.
    private static let mostFindings = 25

    /// One row per store.
    static func stores(_ parts: [DestinationReport]) -> MailContent.Table {
        MailContent.Table(
            title: "Stores",
            columns: ["store", "outcome", "matched", "corrected", "failed", "held", "left", "to look at"],
            rows: parts.map { part in
                let summary = part.summary
                let isCompared = summary != DestinationSummary()
                func count(_ number: Int) -> String { isCompared ? "\(number)" : "–" }
                return [
                    part.shop.text, part.status, count(summary.matched), count(summary.applied), count(summary.failed),
                    count(summary.heldFields + summary.refusedFields), count(summary.left + summary.planned),
                    "\(part.findings.count)",
                ]
            }
        )
    }

    /// What is to say about one store: why, the brakes, the fields, what needs a person.
    static func details(_ part: DestinationReport, isForTeam: Bool) -> [MailContent.Table] {
        var facts: [[String]] = []
        if !part.detail.isEmpty, part.brakes.isEmpty { facts.append(["why", part.detail]) }
        for brake in part.brakes {
            facts.append(["brake", "\(brake.brake.title): \(brake.detail); stops \(brake.extent.text)"])
            if isForTeam { facts.append(["to do", brake.advice(hash: part.plan)]) }
        }
        if !part.rate.isEmpty { facts.append(["rate", part.rate]) }
        let fields = part.summary.corrections.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        if !fields.isEmpty {
            facts.append(["fields", fields.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")])
        }
        var tables: [MailContent.Table] = []
        if !facts.isEmpty { tables.append(.init(title: part.shop.text, columns: ["", ""], rows: facts)) }
        if !part.findings.isEmpty { tables.append(findings(part)) }
        return tables
    }

    /// What needs a person, what is most urgent first.
    private static func findings(_ part: DestinationReport) -> MailContent.Table {
        let ranked = part.findings.enumerated().sorted { left, right in
            (left.element.kind.rank, left.offset) < (right.element.kind.rank, right.offset)
        }
        let rest = part.findings.count - mostFindings
        return MailContent.Table(
            title: "To look at in \(part.shop)",
            columns: ["what", "SKU", "product", "found", "to do"],
            rows: ranked.prefix(mostFindings).map { _, row in
                [row.kind.rawValue, row.sku, row.product, row.detail, row.suggestion]
            },
            note: rest > 0 ? "and \(rest) more, in findings.csv" : ""
        )
    }
}

extension FindingRow.Kind {
    /// The most urgent first.
    fileprivate var rank: Int {
        switch self {
        case .store, .brake: 0
        case .failed, .left, .refused, .held, .moved: 1
        case .negativeStock, .compareAtCleared, .duplicateSKU, .nearMiss: 2
        case .missing, .extra, .unshared, .blankSKU: 3
        }
    }
}
