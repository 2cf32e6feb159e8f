import Foundation

/// Turns the values of a scenario file into stores.
struct ScenarioReader {
    let file: String
    private var catalogues: [String: (products: [SimulatedProduct], currency: String)] = [:]

    init(file: String) { self.file = file }

    mutating func stores(_ json: JSONValue) throws(SimulatorError) -> [SimulatedStore] {
        try check(json, keys: ["stores"], "the file")
        guard let entries = json["stores"]?.elements, !entries.isEmpty else {
            throw failure("stores: is missing or empty")
        }
        var stores: [SimulatedStore] = []
        for entry in entries { stores.append(try store(entry)) }
        return stores
    }

    private func failure(_ reason: String) -> SimulatorError { .badScenario(file: file, reason: reason) }

    private func check(_ json: JSONValue, keys: Set<String>, _ place: String) throws(SimulatorError) {
        for member in json.members ?? [] where !keys.contains(member.name) {
            throw failure("\(place): unknown key \(member.name); known are \(keys.sorted().joined(separator: ", "))")
        }
    }

    private mutating func store(_ json: JSONValue) throws(SimulatorError) -> SimulatedStore {
        guard let shop = json["shop"]?.text else { throw failure("a store needs shop") }
        try check(
            json,
            keys: [
                "shop", "name", "port", "currency", "timezone", "token", "client", "scopes", "locations", "bulk_polls",
                "bucket", "escape_markup", "seed", "catalogue", "mirror_of", "mirror", "shop_number", "versions",
            ],
            shop
        )
        guard let currency = json["currency"]?.text else { throw failure("\(shop): currency is missing") }
        var configuration = SimulatedStoreConfiguration(
            shop: shop,
            currency: currency,
            accessToken: json["token"]?.text
        )
        try identity(json, &configuration)
        configuration.locations = try locations(json, shop)
        let names = configuration.locations.map(\.name)
        if let source = json["mirror_of"]?.text {
            let truth = try mirror(of: source, json["mirror"] ?? .object([]), names, &configuration)
            catalogues[shop] = (configuration.products, currency)
            return try SimulatedStore(configuration, truth: truth)
        }
        configuration.products = try catalogue(json["catalogue"] ?? .object([]), configuration, names)
        catalogues[shop] = (configuration.products, currency)
        return try SimulatedStore(configuration)
    }

    private func identity(
        _ json: JSONValue,
        _ configuration: inout SimulatedStoreConfiguration
    ) throws(SimulatorError) {
        if let name = json["name"]?.text { configuration.name = name }
        if let port = json["port"]?.integer.flatMap({ UInt16(exactly: $0) }) { configuration.port = port }
        if let zone = json["timezone"]?.text { configuration.timezone = zone }
        if let scopes = json["scopes"]?.elements { configuration.scopes = scopes.compactMap(\.text) }
        if let polls = json["bulk_polls"]?.integer { configuration.bulkPolls = polls }
        if let escapes = json["escape_markup"]?.boolean { configuration.escapesMarkup = escapes }
        if let seed = json["seed"]?.integer { configuration.seed = UInt64(max(0, seed)) }
        if let number = json["shop_number"]?.integer { configuration.shopNumber = Int64(number) }
        if let versions = json["versions"]?.elements {
            configuration.supportedVersions = versions.compactMap(\.scalarText)
        }
        if let maximum = json["bucket"]?["maximum"]?.integer, let rate = json["bucket"]?["restore_rate"]?.integer {
            configuration.bucket = .init(maximum: maximum, restorePerSecond: rate)
        }
        if let client = json["client"] {
            guard let id = client["id"]?.scalarText, let secret = client["secret"]?.scalarText else {
                throw failure("\(configuration.shop): client needs id and secret")
            }
            configuration.clientCredentials = .init(
                id: id,
                secret: secret,
                lifetime: client["lifetime"]?.integer ?? 86_399
            )
        }
    }

    private func locations(_ json: JSONValue, _ shop: String) throws(SimulatorError) -> [SimulatedLocation] {
        guard let entries = json["locations"]?.elements else { return [SimulatedLocation(name: "Main")] }
        var locations: [SimulatedLocation] = []
        for entry in entries {
            if let name = entry.text {
                locations.append(SimulatedLocation(name: name))
                continue
            }
            guard let name = entry["name"]?.text else { throw failure("\(shop): a location needs a name") }
            locations.append(
                SimulatedLocation(
                    name: name,
                    isActive: entry["active"]?.boolean ?? true,
                    isFulfillmentService: entry["fulfillment_service"]?.boolean ?? false
                )
            )
        }
        return locations
    }

    private func catalogue(
        _ json: JSONValue,
        _ configuration: SimulatedStoreConfiguration,
        _ locations: [String]
    ) throws(SimulatorError) -> [SimulatedProduct] {
        try check(json, keys: ["generate", "csv", "sku_fill", "products"], "\(configuration.shop): catalogue")
        if let generate = json["generate"] {
            let generator = CatalogueGenerator(
                variants: generate["variants"]?.integer ?? 100,
                seed: UInt64(max(0, generate["seed"]?.integer ?? 1)),
                blankSKUs: generate["blank"]?.integer ?? 0,
                duplicateSKUs: generate["duplicate"]?.integer ?? 0
            )
            let stocked = configuration.locations.filter(\.isActive).map(\.name)
            return generator.products(digits: DecimalText.digits(of: configuration.currency), locations: stocked)
        }
        if let csv = json["csv"]?.text {
            let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
            let path = csv.hasPrefix("/") ? csv : "\(folder)/\(csv)"
            guard let data = FileManager.default.contents(atPath: path) else {
                throw .badScenario(file: path, reason: "cannot be read")
            }
            return try ProductCSV.products(
                of: Array(data),
                file: csv,
                location: locations.first ?? "Main",
                fillsSKUs: json["sku_fill"]?.boolean ?? false
            )
        }
        var products: [SimulatedProduct] = []
        for entry in json["products"]?.elements ?? [] {
            products.append(try SimulatedProduct(json: entry, locations: locations))
        }
        return products
    }

    private func mirror(
        of source: String,
        _ json: JSONValue,
        _ locations: [String],
        _ configuration: inout SimulatedStoreConfiguration
    ) throws(SimulatorError) -> MirrorTruth {
        let place = "\(configuration.shop): mirror"
        guard let origin = catalogues[source] else {
            throw failure("\(configuration.shop): mirror_of names \(source), which does not stand above it")
        }
        try check(
            json,
            keys: ["rate", "markup", "drift", "missing", "extra", "blank", "duplicate", "locations", "seed"],
            place
        )
        var settings = MirrorSettings()
        settings.rate = json["rate"]?.scalarText ?? "1"
        settings.markupPercent =
            json["markup"]?.scalarText.map { $0.hasSuffix("%") ? String($0.dropLast()) : $0 } ?? "0"
        settings.missing = json["missing"]?.integer ?? 0
        settings.extra = json["extra"]?.integer ?? 0
        settings.blank = json["blank"]?.integer ?? 0
        settings.duplicate = json["duplicate"]?.integer ?? 0
        settings.seed = UInt64(max(0, json["seed"]?.integer ?? 1))
        try readDrift(json["drift"], &settings, place)
        for member in json["locations"]?.members ?? [] {
            guard locations.contains(member.name) else { throw failure("\(place): no location \(member.name)") }
            settings.locations[member.name] = member.value.elements?.compactMap(\.text) ?? []
        }
        let made = try CatalogueMirror.make(
            of: origin.products,
            in: origin.currency,
            for: configuration.currency,
            locations: locations,
            settings
        )
        configuration.products = made.products
        return made.truth
    }

    private func readDrift(
        _ json: JSONValue?,
        _ settings: inout MirrorSettings,
        _ place: String
    ) throws(SimulatorError) {
        guard let json else { return }
        if let text = json.scalarText {
            settings.driftEverywhere(permille: try permille(text, place))
            return
        }
        for member in json.members ?? [] {
            guard MirrorSettings.fields.contains(member.name), let text = member.value.scalarText else {
                throw failure("\(place): drift: no field is called \(member.name)")
            }
            settings.driftPermille[member.name] = try permille(text, place)
        }
    }

    private func permille(_ text: String, _ place: String) throws(SimulatorError) -> Int {
        let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
        guard let permille = DecimalText.minorUnits(digits, digits: 1), (0...1000).contains(permille) else {
            throw failure("\(place): \(text) is no percentage with at most one decimal")
        }
        return Int(permille)
    }
}
