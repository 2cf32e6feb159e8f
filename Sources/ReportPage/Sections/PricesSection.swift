import Catalog
import Reporting

/// The prices that moved furthest, as a share of what they were.
struct PricesSection: Sendable {
    let report: RunReport

    private static let most = 15

    func write(to html: inout HTMLWriter) {
        let moves = PriceMove.largest(Self.most, in: report.destinations)
        html.section("prices", "Biggest price moves") { html in
            guard !moves.isEmpty else {
                html.paragraph(report.whenCompared("No price moved."))
                return
            }
            let withStore = report.destinations.count > 1
            let columns =
                [TableColumn.text("SKU")] + (withStore ? [.text("Store")] : [])
                + [.number("Was"), .number("New"), .number("Change"), .text("Outcome")]
            html.table("Biggest price moves", columns) { html in
                for move in moves {
                    html.row { html in
                        html.skuHeader(
                            move.row.sku,
                            move.row.product,
                            AdminPage(shop: move.shop, product: move.row.productID, variant: move.row.variantID)
                        )
                        if withStore { html.cell(move.shop.name) }
                        html.value(move.row.old, of: .price, amongNumbers: true)
                        html.value(move.row.new, of: .price, amongNumbers: true)
                        html.element("td", [("class", "n")], text: move.percent)
                        html.cell(move.row.outcomeText)
                    }
                }
            }
            html.note("Amounts are in each store's own currency.")
        }
    }
}

extension CorrectionRow {
    /// The outcome and why.
    var outcomeText: String { reason.isEmpty ? outcome : "\(outcome): \(reason)" }
}
