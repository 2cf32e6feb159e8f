import Foundation
import Testing

/// Lines as stores export them.
enum ExportedLines {
    /// The folder of real product exports, where there is one.
    static let folder: String? = {
        let path = ProcessInfo.processInfo.environment["PRODUCT_EXPORTS"] ?? "../shared/data/product-csv"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// A product with its variants and levels, and one more of each with values left out.
    static func sample(slash: String) -> [String] {
        [
            #"{"id":"gid:~~shopify~Product~8000000000032","handle":"señorial-lamp-1","title":"Señorial Lamp 1","descriptionHtml":"\u003cp\u003e30° finished\u003c~p\u003e\n\u003cp style=\"color:#333\"\u003eA \u0026amp; B \u003ca href=\"https:~~example.com~p~338\"\u003eMore\u003c~a\u003e\u003c~p\u003e\n","vendor":"Northwind \u0026 Co","productType":"Kitchen","tags":["b2b","eu-only","drop~2"],"status":"ACTIVE","createdAt":"2022-02-11T08:11:00Z","options":[{"name":"Size","values":["XS","S"]},{"name":"Color","values":["Black"]}]}"#,
            #"{"id":"gid:~~shopify~Product~8000000000064","handle":"mug-2","title":"Mug 2","descriptionHtml":"","vendor":"Fjell","productType":"","tags":[],"status":"DRAFT","createdAt":"2022-02-11T08:11:00Z","options":[]}"#,
            #"{"id":"gid:~~shopify~ProductVariant~45000000000032","title":"XS ~ Black","sku":"NOR-00000001-XS","barcode":"4000000000007","price":"198.99","compareAtPrice":"212.99","selectedOptions":[{"name":"Size","value":"XS"},{"name":"Color","value":"Black"}],"inventoryItem":{"id":"gid:~~shopify~InventoryItem~47000000000032","tracked":true,"unitCost":{"amount":"102.76","currencyCode":"USD"},"measurement":{"weight":{"unit":"GRAMS","value":2850.0}}},"__parentId":"gid:~~shopify~Product~8000000000032"}"#,
            #"{"id":"gid:~~shopify~ProductVariant~45000000000064","title":"S","sku":null,"barcode":null,"price":"1.00","compareAtPrice":null,"selectedOptions":[{"name":"Size","value":"S"}],"inventoryItem":{"id":"gid:~~shopify~InventoryItem~47000000000064","tracked":false,"unitCost":null,"measurement":{"weight":null}},"__parentId":"gid:~~shopify~Product~8000000000032"}"#,
            #"{"id":"gid:~~shopify~InventoryLevel~100000?inventory_item_id=47000000000032","location":{"id":"gid:~~shopify~Location~71000"},"quantities":[{"name":"available","quantity":25}],"__parentId":"gid:~~shopify~ProductVariant~45000000000032"}"#,
            #"{"id":"gid:~~shopify~InventoryLevel~100001?inventory_item_id=47000000000032","location":{"id":"gid:~~shopify~Location~71001"},"quantities":[{"name":"on_hand","quantity":9},{"name":"available","quantity":-4}],"__parentId":"gid:~~shopify~ProductVariant~45000000000032"}"#,
        ].map { $0.replacingOccurrences(of: "~", with: slash) }
    }

    /// A line for each product and variant of the exports, with the texts as they stand there.
    static func ofProductExports() throws -> [String] {
        let folder = try #require(folder)
        var lines: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".csv") {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")), as: UTF8.self)
            let rows = Self.rows(of: text)
            for row in rows.dropFirst() where row.count == rows[0].count {
                let cells = Dictionary(zip(rows[0], row)) { first, _ in first }
                lines += Self.lines(cells, number: lines.count + 1)
            }
        }
        return lines
    }

    private static func lines(_ cells: [String: String], number: Int) -> [String] {
        func json(_ column: String) -> String {
            var result = "\""
            for scalar in (cells[column] ?? "").unicodeScalars {
                switch scalar {
                case "\"", "\\", "/": result += "\\" + String(scalar)
                case "<", ">", "&", "\u{0}"..<" ":
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result + "\""
        }
        let product = #""gid:\/\/shopify\/Product\/\#(number)""#
        return [
            #"{"id":\#(product),"handle":\#(json("Handle")),"title":\#(json("Title")),"#
                + #""descriptionHtml":\#(json("Body (HTML)")),"vendor":\#(json("Vendor")),"#
                + #""tags":[\#(json("Tags"))],"seo":{"title":\#(json("SEO Title")),"description":null}}"#,
            #"{"id":"gid:\/\/shopify\/ProductVariant\/\#(number)","sku":\#(json("Variant SKU")),"#
                + #""price":\#(json("Variant Price")),"barcode":\#(json("Variant Barcode")),"#
                + #""inventoryItem":{"id":"gid:\/\/shopify\/InventoryItem\/\#(number)","unitCost":null},"#
                + #""__parentId":\#(product)}"#,
        ]
    }

    /// The cells of a CSV file (RFC 4180).
    private static func rows(of text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        var wasQuote = false
        for character in text.replacingOccurrences(of: "\r\n", with: "\n") {
            switch character {
            case "\"":
                // One that is doubled stands for itself.
                if !isQuoted, wasQuote { cell.append(character) }
                isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(cell)
                cell = ""
            case "\n" where !isQuoted:
                rows[rows.count - 1].append(cell)
                rows.append([])
                cell = ""
            default: cell.append(character)
            }
            wasQuote = character == "\""
        }
        return rows
    }
}
