import Pricing

/// Whether one price may go from one amount to another in one run (FAULTS MO-4, MO-5).
enum PriceStep {
    /// Why the new price has to wait or must not be; `nil` where it may be written.
    ///
    /// Amounts in minor units of one currency.
    static func objection(old: Int64?, new: Int64, lastWritten: Int64?, limits: BrakeLimits) -> HoldReason? {
        guard new > 0 else { return .noPrice }
        if let lastWritten, lastWritten > 0, limits.lastPriceFloor.isUndercut(by: new, of: lastWritten) {
            return .underLastPrice
        }
        guard let old, old > 0 else { return nil }
        let fall = old - new
        if fall > 0, limits.priceStepDown.isExceeded(by: Int(fall), of: Int(old)) { return .priceStep }
        if fall < 0, limits.priceStepUp.isExceeded(by: Int(-fall), of: Int(old)) { return .priceStep }
        return nil
    }
}
