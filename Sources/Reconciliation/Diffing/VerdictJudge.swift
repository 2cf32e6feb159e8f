import Catalog
import Pricing
import Snapshots

/// Tells who moved since the last good run, from the source's rows and the links of that run.
struct VerdictJudge: Sendable {
    private let comparison: CatalogComparison
    private let memory: PlanMemory

    init(comparison: CatalogComparison, memory: PlanMemory) {
        self.comparison = comparison
        self.memory = memory
    }

    /// The verdict on one field of a pair that differs.
    func verdict(on field: CatalogField, of difference: RowDifference, expected: ExpectedMoney) -> Verdict {
        let now = comparison.source.variants[difference.source]
        guard let previous = memory.previousSource, let link = memory.links[now.sku],
            case .one(let row) = previous.lookup(now.sku)
        else { return .firstSight }
        let before = previous.snapshot.variants[row]
        let there = comparison.destination.variants[difference.destination]
        let sourceMoved: Bool
        let destinationMoved: Bool
        switch field {
        case .price, .compareAtPrice, .cost:
            let left = link.amount(of: field)
            // A new rate or rule moves the price as a new source price does.
            sourceMoved =
                now.amount(of: field) != before.amount(of: field) || expected.amount(of: field).packed != left
            destinationMoved = there.amount(of: field) != left
        case .inventory:
            sourceMoved = stock(previous.snapshot, row) != stock(comparison.source, difference.source)
            destinationMoved = link.stock != destinationStock(difference.destination)
        default:
            let nowProduct = comparison.source.products[Int(now.product)]
            let beforeProduct = previous.snapshot.products[Int(before.product)]
            let thereProduct = comparison.destination.products[Int(there.product)]
            let only = FieldSet(CollectionOfOne(field))
            if field.owner == .product {
                sourceMoved = !nowProduct.differences(from: beforeProduct, among: only).isEmpty
                destinationMoved = !thereProduct.differences(from: beforeProduct, among: only).isEmpty
            } else {
                sourceMoved = !now.differences(from: before, among: only).isEmpty
                destinationMoved = !there.differences(from: before, among: only).isEmpty
            }
        }
        switch (sourceMoved, destinationMoved) {
        case (true, true): return .both
        case (true, false): return .sourceChanged
        default: return .destinationDrifted
        }
    }

    /// Whether a new accepted rate alone explains that a money field differs: source and destination stand still.
    func isExplainedByRate(_ field: CatalogField, of difference: RowDifference) -> Bool {
        let now = comparison.source.variants[difference.source]
        guard let previousRate = memory.previousRate, let rate = comparison.rules.prices?.rate,
            !rate.hasSameValue(as: previousRate), let previous = memory.previousSource,
            let link = memory.links[now.sku], case .one(let row) = previous.lookup(now.sku)
        else { return false }
        let before = previous.snapshot.variants[row]
        let there = comparison.destination.variants[difference.destination]
        return now.amount(of: field) == before.amount(of: field) && there.amount(of: field) == link.amount(of: field)
    }

    /// The source's stock over the groups. Locations are matched by id, since their numbers differ between snapshots.
    private func stock(_ snapshot: PackedSnapshot, _ row: Int) -> Int64 {
        var sum: Int64 = 0
        for group in comparison.rules.stock {
            guard case .only(let wanted) = group.source else {
                sum += snapshot.available(ofVariant: row, at: .all).sum
                continue
            }
            let ids = Set(comparison.source.locations.indices.filter(wanted.contains).map { comparison.source.locations[$0] })
            let places = LocationIndexSet(snapshot.locations.indices.filter { ids.contains(snapshot.locations[$0]) })
            sum += snapshot.available(ofVariant: row, at: .only(places)).sum
        }
        return sum
    }

    private func destinationStock(_ row: Int) -> Int64 {
        comparison.rules.stock.reduce(0) {
            $0 + comparison.destination.available(ofVariant: row, at: $1.destination).sum
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
