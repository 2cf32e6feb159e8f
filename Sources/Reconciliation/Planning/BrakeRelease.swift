/// Which brakes a person's approvals release.
///
/// An approval is of one plan. It releases a brake where the part that is stopped is still exactly what the person saw: stage by
/// stage, so that stock which moved meanwhile does not void the approval of prices. The brakes on the first run and on changed
/// rules are released where the approved plan was made by the very rules of this one.
public struct BrakeRelease: Sendable {
    private let approved: [CorrectionPlan]

    /// Takes the plans whose approvals are not used up.
    public init(approved: [CorrectionPlan]) {
        self.approved = approved
    }

    /// The hits that stay, and whether an approval was needed for the others.
    public func remaining(of hits: [BrakeHit], on plan: CorrectionPlan) throws -> (hits: [BrakeHit], used: Bool) {
        let open = try hits.filter { try !isReleased($0, on: plan) }
        return (open, open.count < hits.count)
    }

    private func isReleased(_ hit: BrakeHit, on plan: CorrectionPlan) throws -> Bool {
        try approved.contains { seen in
            guard seen.rules == plan.rules, seen.destination == plan.destination, seen.team == plan.team else {
                return false
            }
            switch hit.brake {
            case .firstRun, .rulesChanged: return true
            case .exchangeRate, .currency, .planStale: return false
            default: break
            }
            switch hit.extent {
            case .stages(let stages):
                return try stages.allSatisfy { try seen.hash(of: $0) == plan.hash(of: $0) }
            case .field(let field):
                return try seen.hash(of: field) == plan.hash(of: field)
            case .stockToZero:
                let stopped = plan.corrections.filter(\.lowersStockToZero)
                return Set(stopped).isSubset(of: seen.corrections)
            }
        }
    }
}
