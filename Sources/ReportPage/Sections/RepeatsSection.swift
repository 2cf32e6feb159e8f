import Catalog
import Reporting

/// Who keeps changing what: fields that were set back in several of the latest runs.
struct RepeatsSection: Sendable {
    let report: RunReport
    let history: RunHistory?

    private static let most = 20

    func write(to html: inout HTMLWriter) {
        let repeats = history?.repeats ?? []
        html.section("repeats", "Who keeps changing what") { html in
            guard !repeats.isEmpty else {
                html.paragraph(
                    history == nil
                        ? "Not known: earlier runs could not be read from the ledger."
                        : "No field had to be set back more than once in the latest runs."
                )
                return
            }
            html.paragraph(
                "These fields were set back and changed again at the store: a person or an app works against the lock. Find who "
                    + "does, or do not lock the field there."
            )
            let shops = Set(repeats.map(\.shop)).union(report.destinations.map(\.shop))
            let withStore = shops.count > 1
            let columns =
                [TableColumn.text("SKU")] + (withStore ? [.text("Store")] : [])
                + [.text("Field"), .number("Times"), .text("Since"), .text("Last"), .text("Last found")]
            html.table("Fields set back again and again", columns) { html in
                for one in repeats.prefix(Self.most) {
                    html.row { html in
                        html.skuHeader(
                            one.sku,
                            one.product,
                            AdminPage(shop: one.shop, product: one.productID, variant: one.variantID)
                        )
                        if withStore { html.cell(one.shop.name) }
                        html.cell(PageText.field(one.field))
                        html.cell(one.times)
                        html.element("td") { $0.time(one.first) }
                        html.element("td") { $0.time(one.last) }
                        html.value(one.found, of: one.field)
                    }
                }
            }
            if repeats.count > Self.most {
                let all = repeats.count < RunHistory.mostRepeats ? PageText.number(repeats.count) : "more"
                html.note("The \(Self.most) most frequent of \(all).")
            }
        }
    }
}
