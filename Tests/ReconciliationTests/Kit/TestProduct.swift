/// A product as tests write it down.
struct TestProduct {
    var id: Int64
    var title: String
    var description = "<p>Text</p>"
    var vendor = "Acme"
    var type = "Lamp"
    var tags: [String] = ["wholesale"]
    var status = "ACTIVE"
    var handle = "handle"
    var seoTitle: String?
    var seoDescription: String?
    var variants: [TestVariant] = []

    var line: String {
        """
        {"id":"gid://shopify/Product/\(id)","handle":\(quoted(handle)),"title":\(quoted(title)),\
        "descriptionHtml":\(quoted(description)),"vendor":\(quoted(vendor)),"productType":\(quoted(type)),\
        "tags":[\(tags.map { quoted($0) }.joined(separator: ","))],"status":"\(status)",\
        "seo":{"title":\(quoted(seoTitle)),"description":\(quoted(seoDescription))}}
        """
    }
}

/// A variant as tests write it down; its inventory item has the variant's number and a half million.
struct TestVariant {
    var id: Int64
    var sku: String?
    var price = "100.00"
    var compareAt: String?
    var cost: String?
    var barcode: String?
    var taxable = true
    var policy = "DENY"
    var tracked = true
    var requiresShipping = true
    var country: String?
    var hsCode: String?
    /// The value and the unit.
    var weight: (value: String, unit: String)? = ("0.5", "KILOGRAMS")
    /// Available units by location.
    var levels: [Int64: Int64] = [:]

    init(id: Int64, sku: String?) {
        self.id = id
        self.sku = sku
    }

    var inventoryItem: Int64 { id + 500_000 }

    func line(of product: TestProduct, currency: some CustomStringConvertible) -> String {
        let unitCost = cost.map { "{\"amount\":\"\($0)\",\"currencyCode\":\"\(currency)\"}" } ?? "null"
        let weight = weight.map { "{\"unit\":\"\($0.unit)\",\"value\":\($0.value)}" } ?? "null"
        return """
            {"id":"gid://shopify/ProductVariant/\(id)","title":"Default Title","sku":\(quoted(sku)),\
            "barcode":\(quoted(barcode)),"price":"\(price)","compareAtPrice":\(quoted(compareAt)),"taxable":\(taxable),\
            "inventoryPolicy":"\(policy)","inventoryItem":{"id":"gid://shopify/InventoryItem/\(inventoryItem)",\
            "tracked":\(tracked),"requiresShipping":\(requiresShipping),"countryCodeOfOrigin":\(quoted(country)),\
            "harmonizedSystemCode":\(quoted(hsCode)),"unitCost":\(unitCost),"measurement":{"weight":\(weight)}},\
            "__parentId":"gid://shopify/Product/\(product.id)"}
            """
    }

    var levelLines: [String] {
        levels.sorted { $0.key < $1.key }.map { location, available in
            """
            {"id":"gid://shopify/InventoryLevel/\(location)?inventory_item_id=\(inventoryItem)",\
            "location":{"id":"gid://shopify/Location/\(location)"},\
            "quantities":[{"name":"available","quantity":\(available)}],\
            "__parentId":"gid://shopify/ProductVariant/\(id)"}
            """
        }
    }
}

/// A text as JSON has it; `null` for none.
private func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
