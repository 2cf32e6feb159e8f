public import Pricing

/// The numbers of the brakes.
///
/// 0 means "none allowed"; nothing turns a brake off (FAULTS, "Brakes and their defaults").
public struct BrakeLimits: Sendable, Hashable {
    /// Most matched SKUs with a new price, as a share; up to ``graceOfPrices`` of them never brake.
    public var priceChanges = Percent(20)
    /// Most SKUs in stock that go to zero, as a share; up to ``graceOfStock`` of them never brake.
    public var stockToZero = Percent(10)
    /// Most SKUs fewer than at the last good run, as a share; up to ``graceOfStock`` of them never brake.
    public var snapshotShrinks = Percent(5)
    /// How far one price may fall.
    public var priceStepDown = Percent(30)
    /// How far one price may rise.
    public var priceStepUp = Percent(50)
    /// The least share of the last written price, where the price rule sets no floor of its own.
    public var lastPriceFloor = Percent(50)
    /// Most prices held for their step before the price stage stops.
    public var heldItems = 10
    /// From how many items on it is suspicious that all of one field change.
    public var allOfOneField = 10
    /// How long a plan may be applied after it was made.
    public var planAge = Duration.seconds(3600)

    /// Prices that may always change, however small the catalogue.
    public static let graceOfPrices = 3
    /// SKUs that may always go to zero or away, however small the catalogue.
    public static let graceOfStock = 2

    /// The defaults.
    public init() {}
}

extension Percent {
    /// Whether `part` of `whole` is more than this share.
    ///
    /// Exact; a part of nothing is more than any share.
    func isExceeded(by part: Int, of whole: Int) -> Bool {
        var tens: Int128 = 100
        for _ in 0..<hundredths.scale { tens *= 10 }
        return Int128(part) * tens > hundredths.digits * Int128(whole)
    }

    /// Whether `amount` is less than this share of `base`; for amounts of one currency.
    func isUndercut(by amount: Int64, of base: Int64) -> Bool {
        var tens: Int128 = 100
        for _ in 0..<hundredths.scale { tens *= 10 }
        return Int128(amount) * tens < hundredths.digits * Int128(base)
    }
}
