import Catalog
import Pricing
import Snapshots

/// Tells who moved since the last good run, from the source's rows and the links of that run.
struct VerdictJudge: Sendable {
    private let comparison: CatalogComparison
    private let memory: PlanMemory
    /// The source's locations of each stock group, in terms of the previous snapshot.
    private let previousPlaces: [LocationSelection]
    /// Today's price rules with the rate of the last good run; `nil` where the rate stands still.
    private let previousBook: PriceBook?

    init(comparison: CatalogComparison, memory: PlanMemory) {
        self.comparison = comparison
        self.memory = memory
        previousPlaces = Self.places(of: comparison, in: memory.previousSource?.snapshot)
        if let rate = memory.previousRate, let prices = comparison.rules.prices, rate.from == prices.rate.from,
            rate.to == prices.rate.to, !rate.hasSameValue(as: prices.rate)
        {
            previousBook = try? PriceBook(rules: prices.rules, rate: rate)
        } else {
            previousBook = nil
        }
    }

    /// The verdict on one field of a pair that differs.
    func verdict(on field: CatalogField, of difference: RowDifference, expected: ExpectedMoney) -> Verdict {
        guard let known = known(difference) else { return .firstSight }
        let sourceMoved = sourceMoved(field, difference, known)
        let open = known.link.open
        // Never written nor in step since it was first seen, so there is nothing to have moved from.
        guard !open.unknown.contains(field) else { return .firstSight }
        let there = comparison.destination.variants[difference.destination]
        switch field {
        case .price, .compareAtPrice, .cost:
            let left = known.link.amount(of: field)
            // A new rate or rule moves the price as a new source price does.
            let expectationMoved = expected.amount(of: field).packed.map { $0 != left } ?? false
            return Verdict(
                source: sourceMoved || expectationMoved || open.sourceMoved.contains(field),
                destination: there.amount(of: field) != left
            )
        case .inventory:
            guard known.link.stock != VariantRow.noNumber else { return .firstSight }
            return Verdict(
                source: sourceMoved || open.sourceMoved.contains(field),
                destination: known.link.stock != destinationStock(difference.destination)
            )
        default:
            if open.sourceMoved.contains(field) || open.destinationMoved.contains(field) {
                // What the destination had is known only as "not the source's", so the former verdict stands.
                return Verdict(
                    source: sourceMoved || open.sourceMoved.contains(field),
                    destination: open.destinationMoved.contains(field)
                )
            }
            return Verdict(source: sourceMoved, destination: textMoved(field, there, in: comparison.destination, known))
        }
    }

    /// Whether the source's own value of a field is another one than at the last good run; false where there was none.
    func sourceMoved(_ field: CatalogField, of difference: RowDifference) -> Bool {
        known(difference).map { sourceMoved(field, difference, $0) } ?? false
    }

    /// Whether the change of the accepted rate alone explains that a money field differs: under the former rate, the
    /// destination has just what today's source and rules make.
    func isExplainedByRate(_ field: CatalogField, of difference: RowDifference) -> Bool {
        guard let previousBook else { return false }
        let row = comparison.source.variants[difference.source]
        let before = ExpectedMoney(
            row,
            of: comparison.source.currency,
            to: comparison.destination.currency,
            product: comparison.source.products[Int(row.product)],
            collections: comparison.rules.collections(ofProduct: Int(row.product)),
            matches: comparison.rules.priceMatches,
            book: previousBook
        )
        return before.amount(of: field).packed
            == comparison.destination.variants[difference.destination].amount(of: field)
    }

    /// What the last good run knew of a pair.
    private struct Known {
        let link: LinkRow
        let previous: PackedSnapshot
        let row: Int
        var variant: VariantRow { previous.variants[row] }
    }

    /// `nil` where the last good run did not know just this pair.
    private func known(_ difference: RowDifference) -> Known? {
        let now = comparison.source.variants[difference.source]
        guard let previous = memory.previousSource, let link = memory.links[now.sku],
            link.joins(now, comparison.destination.variants[difference.destination]),
            case .one(let row) = previous.lookup(now.sku), previous.snapshot.variants[row].id == now.id
        else { return nil }
        return Known(link: link, previous: previous.snapshot, row: row)
    }

    private func sourceMoved(_ field: CatalogField, _ difference: RowDifference, _ known: Known) -> Bool {
        let now = comparison.source.variants[difference.source]
        switch field {
        case .price, .compareAtPrice, .cost: return now.amount(of: field) != known.variant.amount(of: field)
        case .inventory: return previousStock(known) != sourceStock(difference.source)
        default: return textMoved(field, now, in: comparison.source, known)
        }
    }

    /// Whether a copied field differs from the source's value at the last good run.
    private func textMoved(
        _ field: CatalogField,
        _ row: VariantRow,
        in snapshot: PackedSnapshot,
        _ known: Known
    ) -> Bool {
        let only = FieldSet(CollectionOfOne(field))
        guard field.owner == .product else { return !row.differences(from: known.variant, among: only).isEmpty }
        let before = known.previous.products[Int(known.variant.product)]
        return !snapshot.products[Int(row.product)].differences(from: before, among: only).isEmpty
    }

    private func sourceStock(_ row: Int) -> Int64 {
        comparison.rules.stock.reduce(0) { $0 + comparison.source.available(ofVariant: row, at: $1.source).sum }
    }

    private func previousStock(_ known: Known) -> Int64 {
        previousPlaces.reduce(0) { $0 + known.previous.available(ofVariant: known.row, at: $1).sum }
    }

    private func destinationStock(_ row: Int) -> Int64 {
        comparison.rules.stock.reduce(0) {
            $0 + comparison.destination.available(ofVariant: row, at: $1.destination).sum
        }
    }

    /// Locations are matched by id, since their numbers differ between snapshots.
    private static func places(of comparison: CatalogComparison, in previous: PackedSnapshot?) -> [LocationSelection] {
        guard let previous else { return [] }
        let now = comparison.source.locations
        return comparison.rules.stock.map { group in
            guard case .only(let wanted) = group.source else { return .all }
            let ids = Set(now.indices.filter(wanted.contains).map { now[$0] })
            return .only(LocationIndexSet(previous.locations.indices.filter { ids.contains(previous.locations[$0]) }))
        }
    }
}

extension Verdict {
    /// The verdict on a difference: where nobody is seen to have moved, it is the destination that is not as it should be.
    fileprivate init(source: Bool, destination: Bool) {
        switch (source, destination) {
        case (true, true): self = .both
        case (true, false): self = .sourceChanged
        default: self = .destinationDrifted
        }
    }
}

extension VariantRow {
    /// The packed amount of a money field.
    func amount(of field: CatalogField) -> Int64 {
        switch field {
        case .price: price
        case .compareAtPrice: compareAtPrice
        case .cost: cost
        default: Self.noNumber
        }
    }
}

extension LinkRow {
    /// The packed amount a money field was left with.
    func amount(of field: CatalogField) -> Int64 {
        switch field {
        case .price: price
        case .compareAtPrice: compareAtPrice
        case .cost: cost
        default: VariantRow.noNumber
        }
    }
}

extension ExpectedMoney {
    /// What becomes of a money field.
    func amount(of field: CatalogField) -> Amount {
        switch field {
        case .price: price
        case .compareAtPrice: compareAtPrice
        default: cost
        }
    }
}
