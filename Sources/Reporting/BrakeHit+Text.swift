import Catalog
import Catalog
public import Reconciliation

extension BrakeHit.Extent {
    /// What is stopped, for people.
    public var text: String {
        switch self {
        case .stages(let stages):
            stages.count == PlanStage.allCases.count
                ? "everything"
                : PlanStage.allCases.filter(stages.contains).map(\.rawValue).joined(separator: ", ")
        case .field(let field): field.rawValue
        case .stockToZero: "stock that would go to zero"
        }
    }
}

extension [BrakeHit] {
    /// The brakes, those with the same advice together, and the advice after the last of them.
    public func withAdvice(hash: PlanHash?) -> [(brake: BrakeHit, advice: String?)] {
        var groups: [(advice: String, brakes: [BrakeHit])] = []
        for brake in self {
            let advice = brake.advice(hash: hash)
            if let place = groups.firstIndex(where: { $0.advice == advice }) {
                groups[place].brakes.append(brake)
            } else {
                groups.append((advice, [brake]))
            }
        }
        return groups.flatMap { advice, brakes in
            brakes.enumerated().map { ($1, $0 == brakes.count - 1 ? advice : nil) }
        }
    }
}

extension BrakeHit {
    /// What a person can do about it.
    public func advice(hash: PlanHash?) -> String {
        switch brake {
        case .exchangeRate:
            "approval does not release this: bring in a current rate, or look into the jump and set one yourself"
        case .currency: "approval does not release this: set the currency right, or let the store join again"
        case .planStale: "make a new plan with synctec plan"
        case .priceChanges, .stockToZero, .snapshotShrinks, .allOfOneField, .heldItems, .firstRun, .rulesChanged:
            hash.map { "read the plan, then: synctec approve \($0.short)" } ?? "run synctec plan to see what it stops"
        }
    }
}
