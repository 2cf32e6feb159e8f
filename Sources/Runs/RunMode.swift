public import Reconciliation
import Reporting

/// What a run may do.
public enum RunMode: Sendable {
    /// Snapshots, plan and brakes; writes nothing to any store.
    case plan
    /// Plan and apply; only these stages are written, what else differs stays planned.
    case run(stages: Set<PlanStage>)
    /// Plan again, and apply where the stored plan still stands.
    case apply(StoredPlan)
    /// Set the stock of matched SKUs to zero, as a membership ends.
    case leave

    /// Plan and apply everything.
    public static let run = RunMode.run(stages: Set(PlanStage.allCases))

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

    /// The stages that are written.
    var stages: Set<PlanStage> {
        switch self {
        case .plan: []
        case .run(let stages): stages
        case .apply, .leave: Set(PlanStage.allCases)
        }
    }

    /// The stages of timers that it works for.
    var runStages: Set<RunStage> {
        let stages = stages
        return Set(RunStage.allCases.filter { !$0.planStages.isDisjoint(with: stages) })
    }

    /// Whether a store is being emptied because it leaves.
    var isLeaving: Bool {
        if case .leave = self { true } else { false }
    }
}
