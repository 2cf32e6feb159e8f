public import Pricing

/// The limits a whole plan is judged by before its first write.
///
/// A limit left out has its default, 0 allows none, and no value turns a brake off (FAULTS, "Brakes and their
/// defaults"; CF-1).
public struct BrakeSettings: Sendable, Hashable {
    /// Matched SKUs whose price may change in one run.
    public var priceChanges = Percent(20)
    /// SKUs in stock that may go to zero in one run.
    public var stockToZero = Percent(10)
    /// SKUs a snapshot may have fewer than the last good one.
    public var snapshotShrinks = Percent(5)
    /// How far one price may fall in one run before it is held.
    public var priceStepDown = Percent(30)
    /// How far one price may rise in one run before it is held.
    public var priceStepUp = Percent(50)
    /// Under this share of the last written price, a new price is refused.
    public var lastPriceFloor = Percent(50)
    /// Held items that stop the price stage when there are more.
    public var heldItems = 10
    /// Items from which on "every item of one field changed" stops the run.
    public var allOfOneField = 10
    /// How long a plan may be applied after it was made.
    public var planAge = Duration.seconds(3600)

    /// The defaults.
    public init() {}
}
