public import Catalog
import Pricing
import Snapshots

/// Turns differences into corrections, and what must not be written into held items.
///
/// Pure: the same comparison, records and memory give the same plan. Pairs come in parts, each with its records, so that the full
/// values of a part only are in memory; parts may be planned side by side and joined by ``absorb(_:)``.
public struct CorrectionPlanner: Sendable {
    private let comparison: CatalogComparison
    private let memory: PlanMemory
    private let limits: BrakeLimits
    private let verdicts: VerdictJudge

    private var corrections: [Correction] = []
    private var held: [HeldItem] = []
    private var facts = PlanFacts()
    private var isSorted = true
    private let moved: Set<Int>

    /// Prepares a plan.
    public init(comparison: CatalogComparison, memory: PlanMemory, limits: BrakeLimits) {
        self.comparison = comparison
        self.memory = memory
        self.limits = limits
        verdicts = VerdictJudge(comparison: comparison, memory: memory)
        moved = Set(comparison.moved)
        facts.matched = comparison.matched
        facts.inStock = comparison.inStock
        facts.locked = comparison.lockedCounts
    }

    /// Plans some of ``CatalogComparison/openPairs``.
    ///
    /// `records` are theirs in the same order; a pair without any is left out.
    public mutating func plan(_ pairs: ArraySlice<RowDifference>, records: [PairRecord?]) {
        isSorted = false
        for (difference, record) in zip(pairs, records) {
            guard let pair = record else { continue }
            if moved.contains(difference.destination), holdMoved(pair) { continue }
            plan(difference, pair)
        }
    }

    /// Puts what it has planned into the order of a plan, so that it can be joined with others.
    public mutating func sort() {
        Correction.sort(&corrections)
        HeldItem.sort(&held)
        isSorted = true
    }

    /// Takes over what other planners of the same comparison have planned, all of them and this one sorted; works on all cores.
    public mutating func absorb(_ others: [CorrectionPlanner]) {
        let all = CollectionOfOne(self) + others
        precondition(all.allSatisfy { $0.isSorted }, "a planner that is joined with others has to be sorted")
        corrections = Correction.merged(all.map(\.corrections))
        held = HeldItem.merged(all.map(\.held))
        for other in others { facts.explainedByRate.merge(other.facts.explainedByRate, uniquingKeysWith: +) }
    }

    /// The plan of everything planned so far, and what the brakes have to know of it; nothing is left here.
    public mutating func finish(
        team: TeamID,
        destination: ShopDomain,
        rules: String,
        snapshots: SnapshotDigests
    ) -> (plan: CorrectionPlan, facts: PlanFacts) {
        if !isSorted { sort() }
        let (sorted, sortedHeld) = (corrections, held)
        corrections = []
        held = []
        let plan = CorrectionPlan(
            team: team,
            destination: destination,
            rules: rules,
            snapshots: snapshots,
            rate: comparison.rules.prices?.rate,
            sorted: sorted,
            sortedHeld: sortedHeld
        )
        return (plan, facts)
    }

    /// Holds a SKU that stands for another pair than before; `false` where a person has released just this pair.
    private mutating func holdMoved(_ pair: PairRecord) -> Bool {
        let wanted = "\(pair.source.id.number)-\(pair.destination.id.number)"
        let item = ReleasedItem(sku: pair.sku, reason: .moved, wanted: wanted)
        guard !memory.released.contains(item) else { return false }
        let link = memory.links[comparison.source.variants[pair.sourceRow].sku]
        held.append(
            HeldItem(
                sku: pair.sku,
                field: nil,
                reason: .moved,
                old: link.map { "\($0.sourceVariant)-\($0.destinationVariant)" } ?? "",
                wanted: wanted,
                verdict: .both,
                target: pair.target,
                product: pair.destinationProduct.title
            )
        )
        return true
    }

    private mutating func plan(_ difference: RowDifference, _ pair: PairRecord) {
        let row = comparison.source.variants[difference.source]
        let product = comparison.source.products[Int(row.product)]
        let expected = ExpectedMoney(
            row,
            of: comparison.source.currency,
            to: comparison.destination.currency,
            product: product,
            collections: comparison.rules.collections(ofProduct: Int(row.product)),
            matches: comparison.rules.priceMatches,
            book: comparison.rules.prices
        )
        var priceHold: HoldReason?
        var fields = difference.fields.union(difference.undecided)
        while let field = fields.popFirst() {
            let verdict = verdicts.verdict(on: field, of: difference, expected: expected)
            let proposal = Proposal(
                field: field,
                pair: pair,
                verdict: verdict,
                sourceMoved: verdicts.sourceMoved(field, of: difference)
            )
            if field == .inventory {
                planStock(proposal, difference)
            } else if field == .price {
                priceHold = planMoney(proposal, difference, expected, holding: nil)
            } else if field.isMoney {
                // A new compare-at price belongs to the new price: beside the old one it could be below it (FAULTS MO-6).
                planMoney(proposal, difference, expected, holding: field == .compareAtPrice ? priceHold : nil)
            } else {
                planText(proposal, difference)
            }
        }
    }

    // MARK: Fields that are copied

    private mutating func planText(_ proposal: Proposal, _ difference: RowDifference) {
        let pair = proposal.pair
        let isOfProduct = proposal.field.owner == .product
        let new = isOfProduct ? pair.sourceProduct?[proposal.field] : pair.source[proposal.field]
        let old = isOfProduct ? pair.destinationProduct[proposal.field] : pair.destination[proposal.field]
        guard let new, let old else { return }
        guard !difference.undecided.contains(proposal.field) else {
            hold(proposal, .unknownValue, source: new, old: old, wanted: .absent)
            return
        }
        let destinationProduct = Int(comparison.destination.variants[difference.destination].product)
        if isOfProduct, comparison.mixedProducts.contains(destinationProduct) {
            hold(proposal, .mixedProduct, source: new, old: old, wanted: new)
            return
        }
        propose(proposal, source: new, old: old, new: new, rule: nil)
    }

    // MARK: Money

    /// Plans an amount, and tells why it is held where it is.
    ///
    /// `reason` holds it whatever it is.
    @discardableResult
    private mutating func planMoney(
        _ proposal: Proposal,
        _ difference: RowDifference,
        _ expected: ExpectedMoney,
        holding reason: HoldReason?
    ) -> HoldReason? {
        let pair = proposal.pair
        guard let source = pair.source[proposal.field], let old = pair.destination[proposal.field] else { return nil }
        let new: FieldValue
        switch expected.amount(of: proposal.field) {
        case .units(let units): new = .amount(Money(minorUnits: units, currency: comparison.destination.currency))
        case .none: new = .absent
        case .undecided(let refusal):
            return hold(
                proposal,
                Self.reason(of: refusal, in: pair.source),
                source: source,
                old: old,
                wanted: .absent
            )
        }
        // Cost is converted plainly, by no rule.
        let rule = proposal.field == .cost ? nil : expected.rule.map { $0 + 1 }
        if let reason { return hold(proposal, reason, source: source, old: old, wanted: new, rule: rule) }
        if proposal.field == .price, case .amount(let price) = new {
            let objection = PriceStep.objection(
                old: old.units,
                new: price.minorUnits,
                lastWritten: lastWritten(difference, pair, expected),
                limits: limits
            )
            if let objection,
                !memory.released.contains(ReleasedItem(sku: pair.sku, reason: objection, wanted: new.displayText))
            {
                return hold(proposal, objection, source: source, old: old, wanted: new, rule: rule)
            }
        }
        if let held = propose(proposal, source: source, old: old, new: new, rule: rule) {
            return held
        }
        if verdicts.isExplainedByRate(proposal.field, of: difference) {
            facts.explainedByRate[proposal.field, default: 0] += 1
        }
        return nil
    }

    /// The price this pair was left with by the last run, where the built-in floor rests on it; `nil` where the price rule
    /// has a floor of its own.
    private func lastWritten(_ difference: RowDifference, _ pair: PairRecord, _ expected: ExpectedMoney) -> Int64? {
        let row = comparison.source.variants[difference.source]
        guard let link = memory.links[row.sku], link.price != VariantRow.noNumber,
            link.joins(row, comparison.destination.variants[difference.destination])
        else { return nil }
        if let rule = expected.rule, let book = comparison.rules.prices, book.rules.indices.contains(rule),
            book.rules[rule].hasFloor(withCost: row.cost != VariantRow.noNumber)
        {
            return nil
        }
        return link.price
    }

    /// Why there is no amount: the price rules refuse one, or the source's amounts cannot be read.
    private static func reason(of refusal: PriceRefusal?, in source: VariantRecord) -> HoldReason {
        switch refusal {
        case .otherCurrency: return .unreadableAmount
        case .some: return .noPrice
        case nil: break
        }
        let amounts = [source.price, source.compareAtPrice, source.cost]
        let isUnreadable = amounts.contains { if case .unreadable = $0 { true } else { false } }
        return isUnreadable ? .unreadableAmount : .noPrice
    }

    // MARK: Stock

    private mutating func planStock(_ stock: Proposal, _ difference: RowDifference) {
        let pair = stock.pair
        for group in comparison.rules.stock {
            let available = comparison.source.available(ofVariant: difference.source, at: group.source)
            let there = comparison.destination.available(ofVariant: difference.destination, at: group.destination)
            let target = group.target(sourceAvailable: available.sum)
            guard group.differs(target: target, there: there) else { continue }
            let place = CorrectionTarget(
                product: pair.target.product,
                variant: pair.target.variant,
                inventoryItem: pair.target.inventoryItem,
                location: group.location,
                activates: there.levels == 0
            )
            let proposal = Proposal(
                field: .inventory,
                pair: pair,
                verdict: stock.verdict,
                sourceMoved: stock.sourceMoved,
                target: place
            )
            propose(
                proposal,
                source: .quantity(available.sum),
                old: there.levels == 0 ? .absent : .quantity(there.sum),
                new: .quantity(target),
                rule: nil
            )
        }
    }

    // MARK: Deciding

    /// Plans a correction, or tells why it is held.
    ///
    /// A field that was given up is tried again when its source moves.
    @discardableResult
    private mutating func propose(
        _ proposal: Proposal,
        source: FieldValue,
        old: FieldValue,
        new: FieldValue,
        rule: Int?
    ) -> HoldReason? {
        if !memory.attempts.isEmpty,
            let attempt = memory.attempts[AttemptKey(sku: proposal.pair.sku, field: proposal.field)],
            attempt.count >= Attempt.limit, !proposal.sourceMoved
        {
            let reason = attempt.isUnheld ? HoldReason.contested : .parked
            return hold(proposal, reason, source: source, old: old, wanted: new, rule: rule)
        }
        if PlatformLimits.objection(to: new, field: proposal.field) != nil {
            let isUnknown = proposal.field == .status || proposal.field == .inventoryPolicy
            let reason = isUnknown ? HoldReason.unknownValue : .overLimit
            return hold(proposal, reason, source: source, old: old, wanted: new, rule: rule)
        }
        corrections.append(
            Correction(
                sku: proposal.pair.sku,
                field: proposal.field,
                target: proposal.target,
                source: source,
                old: old,
                new: new,
                verdict: proposal.verdict,
                rule: rule,
                product: proposal.pair.destinationProduct.title
            )
        )
        return nil
    }

    @discardableResult
    private mutating func hold(
        _ proposal: Proposal,
        _ reason: HoldReason,
        source: FieldValue,
        old: FieldValue,
        wanted: FieldValue,
        rule: Int? = nil
    ) -> HoldReason {
        held.append(
            HeldItem(
                sku: proposal.pair.sku,
                field: proposal.field,
                reason: reason,
                source: source.displayText,
                old: old.displayText,
                wanted: wanted.displayText,
                rule: rule,
                verdict: proposal.verdict,
                target: proposal.target,
                product: proposal.pair.destinationProduct.title
            )
        )
        return reason
    }
}

extension FieldValue {
    /// The minor units of an amount.
    fileprivate var units: Int64? {
        guard case .amount(let money) = self else { return nil }
        return money.minorUnits
    }
}
