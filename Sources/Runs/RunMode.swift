import Reconciliation

/// What a run may do.
public enum RunMode: Sendable {
    /// Snapshots, plan and brakes; writes nothing to any store.
    case plan
    /// Plan and apply.
    case run
    /// Plan again, and apply where the stored plan still stands.
    case apply(StoredPlan)
    /// Set the stock of matched SKUs to zero, as a membership ends.
    case leave

    /// The command's name in the ledger and the reports.
    public var command: String {
        switch self {
        case .plan: "plan"
        case .run: "run"
        case .apply: "apply"
        case .leave: "leave"
        }
    }

    /// Whether anything may be written.
    var writes: Bool {
        if case .plan = self { false } else { true }
    }

    /// Whether a store is being emptied because it leaves.
    var isLeaving: Bool {
        if case .leave = self { true } else { false }
    }
}
