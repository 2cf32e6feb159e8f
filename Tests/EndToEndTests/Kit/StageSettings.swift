/// The settings file of a stage, in pieces a test can change.
struct StageSettings {
    var team = "SP-TEAM-222222"
    /// Policies by field; the team's.
    var fields: [String: String] = [:]
    /// What stands behind `rates:`.
    var rates = #"{ table: { EUR: "0.9250", JPY: "157.35" } }"#
    /// What stands behind `brakes:`; nil leaves the defaults.
    var brakes: String?
    /// Further lines of the source, such as `share: { tags: [b2b] }`.
    var source: [String] = []
    /// Further lines of each destination, by its shop; one that is not named follows the price rule of most mirrored stores.
    var destinations: [String: [String]] = [:]
    /// Further lines of the file itself.
    var more: [String] = []
    /// The ledger; nil keeps the private server below the state folder.
    var database: String?
    var state: String
    var reports: String
    var credentials: String

    /// Every field there is, as a merchant who lets the source decide all of it would write it.
    static let allLocked = Dictionary(
        uniqueKeysWithValues: [
            "price", "compare_at_price", "cost", "inventory", "title", "description", "vendor", "product_type", "tags",
            "status", "handle", "seo_title", "seo_description", "barcode", "weight", "taxable", "requires_shipping",
            "country_of_origin", "hs_code", "inventory_policy", "tracked",
        ].map { ($0, "locked") }
    )

    /// The file; `endpoints` are shops with their addresses, the source first.
    func text(_ endpoints: [(shop: String, address: String)]) -> String {
        var lines = ["team: \(team)", "state: \(state)", "reports: \(reports)", "credentials: \(credentials)"]
        if let database { lines.append("database: \(database)") }
        lines.append("rates: \(rates)")
        lines += more
        if let brakes { lines.append("brakes: \(brakes)") }
        if !fields.isEmpty {
            lines.append("fields:")
            lines += fields.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        }
        for (place, endpoint) in endpoints.enumerated() {
            if place == 0 { lines.append("source:") }
            if place == 1 { lines.append("destinations:") }
            lines.append((place == 0 ? "  " : "  - ") + "shop: \(endpoint.shop)")
            let indent = place == 0 ? "  " : "    "
            lines.append("\(indent)endpoint: \(endpoint.address)")
            lines.append("\(indent)allow_insecure_endpoint: true")
            let more = place == 0 ? source : destinations[endpoint.shop] ?? [Scenarios.usualRule]
            lines += more.map { indent + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
