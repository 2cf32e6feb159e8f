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
