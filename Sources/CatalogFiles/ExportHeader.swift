import Catalog

/// The first row of a product export: which column stands where.
struct ExportHeader {
    /// Every cell of the row, as it is written.
    let names: [String]
    private var places: [Int?]

    /// Reads the names.
    ///
    /// - Throws: ``CatalogFileError/columns(file:reason:)`` where one stands twice, or there is no handle or SKU.
    init(_ names: [String], file: String) throws(CatalogFileError) {
        self.names = names
        places = Array(repeating: nil, count: ExportColumn.allCases.count)
        var known: [String: ExportColumn] = [:]
        for column in ExportColumn.allCases {
            for name in column.names { known[name] = column }
        }
        for (place, name) in names.enumerated() {
            guard let column = known[name.lowercased()] else { continue }
            if let other = places[column.rawValue] {
                throw .columns(
                    file: file,
                    reason:
                        "the columns \(other + 1) (\(names[other])) and \(place + 1) (\(name)) are the same: leave one out"
                )
            }
            places[column.rawValue] = place
        }
        guard self[.handle] != nil else {
            throw .columns(
                file: file,
                reason: "there is no column Handle (or URL handle), by which Shopify tells products apart"
            )
        }
        guard self[.sku] != nil else {
            throw .columns(file: file, reason: "there is no column Variant SKU (or SKU), by which variants are matched")
        }
    }

    /// Whether a first row can be that of a product export.
    static func isLikely(_ names: [String]) -> Bool {
        let lowered = Set(names.map { $0.lowercased() })
        return !lowered.isDisjoint(with: ExportColumn.handle.names)
    }

    /// Where the column stands; nil where the export lacks it.
    subscript(column: ExportColumn) -> Int? { places[column.rawValue] }

    /// The name of a column that is there, as it is written.
    func name(_ column: ExportColumn) -> String { self[column].map { names[$0] } ?? column.names[0] }

    /// The fields that the export has on every row.
    var fields: FieldSet {
        FieldSet(
            CatalogField.allCases.filter { field in
                // Whether there is any stock in it, its rows tell.
                ExportColumn.carrying(field).first.map { self[$0] != nil } ?? false
            }
        )
    }

    /// How many columns give prices of other markets.
    var marketColumns: Int {
        names.count { name in
            ["price / ", "compare at price / ", "compare-at price / ", "included / "].contains {
                name.lowercased().hasPrefix($0)
            }
        }
    }
}
