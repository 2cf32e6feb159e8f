import Catalog
import Pricing

/// Writes records as lines of a bulk file; shares no code with the reader.
struct JSONText {
    let escape: PretendCatalog.Escape

    func product(_ record: ProductRecord) -> String {
        object([
            ("id", string(record.id.gid)), ("handle", string(record.handle)), ("title", string(record.title)),
            ("descriptionHtml", string(record.descriptionHTML)), ("vendor", string(record.vendor)),
            ("productType", string(record.productType)),
            ("tags", "[" + record.tags.map(string).joined(separator: ",") + "]"), ("status", string(record.status)),
            ("seo", object([("title", string(record.seoTitle)), ("description", string(record.seoDescription))])),
            ("options", "[{\"name\":\"Size\",\"values\":[\"S\",\"M\"]}]"),
        ])
    }

    func variant(_ record: VariantRecord) -> String {
        let cost: String =
            if case .amount(let money) = record.cost {
                object([("amount", string(money.decimalText)), ("currencyCode", string(money.currency.code))])
            } else {
                "null"
            }
        let weight = record.weight.map { object([("unit", string($0.unit.rawValue)), ("value", $0.value)]) } ?? "null"
        let item = object([
            ("id", string(record.inventoryItem.gid)), ("tracked", "\(record.tracked)"),
            ("requiresShipping", "\(record.requiresShipping)"), ("countryCodeOfOrigin", string(record.countryOfOrigin)),
            ("harmonizedSystemCode", string(record.hsCode)), ("unitCost", cost),
            ("measurement", object([("weight", weight)])),
        ])
        return object([
            ("id", string(record.id.gid)), ("title", string(record.title)), ("sku", string(record.sku)),
            ("barcode", string(record.barcode)), ("price", amount(record.price)),
            ("compareAtPrice", amount(record.compareAtPrice)), ("taxable", "\(record.taxable)"),
            ("inventoryPolicy", string(record.inventoryPolicy)), ("inventoryItem", item),
            ("__parentId", string(record.product.gid)),
        ])
    }

    func levels(_ levels: [PretendCatalog.Level], of variant: VariantRecord) -> [String] {
        levels.map { level in
            object([
                (
                    "id",
                    string(
                        "gid://shopify/InventoryLevel/\(level.location)?inventory_item_id=\(variant.inventoryItem.number)"
                    )
                ),
                ("location", object([("id", string("gid://shopify/Location/\(level.location)"))])),
                (
                    "quantities",
                    "[" + object([("name", string("available")), ("quantity", "\(level.available)")]) + "]"
                ),
                ("__parentId", string(variant.id.gid)),
            ])
        }
    }

    private func amount(_ value: FieldValue) -> String {
        value == .absent ? "null" : string(value.displayText)
    }

    private func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private func string(_ text: String?) -> String {
        guard let text else { return "null" }
        var result = "\""
        for scalar in text.unicodeScalars {
            if escape == .everything || (scalar.value < 0x20 && scalar != "\n") {
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { result += hex(unit) }
                continue
            }
            switch scalar {
            case "\n": result += "\\n"
            case "\"", "\\": result += "\\" + String(scalar)
            case "/" where escape == .slashes: result += "\\/"
            case "<" where escape == .slashes, ">" where escape == .slashes, "&" where escape == .slashes:
                result += hex(UInt16(scalar.value))
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private func hex(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
