/// Makes up a catalogue that looks like a real one, the same for the same numbers: accents, HTML, options, several
/// locations, items that are not tracked, and missing compare-at prices, costs and barcodes.
public struct CatalogueGenerator: Sendable {
    /// How many variants there will be.
    public var variants: Int
    /// Decides everything.
    public var seed: UInt64
    /// How many variants get no SKU.
    public var blankSKUs: Int
    /// How many SKUs are borne by a second variant too.
    public var duplicateSKUs: Int

    /// Makes a generator; without blanks and duplicates every variant has a SKU of its own.
    public init(variants: Int, seed: UInt64, blankSKUs: Int = 0, duplicateSKUs: Int = 0) {
        self.variants = variants
        self.seed = seed
        self.blankSKUs = blankSKUs
        self.duplicateSKUs = duplicateSKUs
    }

    /// The products, priced in a currency of so many digits and stocked at the locations.
    public func products(digits: Int, locations: [String]) -> [SimulatedProduct] {
        var random = SeededGenerator(seed: seed)
        var products: [SimulatedProduct] = []
        var made = 0
        while made < variants {
            let product = product(
                products.count + 1,
                room: variants - made,
                digits: digits,
                locations: locations,
                &random
            )
            made += product.variants.count
            products.append(product)
        }
        spoilSKUs(of: &products, &random)
        return products
    }

    private func product(
        _ number: Int,
        room: Int,
        digits: Int,
        locations: [String],
        _ random: inout SeededGenerator
    ) -> SimulatedProduct {
        let title =
            "\(Words.adjectives[random.below(Words.adjectives.count)]) "
            + "\(Words.nouns[random.below(Words.nouns.count)]) \(number)"
        let vendor = Words.vendors[random.below(Words.vendors.count)]
        let tags = (0..<random.below(7)).map { _ in Words.tags[random.below(Words.tags.count)] }
        let draw = random.below(100)
        let status = draw < 88 ? "ACTIVE" : draw < 95 ? "DRAFT" : "ARCHIVED"
        let hasSEO = random.chance(permille: 600)
        let count = min(room, variantCount(&random))
        let hasColours = count > 6 || (count > 1 && random.chance(permille: 400))
        let base = 500 + random.below(19_500)
        var product = SimulatedProduct(
            title: title,
            description: description(&random),
            vendor: vendor,
            productType: Words.types[random.below(Words.types.count)],
            tags: tags,
            status: status,
            seoTitle: hasSEO ? "\(title) | \(vendor)" : nil,
            seoDescription: hasSEO ? sentence(&random) : nil,
            options: count == 1 ? ["Title"] : hasColours ? ["Size", "Colour"] : ["Size"],
            variants: [],
            collections: random.chance(permille: 300) ? [Words.collections[random.below(Words.collections.count)]] : []
        )
        for index in 0..<count {
            let size = Words.sizes[index % Words.sizes.count]
            let colour = Words.colours[(index / Words.sizes.count) % Words.colours.count]
            let values = count == 1 ? ["Default Title"] : hasColours ? [size, colour] : [size]
            let prefix = vendor.uppercased().filter { $0.isASCII && $0.isLetter }.prefix(3)
            var variant = variant(base: base, digits: digits, locations: locations, &random)
            variant.sku = "\(prefix)-\(String(number + 100_000).dropFirst())-\(index + 1)"
            variant.optionValues = values
            product.variants.append(variant)
        }
        return product
    }

    private func variantCount(_ random: inout SeededGenerator) -> Int {
        let draw = random.below(100)
        return draw < 40 ? 1 + random.below(3) : draw < 92 ? 3 + random.below(6) : 9 + random.below(22)
    }

    private func variant(
        base: Int,
        digits: Int,
        locations: [String],
        _ random: inout SeededGenerator
    ) -> SimulatedVariant {
        let endings = [99, 95, 0, 50, 49, 90]
        let cents = Int64(base / 100 * 100 + endings[random.below(endings.count)])
        let compareAt: Int64? = random.chance(permille: 400) ? cents + Int64(100 * (1 + random.below(40))) : nil
        let cost: Int64? = random.chance(permille: 930) ? cents * Int64(30 + random.below(30)) / 100 : nil
        let grams = 50 * (1 + random.below(60))
        let isTracked = random.chance(permille: 950)
        var inventory: [String: Int] = [:]
        for (index, location) in locations.enumerated() where index == 0 || random.chance(permille: 700) {
            inventory[location] = random.chance(permille: 80) ? 0 : random.below(60)
        }
        let hasOrigin = random.chance(permille: 700)
        return SimulatedVariant(
            sku: nil,
            price: Self.amount(cents, digits),
            compareAtPrice: compareAt.map { Self.amount($0, digits) },
            cost: cost.map { Self.amount($0, digits) },
            barcode: random.chance(permille: 900) ? String(4_000_000_000_000 + random.below(999_999_999)) : nil,
            taxable: random.chance(permille: 950),
            requiresShipping: random.chance(permille: 970),
            tracked: isTracked,
            inventoryPolicy: random.chance(permille: 100) ? "CONTINUE" : "DENY",
            countryOfOrigin: hasOrigin ? Words.countries[random.below(Words.countries.count)] : nil,
            hsCode: hasOrigin ? String(420_000 + random.below(500_000)) : nil,
            weight: grams % 3 == 0
                ? SimulatedWeight(value: Double(grams), unit: "GRAMS")
                : SimulatedWeight(value: Double(grams) / 1000, unit: "KILOGRAMS"),
            inventory: inventory
        )
    }

    /// Hundredths as an amount of the currency; a currency without decimals gets a hundred times as many units.
    private static func amount(_ cents: Int64, _ digits: Int) -> String {
        digits == 0 ? String(cents) : DecimalText.money(digits == 3 ? cents * 10 : cents, digits: digits)
    }

    private func sentence(_ random: inout SeededGenerator) -> String {
        let words = (0..<(6 + random.below(12))).map { _ in Words.filler[random.below(Words.filler.count)] }
        let text = words.joined(separator: " ")
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private func description(_ random: inout SeededGenerator) -> String {
        var html = "<p>\(sentence(&random))</p>\n"
        if random.chance(permille: 500) {
            html += "<ul>\n<li>\(sentence(&random))</li>\n<li>100% cotton &amp; wool</li>\n</ul>\n"
        }
        for _ in 0..<random.below(4) { html += "<p>\(sentence(&random))</p>\n" }
        if random.chance(permille: 200) {
            html += "<p><a href=\"https://example.com/care\">Care &quot;guide&quot;</a></p>"
        }
        return html
    }

    private func spoilSKUs(of products: inout [SimulatedProduct], _ random: inout SeededGenerator) {
        var places = products.indices.flatMap { product in
            products[product].variants.indices.map { (product, $0) }
        }
        func take() -> (Int, Int)? { places.isEmpty ? nil : places.remove(at: random.below(places.count)) }
        for index in 0..<blankSKUs {
            guard let (product, variant) = take() else { return }
            products[product].variants[variant].sku = index.isMultiple(of: 2) ? nil : ""
        }
        for _ in 0..<duplicateSKUs {
            guard let first = take(), let second = take() else { return }
            products[second.0].variants[second.1].sku = products[first.0].variants[first.1].sku
        }
    }
}

/// The words a made-up catalogue is written with.
private enum Words {
    static let adjectives = list(
        "Classic Merino Alpine Urban Coastal Vintage Organic Thermal Quilted Brushed Waxed Slim Café Über Señorial Nordic"
    )
    static let nouns = list(
        "Shirt Jacket Sneaker Backpack Beanie Hoodie Sweater Kettle Lamp Mug Blanket Pan Notebook Bottle Scarf Chair"
    )
    static let vendors = [
        "Northwind & Co", "Acme/Outdoor", "Bergström", "Kiln House", "Rivet", "Maison Élan", "Plain Goods", "Halden",
        "Oak & Ash", "Fjell", "Lumen Works", "Straße 7",
    ]
    static let types = [
        "Tops", "Outerwear", "Footwear", "Accessories", "Bags & Luggage", "Kitchen", "Lighting", "Home > Textiles",
    ]
    static let tags = list(
        "new sale core fw24 ss25 vegan organic limited gift Bestseller unisex eu-only wool cotton b2b"
    )
    static let collections = ["spring", "outdoor", "for-the-table", "best-of"]
    static let sizes = list("XS S M L XL XXL")
    static let colours = list("Black Navy Sand Moss Rust Ecru Slate Plum")
    static let countries = list("DE PT IT CN IN VN FR TR")
    static let filler = list(
        "woven from long staple fibre and finished by hand in small runs so that every piece keeps its shape after years "
            + "of daily wear naïve façade 30° wash reinforced seams hidden pocket adjustable strap made in Portugal"
    )

    private static func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
