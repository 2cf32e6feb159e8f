public import Pricing
import Snapshots

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

    /// What becomes of the price.
    public let price: Amount
    /// What becomes of the compare-at price.
    public let compareAtPrice: Amount
    /// What becomes of the cost.
    public let cost: Amount
    /// The price rule that counted, from 0.
    public let rule: Int?

    /// Prices one of the source's rows; without a book, or with one for other currencies, all is undecided.
    init(
        _ row: VariantRow,
        of currency: Currency,
        to destination: Currency,
        product: ProductRow,
        collections: UInt64,
        matches: [RowMatch],
        book: PriceBook?
    ) {
        guard let book else {
            self.init(price: .undecided(nil), compareAtPrice: .undecided(nil), cost: .undecided(nil))
            return
        }
        guard book.rate.from == currency, book.rate.to == destination else {
            let foreign = Amount.undecided(.otherCurrency)
            self.init(price: foreign, compareAtPrice: foreign, cost: foreign)
            return
        }
        func money(_ units: Int64) -> Money? {
            units == VariantRow.noNumber ? nil : Money(minorUnits: units, currency: currency)
        }
        let cost = money(row.cost)
        guard !row.flags.contains(.priceUnreadable), row.price != VariantRow.noNumber else {
            let plainCost = Self.cost(row, cost, by: book)
            self.init(price: .undecided(nil), compareAtPrice: .undecided(nil), cost: plainCost)
            return
        }
        let source = Money(minorUnits: row.price, currency: currency)
        let isReadable = row.flags.isDisjoint(with: [.costUnreadable, .compareAtPriceUnreadable])
        var chosen: Int?
        for index in matches.indices {
            guard matches[index].matches(sku: row.sku, product: product, collections: collections) else { continue }
            // Whether an amount nobody can read is within a tier, nobody can tell.
            if !isReadable, row.flags.contains(.costUnreadable), book.rules[index].tier.asksForCost {
                self.init(price: .undecided(nil), compareAtPrice: .undecided(nil), cost: .undecided(nil))
                return
            }
            if book.fits(rule: index, source: source, cost: cost) {
                chosen = index
                break
            }
        }
        if !isReadable, let chosen, book.rules[chosen].leans(onUnreadable: row.flags) {
            // A floor or a ceiling that cannot be read must not fall away.
            let plainCost = Self.cost(row, cost, by: book)
            self.init(price: .undecided(nil), compareAtPrice: .undecided(nil), cost: plainCost)
            return
        }
        let result = book.price(source: source, cost: cost, compareAt: money(row.compareAtPrice), rule: chosen)
        let price: Amount
        switch result.price {
        case .priced(let money): price = .units(money.minorUnits)
        case .refused(let refusal): price = .undecided(refusal)
        }
        let compareAt: Amount
        switch result.compareAt {
        case _ where row.flags.contains(.compareAtPriceUnreadable): compareAt = .undecided(nil)
        case .none, .cleared: compareAt = .none
        case .price(let money): compareAt = .units(money.minorUnits)
        case .held: compareAt = .undecided(nil)
        }
        self.init(price: price, compareAtPrice: compareAt, cost: Self.cost(row, result.cost), rule: result.rule)
    }

    private init(price: Amount, compareAtPrice: Amount, cost: Amount, rule: Int? = nil) {
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        self.rule = rule
    }

    /// The cost alone, where there is no price to go with it.
    private static func cost(_ row: VariantRow, _ cost: Money?, by book: PriceBook) -> Amount {
        guard let cost else { return Self.cost(row, nil) }
        // Cost is converted plainly, whatever the price.
        let anyPrice = Money(minorUnits: 1, currency: cost.currency)
        return Self.cost(row, book.price(source: anyPrice, cost: cost, compareAt: nil, rule: nil).cost)
    }

    private static func cost(_ row: VariantRow, _ converted: Money?) -> Amount {
        if row.flags.contains(.costUnreadable) { return .undecided(nil) }
        if let converted { return .units(converted.minorUnits) }
        // A cost that cannot be counted in the destination's currency is not the same as none.
        return row.cost == VariantRow.noNumber ? .none : .undecided(.outOfRange)
    }
}

extension PriceTier {
    fileprivate var asksForCost: Bool { costFrom != nil || costBelow != nil }
}

extension PriceRule {
    /// Whether its price is bounded by an amount of the source that cannot be read.
    fileprivate func leans(onUnreadable flags: VariantRow.Flags) -> Bool {
        flags.contains(.costUnreadable) && floor == .cost
            || flags.contains(.compareAtPriceUnreadable) && ceiling == .compareAt
    }

    /// Whether it bounds a price from below, given that the source has a cost or not.
    ///
    /// Where it does not, the built-in floor takes its place (FAULTS MO-4).
    func hasFloor(withCost hasCost: Bool) -> Bool {
        if minimum != nil { return true }
        return switch floor {
        case nil: false
        case .cost: hasCost
        case .amount: true
        }
    }
}
