import Reconciliation

extension CorrectionPlan {
    /// This plan without the corrections that `later` no longer needs, such as those a killed run has written: an approval of
    /// the whole also covers a part of it (FAULTS AP-3).
    func remaining(in later: CorrectionPlan) -> CorrectionPlan {
        let due = Set(later.corrections)
        return CorrectionPlan(
            team: team,
            destination: destination,
            rules: rules,
            snapshots: snapshots,
            rate: rate,
            corrections: corrections.filter(due.contains),
            held: held
        )
    }
}
