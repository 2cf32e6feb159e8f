public import Pricing
public import Snapshots

/// The money a destination's variant should have, in minor units of its currency.
public struct ExpectedMoney: Sendable, Hashable {
    /// What becomes of one amount.
    public enum Amount: Sendable, Hashable {
        /// It should have this amount.
        case units(Int64)
        /// It should have none.
        case none
        /// There is nothing to hold it against: it is left as it is, and the row says why.
        case undecided(PriceRefusal?)

        /// In the form packed rows have, or `nil` where undecided.
        var packed: Int64? {
            switch self {
            case .units(let units): units
            case .none: VariantRow.noNumber
            case .undecided: nil
            }
        }
    }

    public let price: Amount
    public let compareAtPrice: Amount
    public let cost: Amount
    /// The price rule that counted, from 0.
    public let rule: Int?
    /// The source has a compare-at price, and it is not above the price here (FAULTS MO-6).
    public let clearsCompareAt: Bool

    /// Prices one of the source's rows.
    init(
        _ row: VariantRow, of currency: Currency, product: ProductRow, collections: UInt64, by rules: ComparisonRules
    ) {
        guard let book = rules.prices else {
            self.init(price: .undecided(nil), compareAtPrice: .undecided(nil), cost: .undecided(nil))
            return
        }
        guard !row.flags.contains(.priceUnreadable), row.price != VariantRow.noNumber else {
            self.init(price: .undecided(nil), compareAtPrice: .undecided(nil), cost: Self.cost(row, of: currency, by: book))
            return
        }
        func money(_ units: Int64) -> Money? {
            units == VariantRow.noNumber ? nil : Money(minorUnits: units, currency: currency)
        }
        let source = Money(minorUnits: row.price, currency: currency)
        let cost = money(row.cost)
        var chosen: Int?
        for (index, match) in rules.priceMatches.enumerated()
        where match.matches(sku: row.sku, product: product, collections: collections)
            && book.fits(rule: index, source: source, cost: cost)
        {
            chosen = index
            break
        }
        let result = book.price(source: source, cost: cost, compareAt: money(row.compareAtPrice), rule: chosen)
        let price: Amount =
            switch result.price {
            case .priced(let money): .units(money.minorUnits)
            case .refused(let refusal): .undecided(refusal)
            }
        let compareAt: Amount =
            switch result.compareAt {
            case _ where row.flags.contains(.compareAtPriceUnreadable): .undecided(nil)
            case .none, .cleared: .none
            case .price(let money): .units(money.minorUnits)
            case .held: .undecided(nil)
            }
        self.init(
            price: price, compareAtPrice: compareAt,
            cost: row.flags.contains(.costUnreadable)
                ? .undecided(nil) : result.cost.map { .units($0.minorUnits) } ?? .none,
            rule: result.rule, clearsCompareAt: result.compareAt == .cleared)
    }

    private init(
        price: Amount, compareAtPrice: Amount, cost: Amount, rule: Int? = nil, clearsCompareAt: Bool = false
    ) {
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        self.rule = rule
        self.clearsCompareAt = clearsCompareAt
    }

    /// The cost alone, where there is no price to go with it.
    private static func cost(_ row: VariantRow, of currency: Currency, by book: PriceBook) -> Amount {
        guard !row.flags.contains(.costUnreadable) else { return .undecided(nil) }
        guard row.cost != VariantRow.noNumber else { return .none }
        let anyPrice = Money(minorUnits: 1, currency: currency)
        let cost = Money(minorUnits: row.cost, currency: currency)
        return book.price(source: anyPrice, cost: cost, compareAt: nil, rule: nil).cost.map { .units($0.minorUnits) }
            ?? .none
    }
}

extension ComparisonRules {
    /// The way to the price of one of the source's rows, by the same choice of rule as a comparison; `nil` without a rate.
    public func explanation(of row: Int, in source: PackedSnapshot) -> PriceExplanation? {
        guard let book = prices else { return nil }
        let variant = source.variants[row]
        guard variant.price != VariantRow.noNumber else { return nil }
        func money(_ units: Int64) -> Money? {
            units == VariantRow.noNumber ? nil : Money(minorUnits: units, currency: source.currency)
        }
        let product = source.products[Int(variant.product)]
        let candidates = priceMatches.indices.filter {
            priceMatches[$0].matches(
                sku: variant.sku, product: product, collections: collections(ofProduct: Int(variant.product)))
        }
        return book.explanation(
            for: PriceSubject(
                sourcePrice: Money(minorUnits: variant.price, currency: source.currency), sourceCost: money(variant.cost),
                sourceCompareAt: money(variant.compareAtPrice), candidateRules: candidates))
    }
}
