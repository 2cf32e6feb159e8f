import Catalog
import Reconciliation

extension CorrectionPlan {
    /// This plan without the corrections that `later` no longer needs, such as those a killed run has written: an approval of
    /// the whole also covers a part of it (FAULTS AP-3).
    ///
    /// Where the approval was given for what is held as well, with the corrections that `later` has in place of held items: a stage
    /// then comes out as it was approved, though more of it is written than without.
    func remaining(in later: CorrectionPlan, releasingHeld: Bool) -> CorrectionPlan {
        let due = Set(later.corrections)
        let seen = Set(corrections)
        let released = Dictionary(grouping: releasingHeld ? held.filter(\.reason.isReleasable) : [], by: \.sku)
        let added = later.corrections.filter { correction in
            !seen.contains(correction) && released[correction.sku]?.contains { $0.wants(correction) } == true
        }
        return CorrectionPlan(
            team: team,
            destination: destination,
            rules: rules,
            snapshots: snapshots,
            rate: rate,
            corrections: corrections.filter(due.contains) + added,
            held: held
        )
    }
}

extension HeldItem {
    /// Whether a correction is what this item wanted and a person saw: one value, or all of a SKU that has moved to this variant.
    fileprivate func wants(_ correction: Correction) -> Bool {
        guard let field else { return target?.variant == correction.target.variant }
        return field == correction.field && old == correction.old.displayText && wanted == correction.new.displayText
    }
}
