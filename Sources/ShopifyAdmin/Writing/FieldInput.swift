import Catalog
import Pricing

/// A value that cannot be sent for a field: a fault of the caller, found before anything is sent.
struct UnsendableField: Error {
    let field: CatalogField
    let reason: String
}

/// The inputs of the narrow mutations, made of field values; only what is given is sent.
enum FieldInput {
    /// `ProductUpdateInput`.
    static func product(_ number: Int64, _ values: [CatalogField: FieldValue]) throws(UnsendableField) -> JSONValue {
        var input: [JSONMember] = [JSONMember("id", .string(ResourceID(.product, number).gid))]
        var seo: [JSONMember] = []
        for (field, value) in sorted(values) {
            switch field {
            case .title: input.append(JSONMember("title", try text(field, value)))
            case .description: input.append(JSONMember("descriptionHtml", try text(field, value)))
            case .vendor: input.append(JSONMember("vendor", try text(field, value)))
            case .productType: input.append(JSONMember("productType", try text(field, value)))
            case .handle: input.append(JSONMember("handle", try text(field, value)))
            case .status: input.append(JSONMember("status", try text(field, value)))
            case .tags: input.append(JSONMember("tags", try tags(field, value)))
            case .seoTitle: seo.append(JSONMember("title", try text(field, value)))
            case .seoDescription: seo.append(JSONMember("description", try text(field, value)))
            default: throw UnsendableField(field: field, reason: "is not a field of a product")
            }
        }
        if !seo.isEmpty { input.append(JSONMember("seo", .object(seo))) }
        return .object(input)
    }

    /// `ProductVariantsBulkInput`.
    static func variant(
        _ number: Int64,
        _ values: [CatalogField: FieldValue],
        currency: Currency
    ) throws(UnsendableField) -> JSONValue {
        var input: [JSONMember] = [JSONMember("id", .string(ResourceID(.variant, number).gid))]
        var item: [JSONMember] = []
        for (field, value) in sorted(values) {
            switch field {
            case .price: input.append(JSONMember("price", try amount(field, value, currency)))
            case .compareAtPrice: input.append(JSONMember("compareAtPrice", try amount(field, value, currency)))
            case .barcode: input.append(JSONMember("barcode", try text(field, value)))
            case .taxable: input.append(JSONMember("taxable", try flag(field, value)))
            case .inventoryPolicy: input.append(JSONMember("inventoryPolicy", try text(field, value)))
            case .cost: item.append(JSONMember("cost", try amount(field, value, currency)))
            case .tracked: item.append(JSONMember("tracked", try flag(field, value)))
            case .requiresShipping: item.append(JSONMember("requiresShipping", try flag(field, value)))
            case .countryOfOrigin: item.append(JSONMember("countryCodeOfOrigin", try text(field, value)))
            case .hsCode: item.append(JSONMember("harmonizedSystemCode", try text(field, value)))
            case .weight:
                item.append(JSONMember("measurement", .object([JSONMember("weight", try weight(field, value))])))
            default: throw UnsendableField(field: field, reason: "is not a field of a variant")
            }
        }
        if !item.isEmpty { input.append(JSONMember("inventoryItem", .object(item))) }
        return .object(input)
    }

    private static func sorted(_ values: [CatalogField: FieldValue]) -> [(key: CatalogField, value: FieldValue)] {
        values.sorted { $0.key < $1.key }
    }

    private static func text(_ field: CatalogField, _ value: FieldValue) throws(UnsendableField) -> JSONValue {
        switch value {
        case .absent: .null
        case .text(let text): .string(text)
        default: throw UnsendableField(field: field, reason: "needs a text")
        }
    }

    /// Money goes as decimal text, never as a JSON number; null clears it.
    private static func amount(
        _ field: CatalogField,
        _ value: FieldValue,
        _ currency: Currency
    ) throws(UnsendableField) -> JSONValue {
        switch value {
        case .absent where field != .price: .null
        case .amount(let money) where money.currency == currency: .string(money.decimalText)
        default: throw UnsendableField(field: field, reason: "needs an amount in \(currency)")
        }
    }

    private static func flag(_ field: CatalogField, _ value: FieldValue) throws(UnsendableField) -> JSONValue {
        guard case .flag(let flag) = value else { throw UnsendableField(field: field, reason: "needs true or false") }
        return .bool(flag)
    }

    private static func tags(_ field: CatalogField, _ value: FieldValue) throws(UnsendableField) -> JSONValue {
        switch value {
        case .absent: []
        case .tags(let tags): .array(tags.map(JSONValue.string))
        default: throw UnsendableField(field: field, reason: "needs tags")
        }
    }

    private static func weight(_ field: CatalogField, _ value: FieldValue) throws(UnsendableField) -> JSONValue {
        switch value {
        case .absent: .null
        case .weight(let weight): ["value": .number(weight.value), "unit": .string(weight.unit.rawValue)]
        default: throw UnsendableField(field: field, reason: "needs a weight")
        }
    }
}
