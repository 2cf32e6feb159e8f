import Catalog
import Pricing
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
        if field?.isNumber ?? false {
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
    /// Writes the cells of a correction's ``CorrectionRow`` without making one.
    mutating func write(_ correction: Correction, outcome: CorrectionOutcome, rate: String, hasIDs: Bool) {
        text(correction.sku.text)
        text(correction.product)
        text(correction.field.rawValue)
        let isNumber = correction.field.isNumber
        value(correction.source, isNumber: isNumber)
        value(correction.old, isNumber: isNumber)
        value(correction.new, isNumber: isNumber)
        text(correction.verdict.rawValue)
        text(outcome.word)
        text(outcome.reason)
        text(rate)
        if let rule = correction.rule { number(Int64(rule)) } else { empty() }
        identifier(hasIDs ? correction.target.product : 0)
        identifier(hasIDs ? correction.target.variant : 0)
    }

    private mutating func value(_ value: FieldValue, isNumber: Bool) {
        switch value {
        case .amount(let money) where isNumber: number(money.minorUnits, decimals: money.currency.minorUnits)
        case .quantity(let count) where isNumber: number(count)
        case .absent: empty()
        case .text(let value) where !isNumber: text(value)
        default: if isNumber { decimal(value.displayText) } else { text(value.displayText) }
        }
    }

    /// A number of a store's thing; 0 stands for none and gives an empty cell.
    mutating func identifier(_ number: Int64) {
        if number == 0 { empty() } else { self.number(number) }
    }
}

extension CatalogField {
    fileprivate var isNumber: Bool { isMoney || self == .inventory }
}
