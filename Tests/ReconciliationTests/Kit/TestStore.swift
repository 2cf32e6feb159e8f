import Catalog
import Foundation
import Pricing
import Snapshots

/// A store as tests write it down: texts and numbers as a bulk file has them.
struct TestStore {
    var currency = Currency.usd
    var products: [TestProduct] = []

    /// In which order the lines stand in the file; every order is one the platform may give.
    enum LineOrder: Hashable {
        /// Each product with its variants and their levels behind it.
        case grouped
        /// All products, then all variants, then all levels, each in an order of its own.
        case interleaved(seed: UInt64)
    }

    /// The bulk file.
    func lines(_ order: LineOrder = .grouped) -> [String] {
        switch order {
        case .grouped:
            return products.flatMap { product in
                [product.line]
                    + product.variants.flatMap { [$0.line(of: product, currency: currency)] + $0.levelLines }
            }
        case .interleaved(let seed):
            var generator = SplitMix64(seed: seed)
            let variants = products.flatMap { product in
                product.variants.map { $0.line(of: product, currency: currency) }
            }
            return products.map(\.line).shuffled(using: &generator) + variants.shuffled(using: &generator)
                + products.flatMap(\.variants).flatMap(\.levelLines).shuffled(using: &generator)
        }
    }

    /// Writes the bulk file and reads it.
    func snapshot(_ order: LineOrder = .grouped, key: FingerprintKey, tags: [String] = []) throws -> PackedSnapshot {
        let file = FileManager.default.temporaryDirectory.appending(path: "reconciliation-\(UUID().uuidString).jsonl")
        try Data(lines(order).map { $0 + "\n" }.joined().utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try SnapshotReader(
            key: key,
            currency: currency,
            required: .all.subtracting(.inventory),
            watchedTags: tags
        )
        .read(file: file.path, expecting: nil)
    }
}

extension TestStore {
    /// All variants, each with its product.
    var variants: [(product: TestProduct, variant: TestVariant)] {
        products.flatMap { product in product.variants.map { (product, $0) } }
    }

    /// Changes the variants that bear a SKU.
    mutating func change(_ sku: String, _ body: (inout TestVariant) -> Void) {
        changeVariants { variant in
            if let text = variant.sku, text.utf8.elementsEqual(sku.utf8) { body(&variant) }
        }
    }

    /// Changes every variant.
    mutating func changeVariants(_ body: (inout TestVariant) -> Void) {
        for product in products.indices {
            for variant in products[product].variants.indices { body(&products[product].variants[variant]) }
        }
    }

    /// A copy as another store would have it: the same content under other ids.
    func copied(offset: Int64 = 1_000_000) -> TestStore {
        var copy = self
        for product in copy.products.indices { copy.products[product].id += offset }
        copy.changeVariants { $0.id += offset }
        return copy
    }

    /// One product with one variant per SKU, all alike.
    static func plain(_ skus: [String], price: String = "100.00", available: Int64 = 10) -> TestStore {
        var store = TestStore()
        for (index, sku) in skus.enumerated() {
            var variant = TestVariant(id: Int64(index + 1), sku: sku)
            variant.price = price
            variant.levels = [1: available]
            store.products.append(TestProduct(id: Int64(index + 1), title: "Product \(index + 1)", variants: [variant]))
        }
        return store
    }

    /// As ``plain(_:price:available:)`` with SKUs of the form `S-7`.
    static func plain(count: Int, price: String = "100.00", available: Int64 = 10) -> TestStore {
        plain((1...max(1, count)).map { "S-\($0)" }, price: price, available: available)
    }
}
