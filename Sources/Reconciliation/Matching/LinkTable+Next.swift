import Catalog
import Pricing
import Snapshots

extension LinkTable {
    /// The links to remember after a run: what each matched SKU stood for, and the values its destination was left with.
    ///
    /// A field that differs and was not corrected keeps the amount of the run before, and is noted as open. A SKU that moved and
    /// was not released keeps its old link, so that it stays held; so does one that is not matched this time, so that it cannot
    /// come back as another item (FAULTS MA-4).
    public static func after(
        _ comparison: CatalogComparison,
        plan: CorrectionPlan,
        outcomes: [CorrectionOutcome],
        before: LinkTable
    ) -> LinkTable {
        let changes = LinkChanges(plan, outcomes)
        let sources = comparison.source.variants
        let destinations = comparison.destination.variants
        let isStockKept = !comparison.rules.stock.isEmpty
        var rows: [LinkRow] = []
        rows.reserveCapacity(max(comparison.matched, before.rows.count))
        var nextPlace = 0
        // Which of the former links were met again.
        var seen = RowBits(count: before.rows.count)
        for index in destinations.indices {
            let partner = comparison.partners[index]
            guard partner != 0 else { continue }
            let source = sources[Int(partner) - 1]
            let destination = destinations[index]
            let place = before.index(of: source.sku, tryingFirst: nextPlace)
            if let place {
                seen.insert(place)
                nextPlace = place + 1
            }
            let known = place.map { before.rows[$0] }
            if let known, changes.heldAsMoved.contains(destination.id) {
                rows.append(known)
                continue
            }
            var stock: Int64 = isStockKept ? 0 : VariantRow.noNumber
            for group in comparison.rules.stock {
                stock += comparison.destination.available(ofVariant: index, at: group.destination).sum
            }
            var link = LinkRow(
                sku: source.sku,
                sourceVariant: source.id,
                destinationVariant: destination.id,
                price: destination.price,
                compareAtPrice: destination.compareAtPrice,
                cost: destination.cost,
                stock: stock
            )
            if let change = changes.byVariant[destination.id] {
                link.take(change, known: known.flatMap { $0.joins(source, destination) ? $0 : nil })
            }
            rows.append(link)
        }
        for (place, row) in before.rows.enumerated() where !seen.contains(place) { rows.append(row) }
        return LinkTable(rows)
    }
}

/// What a run did and did not do to each variant of the destination.
private struct LinkChanges {
    struct Change {
        var written: [Correction] = []
        var open = OpenFields()
    }

    private(set) var byVariant: [Int64: Change] = [:]
    private(set) var heldAsMoved: Set<Int64> = []

    init(_ plan: CorrectionPlan, _ outcomes: [CorrectionOutcome]) {
        for (correction, outcome) in zip(plan.corrections, outcomes) {
            if outcome.leavesNewValue {
                byVariant[correction.target.variant, default: Change()].written.append(correction)
            } else {
                byVariant[correction.target.variant, default: Change()].open.note(correction.field, correction.verdict)
            }
        }
        for item in plan.held {
            guard let variant = item.target?.variant else { continue }
            if item.reason == .moved { heldAsMoved.insert(variant) }
            guard let field = item.field else { continue }
            byVariant[variant, default: Change()].open.note(field, item.verdict)
        }
    }
}

extension CorrectionOutcome {
    /// Whether the store took the new value, even if it had another one when it was read back.
    fileprivate var leavesNewValue: Bool {
        if case .unheld = self { true } else { kind == .applied }
    }
}

extension LinkRow {
    fileprivate mutating func take(_ change: LinkChanges.Change, known: LinkRow?) {
        open = change.open
        let left = open.sourceMoved.union(open.destinationMoved).union(open.unknown)
        if let known {
            if left.contains(.price) { price = known.price }
            if left.contains(.compareAtPrice) { compareAtPrice = known.compareAtPrice }
            if left.contains(.cost) { cost = known.cost }
            if left.contains(.inventory), stock != VariantRow.noNumber, known.stock != VariantRow.noNumber {
                stock = known.stock
            }
        } else if left.contains(.price) {
            // Nothing was ever written here, so no floor may rest on the price that was found (FAULTS MO-4).
            price = VariantRow.noNumber
        }
        for correction in change.written { take(correction) }
    }

    private mutating func take(_ correction: Correction) {
        switch (correction.field, correction.new) {
        case (.price, .amount(let money)): price = money.minorUnits
        case (.compareAtPrice, .amount(let money)): compareAtPrice = money.minorUnits
        case (.compareAtPrice, .absent): compareAtPrice = VariantRow.noNumber
        case (.cost, .amount(let money)): cost = money.minorUnits
        case (.cost, .absent): cost = VariantRow.noNumber
        case (.inventory, .quantity(let count)) where stock != VariantRow.noNumber:
            if case .quantity(let old) = correction.old { stock -= old }
            stock += count
        default: break
        }
    }
}
