import Catalog
import Reporting

/// Stock that a merchant would look at: gone, below zero at the source, or low where the store sells.
struct StockSection: Sendable {
    let report: RunReport

    private static let most = 15
    /// What counts as low.
    private static let lowUnits: Int64 = 5

    /// A row with its store.
    private typealias Item = (shop: ShopDomain, row: CorrectionRow)

    func write(to html: inout HTMLWriter) {
        var zero: [Item] = []
        var low: [Item] = []
        for part in report.destinations {
            for index in part.corrections.indices where part.corrections[index].field == .inventory {
                let row = part.corrections[index]
                guard let new = Int64(row.new) else { continue }
                if new == 0, let old = Int64(row.old), old > 0 { zero.append((shop: part.shop, row: row)) }
                if (1...Self.lowUnits).contains(new), row.verdict.isDrift { low.append((shop: part.shop, row: row)) }
            }
        }
        // Every destination reports the source's own trouble.
        var seen: Set<String> = []
        let negative = report.destinations.flatMap(\.findings).filter { finding in
            finding.kind == .negativeStock
                && seen.insert("\(finding.shop) \(finding.variantID) \(finding.sku)").inserted
        }
        html.section("stock", "Stock at risk") { html in
            guard !zero.isEmpty || !low.isEmpty || !negative.isEmpty else {
                html.paragraph(
                    report.whenCompared(
                        "No stock went to zero, none is negative at the source, and none that moved is low."
                    )
                )
                return
            }
            group("Goes to zero", "Off sale, or about to be.", zero, &html)
            group(
                "Low where the store sells",
                "\(Self.lowUnits) or fewer left, and the store's own count moved since the last run.",
                low,
                &html
            )
            if !negative.isEmpty { write(negative, &html) }
        }
    }

    private func group(_ title: String, _ meaning: String, _ items: [Item], _ html: inout HTMLWriter) {
        guard !items.isEmpty else { return }
        html.element("h3", text: "\(title): \(PageText.count(items.count, "SKU", "SKUs"))")
        html.note(meaning)
        html.table(
            title,
            [.text("SKU"), .text("Store"), .number("Was"), .number("New"), .text("Outcome")]
        ) { html in
            // What most units leave with is told first.
            for item in items.sorted(by: Self.isBefore).prefix(Self.most) {
                html.row { html in
                    html.skuHeader(
                        item.row.sku,
                        item.row.product,
                        AdminPage(shop: item.shop, product: item.row.productID, variant: item.row.variantID)
                    )
                    html.cell(item.shop.name)
                    html.value(item.row.old, of: .inventory, amongNumbers: true)
                    html.value(item.row.new, of: .inventory, amongNumbers: true)
                    html.cell(item.row.outcomeText)
                }
            }
        }
        rest(items.count, "corrections.csv", &html)
    }

    private static func isBefore(_ left: Item, _ right: Item) -> Bool {
        let (first, second) = (Int64(left.row.old) ?? 0, Int64(right.row.old) ?? 0)
        if first != second { return first > second }
        if left.shop != right.shop { return left.shop < right.shop }
        return left.row.sku.utf8.lexicographicallyPrecedes(right.row.sku.utf8)
    }

    private func write(_ findings: [FindingRow], _ html: inout HTMLWriter) {
        html.element("h3", text: "Below zero at the source: \(PageText.count(findings.count, "SKU", "SKUs"))")
        html.note("Sold more often than there is; it counts as 0 for every store.")
        html.table("Stock below zero at the source", [.text("SKU"), .text("To do")]) { html in
            for finding in findings.prefix(Self.most) {
                html.row { html in
                    html.skuHeader(finding.sku, finding.product, finding.adminPage)
                    html.cell(finding.suggestion)
                }
            }
        }
        rest(findings.count, "findings.csv", &html)
    }

    private func rest(_ count: Int, _ file: String, _ html: inout HTMLWriter) {
        guard count > Self.most else { return }
        html.note("And \(PageText.number(count - Self.most)) more, in \(file).")
    }
}
