public import Catalog

/// Which of a team's runs a question about drift is about.
public struct DriftSpan: Sendable, Hashable {
    /// No run that started earlier.
    public let since: Timestamp
    /// No run that started later.
    public let until: Timestamp
    /// Only these destinations; none stands for all.
    public let shops: Set<ShopDomain>

    /// Runs between two times, over these destinations or, without any, all.
    public init(since: Timestamp, until: Timestamp, shops: Set<ShopDomain> = []) {
        self.since = since
        self.until = until
        self.shops = shops
    }
}
