import Foundation

/// Reads the products of a Shopify product export: a row per variant, the product's own columns on its first row only,
/// further rows that hold nothing but an image, apostrophes before barcodes, weights in grams.
public struct ProductCSV {
    private let file: String
    private let columns: [String: Int]
    private let rows: [CSVReader.Row]
    private let fillsSKUs: Bool
    private let location: String

    /// Reads the export; all stock is put at `location`.
    ///
    /// With `fillsSKUs` variants without a SKU get one of their own, `HANDLE-n`; `file` names the export in errors, which
    /// are of the kind ``SimulatorError/badCSV(file:line:reason:)``.
    public static func products(
        of bytes: [UInt8],
        file: String,
        location: String,
        fillsSKUs: Bool
    ) throws(SimulatorError) -> [SimulatedProduct] {
        try ProductCSV(bytes, file: file, location: location, fillsSKUs: fillsSKUs).products()
    }

    private init(_ bytes: [UInt8], file: String, location: String, fillsSKUs: Bool) throws(SimulatorError) {
        let rows: [CSVReader.Row]
        do {
            rows = try CSVReader.rows(of: bytes)
        } catch {
            throw .badCSV(file: file, line: error.line, reason: error.reason)
        }
        guard let header = rows.first, header.fields.contains("Handle"), header.fields.contains("Title") else {
            throw .badCSV(file: file, line: 1, reason: "the first row has to name the columns Handle and Title")
        }
        self.file = file
        columns = Dictionary(
            header.fields.enumerated().map { ($1.trimmed, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.rows = Array(rows.dropFirst())
        self.location = location
        self.fillsSKUs = fillsSKUs
    }

    private func products() throws(SimulatorError) -> [SimulatedProduct] {
        var order: [String] = []
        var byHandle: [String: [CSVReader.Row]] = [:]
        for row in rows {
            guard let handle = text("Handle", row)?.trimmed, !handle.isEmpty else {
                throw .badCSV(file: file, line: row.line, reason: "the row has no handle")
            }
            if byHandle[handle] == nil { order.append(handle) }
            byHandle[handle, default: []].append(row)
        }
        var products: [SimulatedProduct] = []
        for handle in order {
            guard let rows = byHandle[handle], let first = rows.first else { continue }
            products.append(try product(handle, first, rows))
        }
        return products
    }

    private func text(_ column: String, _ row: CSVReader.Row) -> String? {
        guard let index = columns[column], row.fields.indices.contains(index) else { return nil }
        return row.fields[index].nonEmpty
    }

    private func product(
        _ handle: String,
        _ first: CSVReader.Row,
        _ rows: [CSVReader.Row]
    ) throws(SimulatorError) -> SimulatedProduct {
        guard let title = text("Title", first) else {
            throw .badCSV(file: file, line: first.line, reason: "the first row of \(handle) has no title")
        }
        let options = (1...3).compactMap { text("Option\($0) Name", first) }
        var variants: [SimulatedVariant] = []
        for row in rows where text("Variant Price", row) != nil || text("Option1 Value", row) != nil {
            var variant = try variant(row, options: max(1, options.count))
            if fillsSKUs, variant.sku == nil { variant.sku = "\(handle.uppercased())-\(variants.count + 1)" }
            variants.append(variant)
        }
        guard !variants.isEmpty else {
            throw .badCSV(file: file, line: first.line, reason: "\(handle) has no variant")
        }
        return SimulatedProduct(
            handle: handle,
            title: title,
            description: text("Body (HTML)", first) ?? "",
            vendor: text("Vendor", first) ?? "",
            productType: text("Type", first) ?? "",
            tags: (text("Tags", first) ?? "").split(separator: ",").map(\.trimmed),
            status: (text("Status", first) ?? "active").uppercased(),
            seoTitle: text("SEO Title", first),
            seoDescription: text("SEO Description", first),
            options: options.isEmpty ? ["Title"] : options,
            variants: variants,
            collections: text("Collection", first).map { [StoreState.handle($0)] } ?? []
        )
    }

    private func variant(_ row: CSVReader.Row, options: Int) throws(SimulatorError) -> SimulatedVariant {
        let price = text("Variant Price", row) ?? "0"
        guard DecimalText.isDecimal(price) else {
            throw .badCSV(file: file, line: row.line, reason: "\(price) is no price")
        }
        let grams = text("Variant Grams", row).flatMap { Double($0) } ?? 0
        let unit = text("Variant Weight Unit", row)?.lowercased() ?? "kg"
        let values = (1...options).map { text("Option\($0) Value", row) ?? "Default Title" }
        let quantity = text("Variant Inventory Qty", row).flatMap { Int($0) } ?? 0
        return SimulatedVariant(
            sku: text("Variant SKU", row).map(unquoted),
            price: price,
            compareAtPrice: text("Variant Compare At Price", row),
            cost: text("Cost per item", row),
            barcode: text("Variant Barcode", row).map(unquoted).flatMap(\.nonEmpty),
            optionValues: values,
            taxable: text("Variant Taxable", row)?.lowercased() != "false",
            requiresShipping: text("Variant Requires Shipping", row)?.lowercased() != "false",
            tracked: text("Variant Inventory Tracker", row) != nil,
            inventoryPolicy: text("Variant Inventory Policy", row)?.uppercased() == "CONTINUE" ? "CONTINUE" : "DENY",
            countryOfOrigin: nil,
            hsCode: nil,
            weight: Self.weight(grams, unit),
            inventory: [location: quantity]
        )
    }

    /// Spreadsheets get an apostrophe before digits, so that they leave them alone.
    private func unquoted(_ text: String) -> String { text.hasPrefix("'") ? String(text.dropFirst()) : text }

    private static func weight(_ grams: Double, _ unit: String) -> SimulatedWeight {
        switch unit {
        case "g": SimulatedWeight(value: grams, unit: "GRAMS")
        case "lb": SimulatedWeight(value: grams / 453.59237, unit: "POUNDS")
        case "oz": SimulatedWeight(value: grams / 28.349523125, unit: "OUNCES")
        default: SimulatedWeight(value: grams / 1000, unit: "KILOGRAMS")
        }
    }
}
