import Catalog
import Pricing
import Runs

extension VariantRecord {
    /// Reads a node of `VariantStates`; amounts are in the shop's currency.
    convenience init(node: AnswerField, currency: Currency) throws(AnswerFault) {
        let item = try node.member("inventoryItem")
        self.init(
            id: try node.member("id").id(.variant),
            product: try node.member("product").member("id").id(.product),
            inventoryItem: try item.member("id").id(.inventoryItem),
            title: try node.member("title").text(),
            sku: try node.nullable("sku")?.text(),
            barcode: try node.nullable("barcode")?.text(),
            price: FieldValue(amount: try node.member("price").text(), currency),
            compareAtPrice: try node.nullable("compareAtPrice").map { field throws(AnswerFault) in
                FieldValue(amount: try field.text(), currency)
            } ?? .absent,
            cost: try item.nullable("unitCost").map { money throws(AnswerFault) in
                try FieldValue(money: money, currency)
            } ?? .absent,
            taxable: try node.member("taxable").flag(),
            inventoryPolicy: try node.member("inventoryPolicy").text(),
            tracked: try item.member("tracked").flag(),
            requiresShipping: try item.member("requiresShipping").flag(),
            countryOfOrigin: try item.nullable("countryCodeOfOrigin")?.text(),
            hsCode: try item.nullable("harmonizedSystemCode")?.text(),
            weight: try item.member("measurement").nullable("weight").map { field throws(AnswerFault) in
                try Weight(field: field)
            }
        )
    }
}

extension LiveVariant {
    /// Reads a node of `VariantPrices`.
    init(node: AnswerField, fields: FieldSet, currency: Currency) throws(AnswerFault) {
        var values: [CatalogField: FieldValue] = [:]
        for field in fields.fields {
            switch field {
            case .price: values[field] = FieldValue(amount: try node.member("price").text(), currency)
            case .compareAtPrice:
                values[field] =
                    try node.nullable("compareAtPrice").map { amount throws(AnswerFault) in
                        FieldValue(amount: try amount.text(), currency)
                    } ?? .absent
            case .barcode:
                values[field] =
                    try node.nullable("barcode").map { text throws(AnswerFault) in .text(try text.text()) } ?? .absent
            case .taxable: values[field] = .flag(try node.member("taxable").flag())
            case .inventoryPolicy: values[field] = .text(try node.member("inventoryPolicy").text())
            default: throw node.fault("was not asked for \(field.rawValue)")
            }
        }
        self.init(
            product: try node.member("product").member("id").id(.product).number,
            sku: try node.nullable("sku")?.text(),
            values: values
        )
    }
}

extension FieldSet {
    /// The fields of a variant that hang under no further object.
    static let ofVariantItself = FieldSet([.price, .compareAtPrice, .barcode, .taxable, .inventoryPolicy])
}

extension ProductRecord {
    /// Reads a node of `ProductStates`.
    convenience init(node: AnswerField) throws(AnswerFault) {
        var tags: [String] = []
        for tag in try node.member("tags").elements() { tags.append(try tag.text()) }
        let seo = try node.member("seo")
        self.init(
            id: try node.member("id").id(.product),
            handle: try node.member("handle").text(),
            title: try node.member("title").text(),
            descriptionHTML: try node.member("descriptionHtml").text(),
            vendor: try node.member("vendor").text(),
            productType: try node.member("productType").text(),
            tags: tags,
            status: try node.member("status").text(),
            seoTitle: try seo.nullable("title")?.text(),
            seoDescription: try seo.nullable("description")?.text()
        )
    }
}

extension StockState {
    /// Reads a node of `StockStates`: the level is null where the item was never stocked at the location.
    init(node: AnswerField) throws(AnswerFault) {
        let tracked = try node.member("tracked").flag()
        guard let level = try node.nullable("inventoryLevel") else {
            self.init(tracked: tracked, available: nil)
            return
        }
        let quantities = try level.member("quantities")
        for quantity in try quantities.elements() where try quantity.member("name").text() == "available" {
            self.init(tracked: tracked, available: try quantity.member("quantity").integer())
            return
        }
        throw quantities.fault("lacks the available quantity")
    }
}

extension FieldValue {
    /// A decimal amount in the currency; kept as text where the currency cannot hold it (FAULTS MO-2).
    fileprivate init(amount text: String, _ currency: Currency) {
        if let money = try? Money(parsing: text, as: currency) {
            self = .amount(money)
        } else {
            self = .unreadable(ReplyText.quoted(text))
        }
    }

    /// An object `MoneyV2`; one of another currency than the shop's is not an amount to compare.
    fileprivate init(money: AnswerField, _ currency: Currency) throws(AnswerFault) {
        let text = try money.member("amount").text()
        let code = try money.member("currencyCode").text()
        self =
            code == currency.code
            ? FieldValue(amount: text, currency) : .unreadable(ReplyText.quoted("\(text) \(code)"))
    }
}

extension Weight {
    /// An object `Weight`; the number keeps its text.
    fileprivate init(field: AnswerField) throws(AnswerFault) {
        let unit = try field.member("unit")
        guard let known = Unit(rawValue: try unit.text()) else { throw unit.fault("is an unknown unit") }
        let value = try field.member("value")
        guard let weight = Weight(value: try value.numberText(), unit: known) else {
            throw value.fault("is no weight")
        }
        self = weight
    }
}
