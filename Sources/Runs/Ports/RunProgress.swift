public import Catalog

/// Hears what a run is doing, for bars and log lines.
public protocol RunProgress: Sendable {
    /// Called often, from any thread; returns at once.
    func report(_ step: RunStep)
}

/// One thing a run is doing at one store.
public struct RunStep: Sendable, Hashable {
    /// What is being done.
    public enum Activity: String, Sendable, Hashable {
        case checking, exporting, downloading, reading, comparing, planning, writing, done
    }

    /// The store.
    public let shop: ShopDomain
    /// What is being done there.
    public let activity: Activity
    /// How far, in the unit of the activity: bytes, objects or corrections.
    public let done: Int
    /// Of how much, in the same unit; 0 where that is not known.
    public let total: Int
    /// More for a log line, such as counts; empty for mere progress.
    public let note: String
    /// What was decided on the way and why, for who wants to know all; where it is not empty the step is no progress.
    public let decision: String

    /// Puts the parts together; without numbers it says only that the activity began or ended.
    public init(
        shop: ShopDomain,
        activity: Activity,
        done: Int = 0,
        total: Int = 0,
        note: String = "",
        decision: String = ""
    ) {
        self.shop = shop
        self.activity = activity
        self.done = done
        self.total = total
        self.note = note
        self.decision = decision
    }
}
