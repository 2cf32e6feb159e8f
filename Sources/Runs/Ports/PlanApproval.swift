public import Catalog

/// A person's release of one plan, good for one run.
public struct PlanApproval: Sendable, Hashable {
    /// The plan as it was when it was approved.
    public let plan: StoredPlan
    /// Whether its held items that can be released are, too.
    public let held: Bool
    /// The person and machine that approved it.
    public let by: String
    /// When it was approved.
    public let at: Timestamp

    /// Puts the parts together.
    public init(plan: StoredPlan, held: Bool, by: String, at: Timestamp) {
        self.plan = plan
        self.held = held
        self.by = by
        self.at = at
    }
}
