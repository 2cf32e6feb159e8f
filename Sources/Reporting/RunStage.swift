public import Reconciliation

/// A part of the work that a timer of its own may start; runs of one stage say nothing of the other.
public enum RunStage: String, Sendable, Hashable, CaseIterable {
    /// Prices and content.
    case catalogue
    /// Quantities.
    case stock

    /// The parts of a plan that belong to it.
    public var planStages: Set<PlanStage> {
        switch self {
        case .catalogue: [.prices, .content]
        case .stock: [.stock]
        }
    }
}
