import Catalog

extension HTMLWriter {
    /// The cell that names its row: a SKU, with the product's title under it and the way to the admin.
    mutating func skuHeader(_ sku: String, _ product: String, _ page: AdminPage?) {
        element("th", [("scope", "row"), ("class", "sku")]) { html in
            let name = sku.isEmpty ? "(no SKU)" : sku
            if let page {
                html.link(page) { $0.quoted(name, limit: 80) }
            } else {
                html.quoted(name, limit: 80)
            }
            if !product.isEmpty { html.element("small") { $0.quoted(product, limit: 120) } }
        }
    }

    /// A field's value: amounts and counts with their thousands grouped, texts as they are.
    ///
    /// In a column of numbers only, they stand digit under digit.
    mutating func value(_ text: String, of field: CatalogField?, amongNumbers: Bool = false) {
        let isNumber = field.map { $0.isMoney || $0 == .inventory } ?? false
        guard !text.isEmpty else {
            element("td", [("class", "none")], text: "none")
            return
        }
        if isNumber, let number = PageText.decimal(text) {
            element("td", [("class", amongNumbers ? "n" : "v")], text: number)
        } else {
            element("td", [("class", "v"), ("dir", "auto")], text: text, limit: 120)
        }
    }
}
