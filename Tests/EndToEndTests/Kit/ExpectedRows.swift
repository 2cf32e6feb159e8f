import SimulatedShopify

/// What a report has to say about a destination, told from the simulator's truth and states alone.
struct ExpectedRows {
    /// What a row of `corrections.csv` says about one field of one SKU.
    struct Row: Hashable {
        let sku: String
        let field: String
        let source: String
        let old: String
        let new: String

        init(sku: String, field: String, source: String, old: String, new: String) {
            (self.sku, self.field, self.source, self.old, self.new) = (sku, field, source, old, new)
        }

        init(_ row: [String: String]) {
            sku = row["sku"] ?? ""
            field = row["field"] ?? ""
            source = row["source_value"] ?? ""
            old = row["old"] ?? ""
            new = row["new"] ?? ""
        }
    }

    /// A row for each field that was made to drift on a SKU the source shares.
    static func drifted(_ destination: SimulatedStore, from source: Catalogue) -> Set<Row> {
        let truth = destination.truth?.drifts ?? []
        return Set(
            truth.filter { $0.sourceStatus == "ACTIVE" }.map { drift in
                Row(
                    sku: drift.sku,
                    field: drift.field,
                    source: shown(drift.field, source.only(drift.sku)?.text(drift.field)),
                    old: shown(drift.field, drift.drifted),
                    new: shown(drift.field, drift.expected)
                )
            }
        )
    }

    /// A value in the words of the reports.
    static func shown(_ field: String, _ value: String?) -> String {
        guard let value else { return "" }
        guard field == "weight" else { return value }
        let signs = ["KILOGRAMS": "kg", "GRAMS": "g", "POUNDS": "lb", "OUNCES": "oz"]
        let parts = value.split(separator: " ")
        guard parts.count == 2, let sign = signs[String(parts[1])] else { return value }
        return "\(parts[0]) \(sign)"
    }

    /// The SKUs that `findings.csv` has to name, by kind.
    static func findings(_ destination: Catalogue, _ source: Catalogue) -> [String: Set<String>] {
        let doubled = source.duplicates.union(destination.duplicates)
        let shared = Set(source.items.keys.filter { source.only($0)?.isActive == true })
        let unshared = Set(source.items.keys.filter { source.only($0)?.isActive == false })
        let here = Set(destination.items.keys).subtracting(doubled)
        return [
            "duplicate sku": doubled, "missing": shared.subtracting(destination.items.keys),
            "unshared": here.intersection(unshared), "extra": here.subtracting(source.items.keys),
        ].filter { !$0.value.isEmpty }
    }
}
