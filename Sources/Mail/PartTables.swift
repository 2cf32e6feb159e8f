import Catalog
import Reconciliation
import Reporting

/// The tables of a mail about destinations.
enum PartTables {
    /// Most findings a mail shows; all are attached.
    private static let mostFindings = 25

    /// One row per store; a column of zeros is left out, for narrow screens.
    static func stores(_ parts: [DestinationReport]) -> MailContent.Table {
        let counts: [(name: String, count: (DestinationSummary) -> Int)] = [
            ("matched", { $0.matched }), ("corrected", { $0.applied }), ("failed", { $0.failed }),
            ("held", { $0.heldFields + $0.refusedFields }), ("left", { $0.left + $0.planned }),
        ]
        let shown = counts.filter { column in
            ["matched", "corrected"].contains(column.name) || parts.contains { column.count($0.summary) > 0 }
        }
        return MailContent.Table(
            title: "Stores",
            columns: ["store", "outcome"] + shown.map(\.name) + ["to look at"],
            rows: parts.map { part in
                let isCompared = part.summary != DestinationSummary()
                return [part.shop.name, part.status]
                    + shown.map { isCompared ? "\($0.count(part.summary))" : "–" } + ["\(part.findings.count)"]
            }
        )
    }

    /// What is to say about one store: why, the brakes, the fields, what needs a person.
    static func details(_ part: DestinationReport, isForTeam: Bool) -> [MailContent.Table] {
        var facts: [[String]] = []
        if !part.detail.isEmpty, part.brakes.isEmpty { facts.append(["why", part.detail]) }
        for (brake, advice) in part.brakes.withAdvice(hash: part.plan) {
            facts.append(["brake", "\(brake.brake.title): \(brake.detail); stops \(brake.extent.text)"])
            if isForTeam, let advice { facts.append(["to do", advice]) }
        }
        if !part.rate.isEmpty { facts.append(["rate", part.rate]) }
        let fields = part.summary.corrections.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        if !fields.isEmpty {
            facts.append(["fields", fields.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")])
        }
        var tables: [MailContent.Table] = []
        if !facts.isEmpty { tables.append(.init(title: part.shop.text, columns: ["", ""], rows: facts)) }
        if !part.findings.isEmpty { tables.append(findings(part, isForTeam: isForTeam)) }
        return tables
    }

    /// What needs a person, what is most urgent first.
    private static func findings(_ part: DestinationReport, isForTeam: Bool) -> MailContent.Table {
        let ranked = part.findings.enumerated().sorted { left, right in
            (left.element.kind.rank, left.offset) < (right.element.kind.rank, right.offset)
        }
        let rest = part.findings.count - mostFindings
        return MailContent.Table(
            title: "To look at in \(part.shop)",
            columns: ["what", "SKU", "product", "found", "to do"],
            rows: ranked.prefix(mostFindings).map { _, row in
                // A reseller's rows bear its own advice since they were made its own.
                let toDo = isForTeam ? row.toDoForTeam(plan: part.plan) : row.suggestion
                return [row.title(at: part.shop), row.sku, row.product, row.detail, toDo]
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
