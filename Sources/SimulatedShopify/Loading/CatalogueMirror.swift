/// Makes a destination's catalogue out of its source's, and keeps the truth about what was made to differ.
public struct CatalogueMirror {
    let settings: MirrorSettings
    private let sourceDigits: Int
    let digits: Int
    let locations: [String]
    private let rate: (numerator: Int128, denominator: Int128)
    private let markup: (numerator: Int128, denominator: Int128)
    var random: SeededGenerator
    var truth = MirrorTruth()
    var handles: Set<String> = []
    /// The status of the product at hand.
    var sourceStatus = "ACTIVE"
    /// SKUs that can be compared: on one source variant, and not spoilt in the destination.
    var comparable: Set<String> = []

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
        let source = named(source)
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

    /// The products under the handles the source store gives them: unique, in the same order.
    private mutating func named(_ products: [SimulatedProduct]) -> [SimulatedProduct] {
        products.map { product in
            var product = product
            let wanted = StoreState.handle(product.handle.isEmpty ? product.title : product.handle)
            var suffix = 0
            product.handle = wanted
            while !handles.insert(product.handle).inserted {
                suffix += 1
                product.handle = "\(wanted)-\(suffix)"
            }
            return product
        }
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
