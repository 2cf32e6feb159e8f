public import Catalog

/// A person's release of one plan, good for one run.
public struct PlanApproval: Sendable, Hashable {
    public let plan: StoredPlan
    public let held: Bool
    public let by: String
    public let at: Timestamp

    public init(plan: StoredPlan, held: Bool, by: String, at: Timestamp) {
        self.plan = plan
        self.held = held
        self.by = by
        self.at = at
    }
}
