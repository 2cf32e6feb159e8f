import Foundation

/// Everything a running store knows.
///
/// Only touched under the store's lock.
final class StoreState {
    var configuration: SimulatedStoreConfiguration
    let shopNumber: Int64
    let digits: Int
    private var generator: SeededGenerator
    private var lastNumbers: [String: Int64] = [:]

    private(set) var locations: [LocationRecord] = []
    /// In the order of their numbers.
    private(set) var products: [ProductRecord] = []
    /// In the order of their numbers.
    private(set) var variants: [VariantRecord] = []
    private(set) var collections: [CollectionRecord] = []
    private var productsByNumber: [Int64: ProductRecord] = [:]
    private var variantsByNumber: [Int64: VariantRecord] = [:]
    private var variantsByItem: [Int64: VariantRecord] = [:]
    private var handles: Set<String> = []
    /// Kept alive, because a remembered answer may still point at them.
    private var removed: [VariantRecord] = []
    private var removedProducts: [ProductRecord] = []

    var bulk = BulkOperations()
    var idempotency: [String: IdempotentCall] = [:]
    var tokens: [String: Int64] = [:]
    var bucket: CostBucket
    var counters = CallCounters()
    var faults = FaultRules()
    var truth: MirrorTruth?
    /// Seconds by which the store's clock is ahead.
    var clockSkew = 0.0
    /// The address the store is reached at, for links in its answers.
    var baseURL = "http://127.0.0.1"

    init(_ configuration: SimulatedStoreConfiguration) throws(SimulatorError) {
        self.configuration = configuration
        digits = DecimalText.digits(of: configuration.currency)
        var generator = SeededGenerator(seed: configuration.seed ^ configuration.shop.stableSeed)
        let drawn = Int64(generator.below(89_000_000_000) + 10_000_000_000)
        shopNumber = configuration.shopNumber ?? drawn
        self.generator = generator
        let milliseconds = Int64(configuration.now().timeIntervalSince1970 * 1000)
        bucket = CostBucket(configuration.bucket, at: milliseconds)
        for location in configuration.locations { add(location) }
        for product in configuration.products { _ = try add(product) }
        self.configuration.products = []
    }

    // MARK: Time and numbers

    var now: Date { configuration.now().addingTimeInterval(clockSkew) }
    var milliseconds: Int64 { Int64(now.timeIntervalSince1970 * 1000) }
    var seconds: Int64 { milliseconds / 1000 }

    /// The next number of a kind: they rise, but not by one.
    func number(_ kind: String) -> Int64 {
        let last = lastNumbers[kind] ?? Int64(7_000_000_000_000) + Int64(generator.below(2_000_000_000_000))
        let next = last + Int64(1 + generator.below(64)) * 32
        lastNumbers[kind] = next
        return next
    }

    /// Letters and digits that look like a signature.
    func signature() -> String {
        String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }

    // MARK: Looking up

    func product(_ number: Int64) -> ProductRecord? { productsByNumber[number] }
    func variant(_ number: Int64) -> VariantRecord? { variantsByNumber[number] }
    func variant(ofItem number: Int64) -> VariantRecord? { variantsByItem[number] }
    func location(_ number: Int64) -> LocationRecord? { locations.first { $0.number == number } }
    func collection(_ number: Int64) -> CollectionRecord? { collections.first { $0.number == number } }
    func location(named name: String) -> LocationRecord? { locations.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// All variants that bear exactly this SKU.
    func variants(sku: String) -> [VariantRecord] {
        variants.filter { $0.sku.map { $0.utf8.elementsEqual(sku.utf8) } ?? false }
    }

    func isHandleTaken(_ handle: String) -> Bool { handles.contains(handle) }

    // MARK: Changing

    func add(_ location: SimulatedLocation) {
        locations.append(LocationRecord(number: number("Location"), levelNumber: number("InventoryLevel"), location))
    }

    func add(_ product: SimulatedProduct) throws(SimulatorError) -> ProductRecord {
        let wanted = Self.handle(product.handle.isEmpty ? product.title : product.handle)
        var handle = wanted
        var suffix = 1
        while handles.contains(handle) {
            handle = "\(wanted)-\(suffix)"
            suffix += 1
        }
        let record = ProductRecord(number: number("Product"), product, handle: handle, at: seconds)
        for variant in product.variants { try add(variant, to: record) }
        handles.insert(handle)
        products.append(record)
        productsByNumber[record.number] = record
        for name in product.collections { join(record, collection: name) }
        return record
    }

    private func add(_ variant: SimulatedVariant, to product: ProductRecord) throws(SimulatorError) {
        let record = VariantRecord(
            number: number("ProductVariant"),
            itemNumber: number("InventoryItem"),
            product: product,
            variant,
            price: try minorUnits(variant.price, of: variant),
            compareAtPrice: try amount(variant.compareAtPrice, variant),
            cost: try amount(variant.cost, variant),
            at: seconds
        )
        for location in locations {
            guard let available = variant.inventory[location.name] else { continue }
            record.levels.append(
                LevelRecord(location: location, variant: record, available: available, at: seconds)
            )
        }
        guard record.levels.count == variant.inventory.count else {
            throw .badCatalogue(
                shop: configuration.shop,
                reason: "\(variant.sku ?? "a variant without SKU") is stocked at a location the store does not have"
            )
        }
        product.variants.append(record)
        variants.append(record)
        variantsByNumber[record.number] = record
        variantsByItem[record.itemNumber] = record
    }

    private func amount(_ text: String?, _ variant: SimulatedVariant) throws(SimulatorError) -> Int64? {
        guard let text else { return nil }
        return try minorUnits(text, of: variant)
    }

    private func minorUnits(_ text: String, of variant: SimulatedVariant) throws(SimulatorError) -> Int64 {
        guard let minor = DecimalText.minorUnits(text, digits: digits) else {
            throw .badCatalogue(
                shop: configuration.shop,
                reason: "\(variant.sku ?? "a variant without SKU"): \(text) is no amount of \(configuration.currency)"
            )
        }
        return minor
    }

    private func join(_ product: ProductRecord, collection handle: String) {
        let collection: CollectionRecord
        if let found = collections.first(where: { $0.handle == handle }) {
            collection = found
        } else {
            collection = CollectionRecord(
                number: number("Collection"),
                handle: handle,
                title: configuration.collectionTitles[handle] ?? handle.split(separator: "-").joined(separator: " "),
                at: seconds
            )
            collections.append(collection)
        }
        collection.products.append(product)
        product.collections.append(collection)
    }

    func rename(_ product: ProductRecord, to handle: String) {
        handles.remove(product.handle)
        handles.insert(handle)
        product.handle = handle
    }

    /// Takes a variant away, and its product with the last one.
    func remove(_ variant: VariantRecord) {
        let product = variant.product
        removed.append(variant)
        removedProducts.append(product)
        product.variants.removeAll { $0 === variant }
        variants.removeAll { $0 === variant }
        variantsByNumber[variant.number] = nil
        variantsByItem[variant.itemNumber] = nil
        guard product.variants.isEmpty else { return }
        handles.remove(product.handle)
        productsByNumber[product.number] = nil
        for collection in product.collections { collection.products.removeAll { $0 === product } }
        products.removeAll { $0 === product }
    }

    /// A handle as the API makes it: lowercase letters, digits and single dashes.
    static func handle(_ text: String) -> String {
        var handle = ""
        for character in text.lowercased() {
            if character.isLetter || character.isNumber || character == "_" {
                handle.append(character)
            } else if !handle.isEmpty, handle.last != "-" {
                handle.append("-")
            }
        }
        while handle.last == "-" { handle.removeLast() }
        return handle.isEmpty ? "product" : handle
    }
}
