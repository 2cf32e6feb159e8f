import Catalog
import Pricing
import Snapshots

extension LinkTable {
    /// The links to remember after a run: what each matched SKU stood for, and the values its destination was left with.
    ///
    /// A SKU that moved and was not released keeps its old link, so that it stays held.
    public static func after(
        _ comparison: CatalogComparison, plan: CorrectionPlan, outcomes: [CorrectionOutcome], before: LinkTable
    ) -> LinkTable {
        var changes: [Int64: [Correction]] = [:]
        for (correction, outcome) in zip(plan.corrections, outcomes) where outcome.kind == .applied {
            changes[correction.target.variant, default: []].append(correction)
        }
        let heldAsMoved = Set(plan.held.filter { $0.reason == .moved }.compactMap { $0.target?.variant })
        var rows: [LinkRow] = []
        rows.reserveCapacity(comparison.matched)
        for (index, partner) in comparison.partners.enumerated() where partner != 0 {
            let source = comparison.source.variants[Int(partner) - 1]
            let destination = comparison.destination.variants[index]
            if heldAsMoved.contains(destination.id), let link = before[source.sku] {
                rows.append(link)
                continue
            }
            var link = LinkRow(
                sku: source.sku, sourceVariant: source.id, destinationVariant: destination.id, price: destination.price,
                compareAtPrice: destination.compareAtPrice, cost: destination.cost,
                stock: comparison.rules.stock.reduce(0) {
                    $0 + comparison.destination.available(ofVariant: index, at: $1.destination).sum
                })
            for correction in changes[destination.id] ?? [] { link.take(correction) }
            rows.append(link)
        }
        return LinkTable(rows)
    }
}

extension LinkRow {
    fileprivate mutating func take(_ correction: Correction) {
        switch (correction.field, correction.new) {
        case (.price, .amount(let money)): price = money.minorUnits
        case (.compareAtPrice, .amount(let money)): compareAtPrice = money.minorUnits
        case (.compareAtPrice, .absent): compareAtPrice = VariantRow.noNumber
        case (.cost, .amount(let money)): cost = money.minorUnits
        case (.cost, .absent): cost = VariantRow.noNumber
        case (.inventory, .quantity(let count)):
            if case .quantity(let old) = correction.old { stock -= old }
            stock += count
        default: break
        }
    }
}
