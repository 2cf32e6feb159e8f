/// Makes a destination's catalogue out of its source's, and keeps the truth about what was made to differ.
public struct CatalogueMirror {
    private let settings: MirrorSettings
    private let sourceDigits: Int
    private let digits: Int
    private let locations: [String]
    private let rate: (numerator: Int128, denominator: Int128)
    private let markup: (numerator: Int128, denominator: Int128)
    private var random: SeededGenerator
    private var truth = MirrorTruth()
    private var handles: Set<String> = []
    /// The status of the product at hand.
    private var sourceStatus = "ACTIVE"
    /// SKUs that can be compared: on one source variant, and not spoilt in the destination.
    private var comparable: Set<String> = []

    /// Makes the catalogue of a destination in `currency` with these locations.
    ///
    /// - Throws: ``SimulatorError/badCatalogue(shop:reason:)`` where rate or markup is no decimal.
    public static func make(
        of source: [SimulatedProduct],
        in sourceCurrency: String,
        for currency: String,
        locations: [String],
        _ settings: MirrorSettings
    ) throws(SimulatorError) -> (products: [SimulatedProduct], truth: MirrorTruth) {
        var mirror = try CatalogueMirror(sourceCurrency, currency, locations, settings)
        let products = mirror.run(source)
        return (products, mirror.truth)
    }

    private init(
        _ sourceCurrency: String,
        _ currency: String,
        _ locations: [String],
        _ settings: MirrorSettings
    ) throws(SimulatorError) {
        guard let rate = DecimalText.fraction(settings.rate), let markup = DecimalText.fraction(settings.markupPercent)
        else { throw .badCatalogue(shop: currency, reason: "rate and markup have to be decimals") }
        self.settings = settings
        sourceDigits = DecimalText.digits(of: sourceCurrency)
        digits = DecimalText.digits(of: currency)
        self.locations = locations
        self.rate = rate
        self.markup = (markup.denominator * 100 + markup.numerator, markup.denominator * 100)
        random = SeededGenerator(seed: settings.seed)
    }

    private mutating func run(_ source: [SimulatedProduct]) -> [SimulatedProduct] {
        let counts = Self.counts(source)
        comparable = Set(counts.filter { $0.value == 1 }.keys)
        handles = Set(source.map { StoreState.handle($0.handle.isEmpty ? $0.title : $0.handle) })
        let candidates = source.flatMap { $0.variants.compactMap(\.sku) }.filter { counts[$0] == 1 }
        let missing = take(settings.missing, candidates)
        let blank = take(settings.blank, candidates.filter { !missing.contains($0) })
        let doubled = take(settings.duplicate, candidates.filter { !missing.contains($0) && !blank.contains($0) })
        comparable.subtract(missing)
        comparable.subtract(blank)
        comparable.subtract(doubled)
        var products: [SimulatedProduct] = []
        for product in source {
            if let copy = mirrored(product, missing, blank, doubled) { products.append(copy) }
        }
        addExtras(to: &products)
        sum(up: products, counts)
        return products
    }

    private static func counts(_ products: [SimulatedProduct]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for sku in products.flatMap({ $0.variants.compactMap(\.sku) }) where !sku.isEmpty {
            counts[sku, default: 0] += 1
        }
        return counts
    }

    private mutating func take(_ number: Int, _ candidates: [String]) -> Set<String> {
        var taken: Set<String> = []
        while taken.count < min(number, candidates.count) {
            taken.insert(candidates[random.below(candidates.count)])
        }
        return taken
    }

    private mutating func mirrored(
        _ source: SimulatedProduct,
        _ missing: Set<String>,
        _ blank: Set<String>,
        _ doubled: Set<String>
    ) -> SimulatedProduct? {
        var product = source
        sourceStatus = source.status
        if product.handle.isEmpty { product.handle = StoreState.handle(product.title) }
        product.variants = []
        for var variant in source.variants where !(variant.sku.map(missing.contains) ?? false) {
            convert(&variant)
            if let sku = variant.sku, comparable.contains(sku) { drift(&variant, sku) }
            if let sku = variant.sku, blank.contains(sku) { variant.sku = random.chance(permille: 500) ? nil : "" }
            product.variants.append(variant)
            if let sku = variant.sku, doubled.contains(sku) {
                variant.optionValues[variant.optionValues.count - 1] += " (copy)"
                product.variants.append(variant)
            }
        }
        guard !product.variants.isEmpty else { return nil }
        let skus = product.variants.compactMap(\.sku).filter { comparable.contains($0) }
        if !skus.isEmpty { drift(&product, skus) }
        return product
    }

    // MARK: Conversion

    private func convert(_ variant: inout SimulatedVariant) {
        variant.price = converted(variant.price, withMarkup: true)
        variant.compareAtPrice = variant.compareAtPrice.map { converted($0, withMarkup: true) }
        variant.cost = variant.cost.map { converted($0, withMarkup: false) }
        let stock = variant.inventory
        variant.inventory = [:]
        if settings.locations.isEmpty, let first = locations.first {
            variant.inventory[first] = stock.values.reduce(0, +)
        }
        for (name, sources) in settings.locations {
            let held = sources.compactMap { stock[$0] }
            if !held.isEmpty { variant.inventory[name] = held.reduce(0, +) }
        }
    }

    /// Half-even to the destination's minor unit, in whole numbers.
    private func converted(_ text: String, withMarkup: Bool) -> String {
        guard let minor = DecimalText.minorUnits(text, digits: sourceDigits) else { return text }
        var numerator = Int128(minor) * rate.numerator
        var denominator = rate.denominator
        if withMarkup {
            numerator *= markup.numerator
            denominator *= markup.denominator
        }
        for _ in 0..<max(0, digits - sourceDigits) { numerator *= 10 }
        for _ in 0..<max(0, sourceDigits - digits) { denominator *= 10 }
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let twice = remainder * 2
        let roundsUp = twice > denominator || (twice == denominator && quotient % 2 == 1)
        return DecimalText.money(Int64(quotient + (roundsUp ? 1 : 0)), digits: digits)
    }

    // MARK: Drift

    private mutating func drifts(_ field: String) -> Bool {
        guard let permille = settings.driftPermille[field], permille > 0 else { return false }
        return random.chance(permille: permille)
    }

    private mutating func note(
        _ sku: String,
        _ field: String,
        _ expected: String?,
        _ drifted: String?,
        _ location: String? = nil
    ) {
        truth.drifts.append(
            .init(
                sku: sku,
                field: field,
                expected: expected,
                drifted: drifted,
                location: location,
                sourceStatus: sourceStatus
            )
        )
    }

    private mutating func drift(_ variant: inout SimulatedVariant, _ sku: String) {
        let before = variant
        if drifts("price") { variant.price = moved(variant.price) }
        if drifts("compare_at_price") {
            variant.compareAtPrice = before.compareAtPrice == nil ? added(to: before.price, hundredths: 130) : nil
        }
        if drifts("cost") { variant.cost = variant.cost.map { moved($0) } ?? added(to: "0", hundredths: 100) }
        if drifts("barcode") {
            variant.barcode =
                before.barcode == nil || random.chance(permille: 700) ? "9\(random.below(900_000_000))" : nil
        }
        if drifts("weight") {
            variant.weight = SimulatedWeight(
                value: (before.weight?.value ?? 0) + 0.25,
                unit: before.weight?.unit ?? "GRAMS"
            )
        }
        if drifts("taxable") { variant.taxable.toggle() }
        if drifts("requires_shipping") { variant.requiresShipping.toggle() }
        if drifts("country_of_origin") { variant.countryOfOrigin = before.countryOfOrigin == "JP" ? "KR" : "JP" }
        if drifts("hs_code") { variant.hsCode = before.hsCode == "950300" ? "950301" : "950300" }
        if drifts("inventory_policy") {
            variant.inventoryPolicy = before.inventoryPolicy == "DENY" ? "CONTINUE" : "DENY"
        }
        if drifts("tracked") { variant.tracked.toggle() }
        if before.tracked, variant.tracked, drifts("inventory"),
            let location = locations.first(where: { variant.inventory[$0] != nil }),
            let held = variant.inventory[location]
        {
            variant.inventory[location] = held + (random.chance(permille: 500) ? 1 : 17)
            note(sku, "inventory", String(held), String(variant.inventory[location] ?? 0), location)
        }
        for (field, expected, drifted) in Self.differences(before, variant) { note(sku, field, expected, drifted) }
    }

    private static func differences(
        _ before: SimulatedVariant,
        _ after: SimulatedVariant
    ) -> [(String, String?, String?)] {
        func weight(_ weight: SimulatedWeight?) -> String? { weight.map { "\($0.value) \($0.unit)" } }
        return [
            ("price", before.price, after.price), ("compare_at_price", before.compareAtPrice, after.compareAtPrice),
            ("cost", before.cost, after.cost), ("barcode", before.barcode, after.barcode),
            ("weight", weight(before.weight), weight(after.weight)),
            ("taxable", String(before.taxable), String(after.taxable)),
            ("requires_shipping", String(before.requiresShipping), String(after.requiresShipping)),
            ("country_of_origin", before.countryOfOrigin, after.countryOfOrigin),
            ("hs_code", before.hsCode, after.hsCode),
            ("inventory_policy", before.inventoryPolicy, after.inventoryPolicy),
            ("tracked", String(before.tracked), String(after.tracked)),
        ].filter { $0.1 != $0.2 }
    }

    /// A little more or less: never a jump that a brake would hold.
    private mutating func moved(_ text: String) -> String {
        let minor = DecimalText.minorUnits(text, digits: digits) ?? 0
        let change = [1, 1, max(1, minor / 20), -max(1, minor / 50)][random.below(4)]
        return DecimalText.money(max(1, minor + change), digits: digits)
    }

    private func added(to text: String, hundredths: Int64) -> String {
        let minor = DecimalText.minorUnits(text, digits: digits) ?? 0
        return DecimalText.money(max(499, minor * hundredths / 100), digits: digits)
    }

    private mutating func drift(_ product: inout SimulatedProduct, _ skus: [String]) {
        let before = product
        if drifts("title") { product.title += " (local)" }
        if drifts("description") { product.description += "<p>Edited here.</p>" }
        if drifts("vendor") { product.vendor += " GmbH" }
        if drifts("product_type") { product.productType += " & more" }
        if drifts("tags") {
            product.tags = before.tags.isEmpty ? ["local"] : Array(before.tags.dropFirst()) + ["local"]
        }
        if drifts("status") { product.status = before.status == "ACTIVE" ? "DRAFT" : "ACTIVE" }
        if drifts("seo_title") { product.seoTitle = (before.seoTitle ?? before.title) + " – shop" }
        if drifts("seo_description") { product.seoDescription = before.seoDescription == nil ? "Buy it here." : nil }
        if drifts("handle"), handles.insert(before.handle + "-local").inserted { product.handle += "-local" }
        func tags(_ product: SimulatedProduct) -> String {
            ProductRecord.normalised(product.tags).joined(separator: ", ")
        }
        let fields: [(String, String?, String?)] = [
            ("title", before.title, product.title), ("description", before.description, product.description),
            ("vendor", before.vendor, product.vendor), ("product_type", before.productType, product.productType),
            ("tags", tags(before), tags(product)), ("status", before.status, product.status),
            ("handle", before.handle, product.handle), ("seo_title", before.seoTitle, product.seoTitle),
            ("seo_description", before.seoDescription, product.seoDescription),
        ]
        for (field, expected, drifted) in fields where expected != drifted {
            for sku in skus { note(sku, field, expected, drifted) }
        }
    }

    // MARK: The rest of the truth

    private mutating func addExtras(to products: inout [SimulatedProduct]) {
        for number in 0..<settings.extra {
            products.append(
                SimulatedProduct(
                    handle: "local-\(number + 1)",
                    title: "Local find \(number + 1)",
                    vendor: "Here",
                    variants: [
                        SimulatedVariant(
                            sku: "LOCAL-\(settings.seed)-\(number + 1)",
                            price: DecimalText.money(Int64(1500 + random.below(9000)), digits: digits),
                            inventory: locations.first.map { [$0: random.below(20)] } ?? [:]
                        )
                    ]
                )
            )
        }
    }

    private mutating func sum(up products: [SimulatedProduct], _ source: [String: Int]) {
        let own = Self.counts(products)
        truth.duplicate = own.filter { $0.value > 1 }.keys.sorted()
        truth.missing = source.filter { $0.value == 1 && own[$0.key] == nil }.keys.sorted()
        truth.extra = own.filter { $0.value == 1 && source[$0.key] == nil }.keys.sorted()
        for product in products {
            for variant in product.variants where variant.sku?.isEmpty ?? true {
                truth.blank.append("\(product.handle)/\(variant.optionValues.joined(separator: " / "))")
            }
        }
    }
}
