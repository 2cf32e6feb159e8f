import Catalog
import Pricing

/// Judges a whole plan before its first write.
///
/// Pure, and nothing overrides it silently (FAULTS, "Brakes and their defaults").
public struct Brakes: Sendable {
    /// How many SKUs two snapshots hold, and held at the last good run.
    public struct SnapshotSizes: Sendable, Hashable {
        /// Different SKUs of the source.
        public let source: Int
        /// Different SKUs of the destination.
        public let destination: Int

        /// Two sizes.
        public init(source: Int, destination: Int) {
            self.source = source
            self.destination = destination
        }
    }

    /// What the plan's surroundings say.
    public struct Situation: Sendable {
        /// What was counted while the plan was made.
        public let facts: PlanFacts
        /// The sizes now.
        public let sizes: SnapshotSizes
        /// `nil` on the first run.
        public let previousSizes: SnapshotSizes?
        /// The rules a person has accepted; `nil` on the first run.
        public let acceptedRules: String?
        /// Why there is no rate; `nil` where there is one.
        public let rateRefusal: String?
        /// Whether money is locked at all, so that a missing rate matters.
        public let pricesAreLocked: Bool

        /// What was found around a plan.
        public init(
            facts: PlanFacts,
            sizes: SnapshotSizes,
            previousSizes: SnapshotSizes?,
            acceptedRules: String?,
            rateRefusal: String?,
            pricesAreLocked: Bool
        ) {
            self.facts = facts
            self.sizes = sizes
            self.previousSizes = previousSizes
            self.acceptedRules = acceptedRules
            self.rateRefusal = rateRefusal
            self.pricesAreLocked = pricesAreLocked
        }
    }

    private let limits: BrakeLimits

    /// Judges by these limits.
    public init(limits: BrakeLimits) {
        self.limits = limits
    }

    /// All brakes the plan meets, in the order of ``Brake``.
    public func judge(_ plan: CorrectionPlan, in situation: Situation) -> [BrakeHit] {
        [
            prices(plan, situation), stock(plan, situation), shrinking(plan, situation), oneField(plan, situation),
            held(plan), rate(situation), acceptance(plan, situation),
        ].flatMap(\.self)
    }

    private func prices(_ plan: CorrectionPlan, _ situation: Situation) -> [BrakeHit] {
        let facts = situation.facts
        let all = plan.corrections.count { $0.field == .price }
        let counted = all - (facts.explainedByRate[.price] ?? 0)
        guard counted > BrakeLimits.graceOfPrices, limits.priceChanges.isExceeded(by: counted, of: facts.matched) else {
            return []
        }
        return [
            BrakeHit(
                brake: .priceChanges,
                extent: .stages([.prices]),
                detail: "\(counted) of \(facts.matched) prices would change, over \(limits.priceChanges)"
            )
        ]
    }

    private func stock(_ plan: CorrectionPlan, _ situation: Situation) -> [BrakeHit] {
        let facts = situation.facts
        let zeroed = Set(plan.corrections.filter(\.lowersStockToZero).map(\.sku)).count
        guard zeroed > BrakeLimits.graceOfStock, limits.stockToZero.isExceeded(by: zeroed, of: facts.inStock) else {
            return []
        }
        return [
            BrakeHit(
                brake: .stockToZero,
                extent: .stockToZero,
                detail: "\(zeroed) of \(facts.inStock) SKUs in stock would go to zero, over \(limits.stockToZero): "
                    + "is the source's export whole?"
            )
        ]
    }

    private func shrinking(_ plan: CorrectionPlan, _ situation: Situation) -> [BrakeHit] {
        guard let before = situation.previousSizes else { return [] }
        let sides = [
            ("source", before.source, situation.sizes.source),
            ("destination", before.destination, situation.sizes.destination),
        ]
        return sides.compactMap { name, before, now in
            let fewer = before - now
            guard fewer > BrakeLimits.graceOfStock, limits.snapshotShrinks.isExceeded(by: fewer, of: before) else {
                return nil
            }
            return BrakeHit(
                brake: .snapshotShrinks,
                extent: .stockToZero,
                detail:
                    "the \(name) has \(now) SKUs, \(before) at the last good run: over \(limits.snapshotShrinks) fewer"
            )
        }
    }

    private func oneField(_ plan: CorrectionPlan, _ situation: Situation) -> [BrakeHit] {
        let facts = situation.facts
        var counts: [CatalogField: Int] = [:]
        for correction in plan.corrections where correction.field != .inventory {
            counts[correction.field, default: 0] += 1
        }
        // One item that waits for a person must not hide that all the others changed.
        var waiting: [CatalogField: Int] = [:]
        var waitingWhole = 0
        for item in plan.held {
            if let field = item.field {
                if item.reason.hasWantedValue { waiting[field, default: 0] += 1 }
            } else {
                waitingWhole += 1
            }
        }
        return counts.keys.sorted().compactMap { field in
            let all = (facts.locked[field] ?? facts.matched) - waitingWhole
            let counted = (counts[field] ?? 0) + (waiting[field] ?? 0) - (facts.explainedByRate[field] ?? 0)
            guard all > limits.allOfOneField, counted >= all else { return nil }
            return BrakeHit(
                brake: .allOfOneField,
                extent: .field(field),
                detail: "\(field.rawValue) differs on all \(all) matched SKUs: did an encoding or an app change it?"
            )
        }
    }

    private func held(_ plan: CorrectionPlan) -> [BrakeHit] {
        let count = plan.held.count { $0.field == .price && ($0.reason == .priceStep || $0.reason == .underLastPrice) }
        guard count > limits.heldItems else { return [] }
        let held = count == 1 ? "1 price is" : "\(count) prices are"
        return [
            BrakeHit(
                brake: .heldItems,
                extent: .stages([.prices]),
                detail: "\(held) held for their step, over \(limits.heldItems)"
            )
        ]
    }

    private func rate(_ situation: Situation) -> [BrakeHit] {
        guard situation.pricesAreLocked, let refusal = situation.rateRefusal else { return [] }
        return [BrakeHit(brake: .exchangeRate, extent: .stages([.prices]), detail: refusal)]
    }

    private func acceptance(_ plan: CorrectionPlan, _ situation: Situation) -> [BrakeHit] {
        let all = Set(PlanStage.allCases)
        guard let accepted = situation.acceptedRules else {
            return [BrakeHit(brake: .firstRun, extent: .stages(all), detail: "nothing was ever written to this store")]
        }
        guard accepted != plan.rules else { return [] }
        return [
            BrakeHit(
                brake: .rulesChanged,
                extent: .stages(all),
                detail: "the settings decide differently than at the last run"
            )
        ]
    }
}
