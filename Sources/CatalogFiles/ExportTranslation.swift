import Catalog
import Pricing

/// Turns a product export into the lines a bulk operation would have written, so that one engine reads both.
///
/// Ids are the lines of the rows: a product's is the line of its first row, a variant's that of its own.
struct ExportTranslation {
    let rows: ExportRows
    let currency: Currency
    private let target: TemporaryFile
    private var line = BulkLine()
    private(set) var imageRows = 0
    private(set) var levels = 0

    init(_ rows: ExportRows, currency: Currency) throws(CatalogFileError) {
        self.rows = rows
        self.currency = currency
        target = try TemporaryFile()
    }

    /// The lines, in a file without a name.
    mutating func run() throws(CatalogFileError) -> OpenFile {
        while try rows.advance() {
            line.clear()
            if rows.isFirst { try product() }
            if rows.isVariant { try variant() } else { imageRows += 1 }
            let result = line.bytes.withUnsafeBytes { bytes in
                Result { () throws(CatalogFileError) in try target.append(bytes) }
            }
            try result.get()
        }
        return try target.finish(name: rows.file.name)
    }

    private mutating func product() throws(CatalogFileError) {
        line.raw(#"{"id":"gid://shopify/Product/"#)
        line.number(rows.line)
        line.raw(#"","handle":"#)
        try text(.handle)
        if has(.title) {
            line.raw(#","title":"#)
            try text(.title)
        }
        if has(.body) {
            line.raw(#","descriptionHtml":"#)
            try text(.body)
        }
        if has(.vendor) {
            line.raw(#","vendor":"#)
            try text(.vendor)
        }
        if has(.type) {
            line.raw(#","productType":"#)
            try text(.type)
        }
        if has(.tags) {
            try check(.tags)
            line.raw(#","tags":["#)
            for (place, tag) in ExportValue.tags(rows.text(.tags)).enumerated() {
                if place > 0 { line.raw(",") }
                line.text(tag)
            }
            line.raw("]")
        }
        line.raw(#","status":"#)
        line.text(try status())
        if has(.seoTitle) || has(.seoDescription) {
            line.raw(#","seo":{"#)
            if has(.seoTitle) {
                line.raw(#""title":"#)
                try text(.seoTitle, blankIsNull: true)
            }
            if has(.seoDescription) {
                line.raw(has(.seoTitle) ? #","description":"# : #""description":"#)
                try text(.seoDescription, blankIsNull: true)
            }
            line.raw("}")
        }
        line.raw("}\n")
    }

    /// Exports from before products had a status say only whether one is published; for what is shared, that has to do.
    private func status() throws(CatalogFileError) -> String {
        if has(.status) {
            let word = rows.word(.status).uppercased()
            return word.isEmpty ? "ACTIVE" : word
        }
        guard has(.published) else { return "ACTIVE" }
        let word = rows.word(.published)
        guard let isPublished = ExportValue.flag(word) else {
            throw rows.refused(.published, "\"\(word)\" is neither true nor false")
        }
        return isPublished || word.isEmpty ? "ACTIVE" : "DRAFT"
    }

    private mutating func variant() throws(CatalogFileError) {
        try check(.sku)
        line.raw(#"{"id":"gid://shopify/ProductVariant/"#)
        line.number(rows.line)
        line.raw(#"","sku":"#)
        line.text(rows.code(.sku))
        if has(.barcode) {
            try check(.barcode)
            let code = rows.code(.barcode)
            line.raw(#","barcode":"#)
            if code.isEmpty { line.raw("null") } else { line.text(code) }
        }
        if has(.price) {
            line.raw(#","price":"#)
            line.text(try amount(.price))
        }
        if has(.compareAtPrice) {
            line.raw(#","compareAtPrice":"#)
            try optional(amount(.compareAtPrice))
        }
        if has(.taxable) {
            line.raw(#","taxable":"#)
            try flag(.taxable)
        }
        if has(.policy) {
            let word = rows.word(.policy)
            guard let policy = ExportValue.policy(word) else {
                throw rows.refused(.policy, "\"\(word)\" is neither deny nor continue")
            }
            line.raw(#","inventoryPolicy":"#)
            line.text(policy)
        }
        line.raw(#","inventoryItem":{"id":"gid://shopify/InventoryItem/"#)
        line.number(rows.line)
        line.raw(#"""#)
        if has(.tracker) { line.raw(rows.word(.tracker).isEmpty ? #","tracked":false"# : #","tracked":true"#) }
        if has(.requiresShipping) {
            line.raw(#","requiresShipping":"#)
            try flag(.requiresShipping)
        }
        if has(.cost) { try cost() }
        if has(.grams) { try weight() }
        line.raw(#"},"__parentId":"gid://shopify/Product/"#)
        line.number(rows.productLine)
        line.raw("\"}\n")
        try level()
    }

    private mutating func cost() throws(CatalogFileError) {
        let amount = try amount(.cost)
        guard !amount.isEmpty else { return line.raw(#","unitCost":null"#) }
        line.raw(#","unitCost":{"amount":"#)
        line.text(amount)
        line.raw(#","currencyCode":"#)
        line.text(currency.code)
        line.raw("}")
    }

    private mutating func weight() throws(CatalogFileError) {
        let grams = rows.word(.grams)
        guard !grams.isEmpty else { return line.raw(#","measurement":{"weight":null}"#) }
        guard ExportValue.isDecimal(grams) else { throw rows.refused(.grams, "\"\(grams)\" is no number of grams") }
        // Numbers of JSON have no zero in front.
        let plain = grams.drop { $0 == "0" }
        line.raw(#","measurement":{"weight":{"unit":"GRAMS","value":"#)
        line.raw(text: plain.isEmpty || plain.hasPrefix(".") ? "0\(plain)" : String(plain))
        line.raw("}}")
    }

    private mutating func level() throws(CatalogFileError) {
        let quantity = rows.word(.quantity)
        guard !quantity.isEmpty else { return }
        guard ExportValue.isDecimal(quantity, allowingMinus: true), !quantity.contains(".") else {
            throw rows.refused(.quantity, "\"\(quantity)\" is no whole number")
        }
        guard let number = Int32(quantity) else {
            throw rows.refused(.quantity, "\"\(quantity)\" is more than stock can be, which is \(Int32.max) at most")
        }
        levels += 1
        line.raw(#"{"id":"gid://shopify/InventoryLevel/"#)
        line.number(rows.line)
        line.raw(#"","location":{"id":"gid://shopify/Location/1"},"quantities":[{"name":"available","quantity":"#)
        line.number(Int(number))
        line.raw(#"}],"__parentId":"gid://shopify/ProductVariant/"#)
        line.number(rows.line)
        line.raw("\"}\n")
    }

    private func has(_ column: ExportColumn) -> Bool { rows.header[column] != nil }

    private mutating func text(_ column: ExportColumn, blankIsNull: Bool = false) throws(CatalogFileError) {
        try check(column)
        guard let bytes = rows.bytes(column), !(blankIsNull && bytes.isEmpty) else { return line.raw("null") }
        line.string(bytes)
    }

    private mutating func optional(_ text: String) {
        if text.isEmpty { line.raw("null") } else { line.text(text) }
    }

    private mutating func flag(_ column: ExportColumn) throws(CatalogFileError) {
        let word = rows.word(column)
        guard let flag = ExportValue.flag(word) else {
            throw rows.refused(column, "\"\(word)\" is neither true nor false")
        }
        line.raw(flag ? "true" : "false")
    }

    /// An amount as decimal text, or nothing; whether the currency can hold it is told variant by variant.
    private func amount(_ column: ExportColumn) throws(CatalogFileError) -> String {
        let word = rows.word(column)
        guard word.isEmpty || ExportValue.isDecimal(word, allowingMinus: true) else {
            throw rows.refused(column, "\"\(word)\" is no amount: digits, and a point before the decimals")
        }
        return word
    }

    /// Spreadsheets like to save in other character sets.
    private func check(_ column: ExportColumn) throws(CatalogFileError) {
        guard let bytes = rows.bytes(column) else { return }
        guard bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil else { return }
        throw rows.refused(column, "the text is not UTF-8: save the file as \"CSV UTF-8\"")
    }
}
