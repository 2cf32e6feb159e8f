import Reconciliation
import Settings

extension BrakeLimits {
    /// The limits as the settings have them.
    init(_ settings: BrakeSettings) {
        self.init()
        priceChanges = settings.priceChanges
        stockToZero = settings.stockToZero
        snapshotShrinks = settings.snapshotShrinks
        priceStepDown = settings.priceStepDown
        priceStepUp = settings.priceStepUp
        lastPriceFloor = settings.lastPriceFloor
        heldItems = settings.heldItems
        allOfOneField = settings.allOfOneField
    }
}
