import Catalog
import Pricing
import Reconciliation
import Settings
import Snapshots

/// The source as all destinations of a run see it: read once, shared by all.
struct SourceSide: Sendable {
    let identity: StoreIdentity
    /// Why no amount may be made from its prices; `nil` where all is well.
    let moneyRefusal: String?
    let index: SKUIndex
    /// The watched collections of each product, by its index; empty where no rule names one.
    let collections: [UInt64]
    /// The rates of this run, or why there are none.
    let rates: Result<RateTable, RateSourceError>
    let key: FingerprintKey
    let watch: WatchList
    /// The packed rows as bytes, kept as the next run's memory, and their digest.
    let rows: [UInt8]
    let digest: String

    var snapshot: PackedSnapshot { index.snapshot }
}
