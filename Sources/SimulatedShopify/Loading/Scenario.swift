import Foundation
import Yams

/// Reads a scenario file: several stores, what they sell, and which of them mirror which.
///
/// ```yaml
/// stores:
///   - shop: northwind-supply.myshopify.com   # required
///     name: Northwind Supply                 # default: from the domain
///     port: 8701                             # default 0: any free port
///     currency: USD                          # required
///     timezone: Europe/Amsterdam
///     token: shpat_source                    # permanent token; and/or:
///     client: { id: app, secret: hush, lifetime: 86399 }
///     scopes: [read_products, read_inventory, read_locations]
///     locations: [Rotterdam, { name: Attic, active: false }, { name: Amazon, fulfillment_service: true }]
///     bulk_polls: 2                          # status reads before a bulk operation is complete
///     bucket: { maximum: 2000, restore_rate: 100 }
///     escape_markup: true                    # result files write \/ and \u003c
///     seed: 7
///     catalogue:                             # one of these
///       generate: { variants: 2000, seed: 7, blank: 3, duplicate: 2 }
///       # csv: products.csv                  # beside the scenario file; with sku_fill: true HANDLE-n for missing SKUs
///       # products: [{ title: Lamp, variants: [{ sku: LAMP, price: "19.99", inventory: 5 }] }]
///   - shop: lumen-home.myshopify.com
///     currency: EUR
///     token: shpat_lumen
///     locations: [Amsterdam]
///     mirror_of: northwind-supply.myshopify.com
///     mirror:
///       rate: "0.9250"
///       markup: 20%
///       drift: 1%                            # of every field; or { price: 2%, title: 0.5% }
///       missing: 5                           # counts of SKUs
///       extra: 3
///       blank: 2
///       duplicate: 2
///       locations: { Amsterdam: [Rotterdam] } # default: all source stock in the first location
///       seed: 3
/// ```
public struct Scenario: Sendable {
    /// The stores, in the order of the file.
    public private(set) var stores: [SimulatedStore] = []

    /// Reads the scenario at a path and makes its stores.
    ///
    /// - Throws: ``SimulatorError`` with the file and what is wrong in it.
    public init(path: String) throws(SimulatorError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .badScenario(file: path, reason: "cannot be read")
        }
        try self.init(text: String(decoding: data, as: UTF8.self), file: path)
    }

    /// Reads a scenario's text; `file` names it in errors, and relative paths in it count from its folder.
    public init(text: String, file: String) throws(SimulatorError) {
        let json: JSONValue
        do {
            guard let node = try Yams.compose(yaml: text) else { throw SimulatorError.badControl("is empty") }
            json = JSONValue(yaml: node)
        } catch {
            throw .badScenario(file: file, reason: "\(error)")
        }
        var reader = ScenarioReader(file: file)
        stores = try reader.stores(json)
    }

    /// A scenario to start from: a source and two destinations that drifted.
    public static let example = """
        # A source and two destinations in other currencies, drifted by a seed.
        # synctec-simulator serve example.yaml --print-endpoints
        stores:
          - shop: northwind-supply.myshopify.com
            port: 8701
            currency: USD
            token: shpat_northwind
            locations: [Rotterdam, Venlo]
            catalogue:
              generate: { variants: 500, seed: 7, blank: 3, duplicate: 2 }
          - shop: lumen-home.myshopify.com
            port: 8702
            currency: EUR
            token: shpat_lumen
            locations: [Amsterdam]
            mirror_of: northwind-supply.myshopify.com
            mirror:
              rate: "0.9250"
              markup: 20%
              drift: 1%
              missing: 5
              extra: 3
              blank: 2
              duplicate: 2
              locations: { Amsterdam: [Rotterdam, Venlo] }
              seed: 3
          - shop: akari-store.myshopify.com
            port: 8703
            currency: JPY
            token: shpat_akari
            locations: [Tokyo]
            mirror_of: northwind-supply.myshopify.com
            mirror: { rate: "149.5", markup: 10%, drift: 1%, missing: 3, seed: 4 }

        """
}
