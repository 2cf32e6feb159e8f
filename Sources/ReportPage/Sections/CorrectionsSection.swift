import Catalog
import Reconciliation
import Reporting

/// Every field that differed, in one table that the page's script sorts and filters.
///
/// A large run shows what needs a person first, and says where the rest is.
struct CorrectionsSection: Sendable {
    let report: RunReport

    /// The most rows on the page.
    static let mostRows = 2_000
    /// The most bytes of rows, whatever stands in them.
    static let mostBytes = 1_200_000

    /// A row with its store.
    private typealias Item = (shop: ShopDomain, row: CorrectionRow)

    func write(to html: inout HTMLWriter) {
        let all = report.destinations.reduce(0) { $0 + $1.corrections.count }
        html.section("corrections", "All corrections") { html in
            guard all > 0 else {
                html.paragraph(report.whenCompared("No locked field differed, so there was nothing to correct."))
                return
            }
            let items = chosen
            controls(items, &html)
            var shown = 0
            html.table(
                "Corrections",
                [
                    .text("SKU"), .text("Field"), .text("Was"), .text("New"), .text("Outcome"), .text("Who moved"),
                    .text("Store"),
                ],
                id: "rows"
            ) { html in
                let start = html.bytes.count
                for item in items where html.bytes.count - start < Self.mostBytes {
                    write(item, &html)
                    shown += 1
                }
            }
            if shown < all {
                html.note(
                    "\(PageText.number(shown)) of \(PageText.number(all)) rows are on this page, those that need a person first. All of them are "
                        + "in corrections.csv, one file for each store."
                )
            }
        }
    }

    /// The rows to show by store, SKU and field: of too many, the most urgent.
    private var chosen: [Item] {
        let ranks = 0...Self.leastUrgent
        var room = Self.mostRows
        var taken: [Int: Int] = [:]
        let counts = report.destinations.reduce(into: [Int: Int]()) { counts, part in
            for row in part.corrections { counts[Self.rank(row), default: 0] += 1 }
        }
        for rank in ranks {
            taken[rank] = min(room, counts[rank] ?? 0)
            room -= taken[rank] ?? 0
        }
        var items: [Item] = []
        for part in report.destinations {
            for row in part.corrections {
                let rank = Self.rank(row)
                guard let left = taken[rank], left > 0 else { continue }
                taken[rank] = left - 1
                items.append((shop: part.shop, row: row))
            }
        }
        return items
    }

    private static let leastUrgent = 3

    private static func rank(_ row: CorrectionRow) -> Int {
        switch row.outcome {
        case "failed", "did not hold": 0
        case CorrectionRow.held, CorrectionRow.refused, "left", "moved", "braked": 1
        default: row.verdict.isDrift ? 2 : leastUrgent
        }
    }

    private func write(_ item: Item, _ html: inout HTMLWriter) {
        html.row { html in
            html.skuHeader(
                item.row.sku,
                item.row.product,
                AdminPage(shop: item.shop, product: item.row.productID, variant: item.row.variantID)
            )
            html.cell(item.row.field.map(PageText.field) ?? "whole SKU")
            html.value(item.row.old, of: item.row.field)
            html.value(item.row.new, of: item.row.field)
            html.element("td") { html in
                html.text(item.row.outcome)
                if !item.row.reason.isEmpty { html.element("small", text: item.row.reason) }
            }
            html.cell(item.row.verdict.rawValue)
            html.cell(item.shop.name)
        }
    }

    /// Hidden until the script shows them: without it they would do nothing.
    private func controls(_ items: [Item], _ html: inout HTMLWriter) {
        html.markup("<form id=\"filter\" role=\"search\" aria-label=\"Filter the corrections\" hidden>")
        html.markup("<p><label for=\"find\">Find</label> <input id=\"find\" type=\"search\" autocomplete=\"off\"></p>")
        choice("in-store", "Store", Set(items.map(\.shop.name)).sorted(), &html)
        choice(
            "of-field",
            "Field",
            Set(items.map(\.row.field)).sorted { ($0?.position ?? -1) < ($1?.position ?? -1) }
                .map { $0.map(PageText.field) ?? "whole SKU" },
            &html
        )
        choice("by-mover", "Who moved", Set(items.map(\.row.verdict.rawValue)).sorted(), &html)
        choice("with-outcome", "Outcome", Set(items.map(\.row.outcome)).sorted(), &html)
        html.markup("<p><button type=\"reset\">Show all</button></p></form>\n")
        html.markup("<p id=\"count\" class=\"note\" role=\"status\" hidden></p>\n")
    }

    private func choice(_ id: StaticString, _ title: String, _ values: [String], _ html: inout HTMLWriter) {
        html.element("p") { html in
            html.element("label", [("for", "\(id)")], text: title)
            html.markup(" ")
            html.element("select", [("id", "\(id)")]) { html in
                html.markup("<option value=\"\">all</option>")
                for value in values { html.element("option", text: value) }
            }
        }
    }
}
