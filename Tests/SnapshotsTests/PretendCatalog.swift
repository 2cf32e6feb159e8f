import Catalog
import Pricing

/// A small catalogue made from a seed, and its bulk file in any layout.
struct PretendCatalog {
    struct Level {
        var location: Int64
        var available: Int
    }

    struct Product {
        var record: ProductRecord
        var variants: [(record: VariantRecord, levels: [Level])]
    }

    enum Layout: CaseIterable {
        case grouped, interleaved, byKind
    }

    enum Escape: CaseIterable {
        case slashes, none, everything
    }

    var products: [Product]

    init(seed: UInt64, products count: Int, currency: Currency = .eur) {
        var random = SeededNumbers(seed)
        let texts = [
            "Lamp", "Señorial / Duo", "12\" \\ pan", "A & B <i>", "Tee\tshirt", "日本 🧦", "line\nbreak", "ü", "",
        ]
        let tags = ["new", "Sale", "drop/1", "été", "b2b"]
        func text() -> String { texts[Int.random(in: 0..<texts.count, using: &random)] }
        func perhaps(_ value: String) -> String? { Bool.random(using: &random) ? value : nil }
        func money(_ range: ClosedRange<Int64>) -> FieldValue {
            Int.random(in: 0..<4, using: &random) == 0
                ? .absent : .amount(Money(minorUnits: Int64.random(in: range, using: &random), currency: currency))
        }
        var variantNumber: Int64 = 900
        products = (0..<count).map { place in
            let number = Int64(place) * 7 % 1009 + 100
            let record = ProductRecord(
                id: ResourceID(.product, number),
                handle: "p-\(number)",
                title: text() + " \(number)",
                descriptionHTML: "<p>" + text() + "</p>\n<p>\(number)</p>",
                vendor: text(),
                productType: text(),
                tags: tags.filter { _ in Bool.random(using: &random) },
                status: ["ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED", "NEWER"].randomElement(using: &random) ?? "ACTIVE",
                seoTitle: perhaps("t\(number)"),
                seoDescription: perhaps(text())
            )
            let variants = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                variantNumber += Int64.random(in: 1...5, using: &random)
                let variant = VariantRecord(
                    id: ResourceID(.variant, variantNumber),
                    product: record.id,
                    inventoryItem: ResourceID(.inventoryItem, variantNumber + 5000),
                    title: text(),
                    sku: [nil, "", " ", "SKU/\(variantNumber)", "é-\(variantNumber)"].randomElement(using: &random)
                        ?? nil,
                    barcode: perhaps("40\(variantNumber)"),
                    price: .amount(Money(minorUnits: 1234, currency: currency)),
                    compareAtPrice: money(1...99_999),
                    cost: money(0...5000),
                    taxable: Bool.random(using: &random),
                    inventoryPolicy: Bool.random(using: &random) ? "DENY" : "CONTINUE",
                    tracked: Bool.random(using: &random),
                    requiresShipping: Bool.random(using: &random),
                    countryOfOrigin: perhaps("PT"),
                    hsCode: perhaps("6109.10"),
                    weight: Weight(
                        value: ["0.5", "500", "1.25", "0.0"].randomElement(using: &random) ?? "1",
                        unit: .pounds
                    )
                )
                let levels = (0..<Int64.random(in: 0...3, using: &random)).map {
                    Level(location: 71 + $0, available: Int.random(in: -3...500, using: &random))
                }
                return (variant, levels)
            }
            return Product(record: record, variants: variants)
        }
    }

    var variants: [VariantRecord] { products.flatMap { $0.variants.map(\.record) } }
    var levelCount: Int { products.reduce(0) { $0 + $1.variants.reduce(0) { $0 + $1.levels.count } } }

    /// The lines of the bulk file, without newlines.
    func lines(_ layout: Layout = .interleaved, escape: Escape = .slashes) -> [String] {
        let json = JSONText(escape: escape)
        let grouped = products.map { product in
            (
                json.product(product.record),
                product.variants.map { (json.variant($0.record), json.levels($0.levels, of: $0.record)) }
            )
        }
        switch layout {
        case .grouped:
            return grouped.flatMap { product in [product.0] + product.1.flatMap { [$0.0] + $0.1 } }
        case .interleaved:
            return stride(from: 0, to: grouped.count, by: 5).flatMap { begin in
                let window = grouped[begin..<min(begin + 5, grouped.count)]
                return window.map(\.0) + window.flatMap { $0.1.map(\.0) } + window.flatMap { $0.1.flatMap(\.1) }
            }
        case .byKind:
            let levels = grouped.flatMap { $0.1.flatMap(\.1) }
            return grouped.map(\.0) + grouped.flatMap { $0.1.map(\.0) } + levels.reversed()
        }
    }

    /// The bulk file.
    func file(_ layout: Layout = .interleaved, escape: Escape = .slashes) -> [UInt8] {
        lines(layout, escape: escape).flatMap { Array($0.utf8) + [0x0A] }
    }
}

/// Numbers that only depend on their seed.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
