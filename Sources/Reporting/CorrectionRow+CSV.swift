import Catalog
import Reconciliation

import Catalog
import Reconciliation

extension CorrectionRow: CSVRecord {
    /// The columns of `corrections.csv`.
    public static let columns = [
        "sku", "product", "field", "source_value", "old", "new", "verdict", "outcome", "reason", "rate", "rule",
        "product_id", "variant_id",
    ]

    /// Writes the row.
    ///
    /// Amounts and quantities are numbers, every other value is text.
    public func write(to csv: inout CSVWriter) {
        csv.text(sku)
        csv.text(product)
        csv.text(field?.rawValue ?? "")
        let isNumber = field.map { $0.isMoney || $0 == .inventory } ?? false
        if isNumber {
            csv.decimal(source)
            csv.decimal(old)
            csv.decimal(new)
        } else {
            csv.text(source)
            csv.text(old)
            csv.text(new)
        }
        csv.text(verdict.rawValue)
        csv.text(outcome)
        csv.text(reason)
        csv.text(rate)
        csv.decimal(rule)
        csv.identifier(productID)
        csv.identifier(variantID)
    }
}

extension CSVWriter {
    /// A number of a store's thing; 0 stands for none and gives an empty cell.
    mutating func identifier(_ number: Int64) {
        if number == 0 { empty() } else { self.number(number) }
    }
}
