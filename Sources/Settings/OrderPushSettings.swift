public import Pricing

/// How a destination's paid orders go to the source.
public struct OrderPushSettings: Sendable, Hashable {
    /// Whose prices the source's order shows.
    public enum LinePrice: String, Sendable, Hashable, CaseIterable {
        /// What the customer paid.
        case retail
        /// What the source asks of the reseller.
        case cost
    }

    /// Whether orders go to the source at all.
    public let isEnabled: Bool
    /// Orders of earlier days never go.
    public let since: CalendarDate?
    /// How long an order rests before it goes, so that a hasty change still counts.
    public let wait: Duration
    /// Whose prices the source's order shows.
    public let linePrice: LinePrice
}
