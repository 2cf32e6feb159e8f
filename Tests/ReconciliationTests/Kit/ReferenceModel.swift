import Catalog
import Pricing
import Reconciliation

/// What a plan has to be, worked out the slow and plain way from the stores as they are written down.
///
/// Shares no code with the module under test: dictionaries of texts, and money in whole cents.
struct ReferenceModel {
    struct Expectation: Hashable {
        let sku: String
        let field: String
        let value: String

        /// Spelled out in ASCII, since strings are equal in composed and decomposed form and SKUs are not.
        init(sku: String, field: String, value: String) {
            self.sku = sku.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
            self.field = field
            self.value = value
        }
    }

    private typealias Entry = (product: TestProduct, variant: TestVariant)

    private let bench: Bench
    private(set) var corrections: Set<Expectation> = []
    private(set) var held: Set<Expectation> = []
    private(set) var matched: [[UInt8]: (source: Int64, destination: Int64)] = [:]
    private(set) var missing = 0
    private(set) var extra = 0
    private(set) var unshared = 0
    private(set) var duplicates: Set<[UInt8]> = []

    init(_ bench: Bench) {
        self.bench = bench
        let aliases = Dictionary(
            uniqueKeysWithValues: bench.aliases.map { (Array($0.key.utf8), Array($0.value.utf8)) }
        )
        let reversed = Dictionary(uniqueKeysWithValues: aliases.map { ($0.value, $0.key) })
        let source = Self.bySKU(bench.source) { $0 }
        // A destination's SKU stands for the source's that is aliased to it; one that is aliased elsewhere stands for nothing.
        let destination = Self.bySKU(bench.destination) { reversed[$0] ?? (aliases[$0] == nil ? $0 : [0] + $0) }
        var mixed: [Int64: Set<Int64>] = [:]
        var pairs: [(Entry, Entry)] = []
        for (sku, entries) in destination {
            guard let partners = source[sku] else {
                if entries.count > 1 { duplicates.insert(sku) } else { extra += 1 }
                continue
            }
            guard let only = partners.first, partners.count == 1, entries.count == 1 else {
                duplicates.insert(sku)
                continue
            }
            guard isShared(only.product) else {
                unshared += 1
                continue
            }
            matched[sku] = (only.variant.id, entries[0].variant.id)
            mixed[entries[0].product.id, default: []].insert(only.product.id)
            pairs.append((only, entries[0]))
        }
        for (sku, entries) in source where destination[sku] == nil {
            if entries.count > 1 { duplicates.insert(sku) } else if isShared(entries[0].product) { missing += 1 }
        }
        for (left, right) in pairs { compare(left, right, isMixed: (mixed[right.product.id]?.count ?? 0) > 1) }
    }

    private static func bySKU(_ store: TestStore, _ meaning: ([UInt8]) -> [UInt8]) -> [[UInt8]: [Entry]] {
        var found: [[UInt8]: [Entry]] = [:]
        for (product, variant) in store.variants {
            guard let sku = variant.sku, sku.contains(where: { $0 != " " }) else { continue }
            found[meaning(Array(sku.utf8)), default: []].append((product, variant))
        }
        return found
    }

    private func isShared(_ product: TestProduct) -> Bool {
        bench.share == .everything || product.status == "ACTIVE"
    }

    private mutating func compare(_ left: Entry, _ right: Entry, isMixed: Bool) {
        let sku = left.variant.sku ?? ""
        for (field, new, old) in [
            ("title", left.product.title, right.product.title),
            ("vendor", left.product.vendor, right.product.vendor),
        ] where new != old {
            if isMixed {
                held.insert(Expectation(sku: sku, field: field, value: "product fields disagree"))
            } else {
                corrections.insert(Expectation(sku: sku, field: field, value: new))
            }
        }
        compareMoney(sku, left.variant, right.variant)
        compareStock(sku, left.variant, right.variant)
    }

    private mutating func compareMoney(_ sku: String, _ left: TestVariant, _ right: TestVariant) {
        let price = converted(left.price, marksUp: true)
        let cost = left.cost.flatMap { converted($0, marksUp: false) }
        correct(sku, "cost", text(cost), right.cost)
        guard let price, price > 0, cents(left.price) > 0 else {
            held.insert(Expectation(sku: sku, field: "price", value: "price zero or less"))
            if left.compareAt.map(cents) ?? 0 != 0 || right.compareAt != nil {
                held.insert(Expectation(sku: sku, field: "compare_at_price", value: "price zero or less"))
            }
            return
        }
        let compareAt = left.compareAt.flatMap { converted($0, marksUp: true) }.flatMap { $0 > price ? $0 : nil }
        let old = cents(right.price)
        let isHeld = old > 0 && price != old && (price * 10 < old * 7 || price * 10 > old * 15)
        if isHeld {
            held.insert(Expectation(sku: sku, field: "price", value: "price step too large"))
            if text(compareAt) != right.compareAt {
                held.insert(Expectation(sku: sku, field: "compare_at_price", value: "price step too large"))
            }
        } else {
            correct(sku, "price", text(price), right.price)
            correct(sku, "compare_at_price", text(compareAt), right.compareAt)
        }
    }

    private mutating func correct(_ sku: String, _ field: String, _ new: String?, _ old: String?) {
        if new != old { corrections.insert(Expectation(sku: sku, field: field, value: new ?? "")) }
    }

    private mutating func compareStock(_ sku: String, _ left: TestVariant, _ right: TestVariant) {
        guard left.tracked, right.tracked else { return }
        for group in bench.groups {
            let sum = group.source.reduce(0) { $0 + (left.levels[$1] ?? 0) }
            let target = max(0, sum - group.buffer)
            let there = right.levels[group.destination]
            if there == nil ? target > 0 : there != target {
                corrections.insert(Expectation(sku: sku, field: "inventory@\(group.destination)", value: "\(target)"))
            }
        }
    }

    // MARK: Money in cents

    private func cents(_ text: String) -> Int64 { Int64(text.filter { $0 != "." }) ?? 0 }

    private func text(_ cents: Int64?) -> String? {
        cents.map { "\($0 / 100)." + ($0 % 100 < 10 ? "0" : "") + "\($0 % 100)" }
    }

    /// Times the rate, times the markup, rounded once, half to even.
    private func converted(_ amount: String, marksUp: Bool) -> Int64? {
        let parts = (bench.rate ?? "1").split(separator: ".")
        let decimals = parts.count > 1 ? parts[1].count : 0
        guard let digits = Int64(parts.joined()) else { return nil }
        let markup = marksUp ? bench.priceRules.first.flatMap { Int64("\($0.markup.hundredths)") } ?? 0 : 0
        let top = cents(amount) * digits * (100 + markup)
        let bottom = (0..<decimals).reduce(Int64(100)) { product, _ in product * 10 }
        let whole = top / bottom
        let twice = (top % bottom) * 2
        return twice > bottom || (twice == bottom && whole % 2 == 1) ? whole + 1 : whole
    }
}
