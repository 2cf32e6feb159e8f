import Catalog
import Reporting

/// Everything a person has to look at, the most urgent first, with the way to the store's admin.
struct FindingsSection: Sendable {
    let report: RunReport

    /// The most rows of one kind, so that thousands of one do not hide the others.
    private static let mostOfKind = 50
    private static let most = 400

    func write(to html: inout HTMLWriter) {
        let all = report.destinations.flatMap { part in part.findings.map { (part.shop, $0) } }
        html.section("findings", "Findings") { html in
            guard !all.isEmpty else {
                html.paragraph(
                    report.destinations.contains(where: \.lacksRows)
                        ? DestinationReport.withoutRows : "Nothing was found that a person has to look at."
                )
                return
            }
            let kinds = Dictionary(grouping: all, by: \.1.kind)
            let order = kinds.keys.sorted { ($0.urgency, $0.rawValue) < ($1.urgency, $1.rawValue) }
            html.paragraph(
                order.map { "\(PageText.number(kinds[$0]?.count ?? 0)) \($0.rawValue)" }.joined(separator: " · ")
            )
            let shown = Array(order.flatMap { (kinds[$0] ?? []).prefix(Self.mostOfKind) }.prefix(Self.most))
            html.table(
                "Findings, the most urgent first",
                [.text("SKU"), .text("Kind"), .text("Store"), .text("Found"), .text("To do")]
            ) { html in
                for (shop, finding) in shown { write(finding, of: shop, &html) }
            }
            if shown.count < all.count {
                html.note(
                    "\(PageText.number(shown.count)) of \(PageText.number(all.count)) are shown, at most \(Self.mostOfKind) of a kind. "
                        + "All of them are in findings.csv, one file for each store."
                )
            }
        }
    }

    private func write(_ finding: FindingRow, of destination: ShopDomain, _ html: inout HTMLWriter) {
        html.row { html in
            let page = finding.adminPage
            html.skuHeader(finding.sku.isEmpty && page == nil ? "–" : finding.sku, finding.product, page)
            html.cell(finding.kind.rawValue)
            html.element("td") { html in
                html.text(finding.shopName)
                // What only the source has is missing in one destination, and may be there in the others.
                if report.destinations.count > 1, finding.shop != destination.text {
                    html.element("small", text: "for \(destination.name)")
                }
            }
            html.cell(finding.detail, limit: 240)
            html.cell(finding.suggestion)
        }
    }
}

extension FindingRow {
    /// The page in the admin, made anew of shop and numbers: the row's own link is not trusted.
    var adminPage: AdminPage? {
        ShopDomain(shop).flatMap { AdminPage(shop: $0, product: productID, variant: variantID) }
    }

    /// The store's short name.
    var shopName: String { ShopDomain(shop)?.name ?? shop }
}

extension FindingRow.Kind {
    /// From what stops a store to what can wait.
    var urgency: Int {
        switch self {
        case .store, .brake: 0
        case .failed, .refused, .held, .moved: 1
        case .left, .negativeStock, .compareAtCleared: 2
        case .duplicateSKU, .nearMiss: 3
        case .missing, .extra, .unshared, .blankSKU: 4
        }
    }
}
