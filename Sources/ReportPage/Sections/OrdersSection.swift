/// The place of orders, which runs do not push yet.
struct OrdersSection: Sendable {
    func write(to html: inout HTMLWriter) {
        html.section("orders", "Orders") { html in html.paragraph("This run did not look at orders.") }
    }
}
