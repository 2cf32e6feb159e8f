extension FindingRow: CSVRecord {
    /// The columns of `findings.csv`.
    public static let columns = [
        "kind", "shop", "sku", "product", "product_id", "variant_id", "link", "detail", "suggestion",
    ]

    /// Writes the row.
    public func write(to csv: inout CSVWriter) {
        csv.text(kind.rawValue)
        csv.text(shop)
        csv.text(sku)
        csv.text(product)
        csv.identifier(productID)
        csv.identifier(variantID)
        csv.text(link)
        csv.text(detail)
        csv.text(suggestion)
    }
}
