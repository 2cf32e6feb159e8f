public import Catalog
public import Pricing

/// What the last good run of a destination left behind.
public struct Baseline: Sendable {
    /// The team of the destination.
    public let team: TeamID
    /// The store it remembers.
    public let destination: ShopDomain
    /// The run whose source rows and sizes these are.
    public let run: RunID
    /// When it was last replaced.
    public let at: Timestamp
    /// The rules' hash that a person has accepted.
    public let rules: String
    /// The serialised packed rows of the source at that run.
    public let sourceRows: [UInt8]
    /// The serialised links: which variants a SKU stood for, and its last written price.
    public let links: [UInt8]
    /// The rate that prices follow; `nil` where none was ever accepted.
    public let rate: ExchangeRate?
    /// Distinct SKUs in the source's snapshot, for the brake on shrinking.
    public let sourceSKUs: Int
    /// Distinct SKUs in the destination's snapshot, for the same brake.
    public let destinationSKUs: Int

    /// Puts the parts together.
    public init(
        team: TeamID,
        destination: ShopDomain,
        run: RunID,
        at: Timestamp,
        rules: String,
        sourceRows: [UInt8],
        links: [UInt8],
        rate: ExchangeRate?,
        sourceSKUs: Int,
        destinationSKUs: Int
    ) {
        self.team = team
        self.destination = destination
        self.run = run
        self.at = at
        self.rules = rules
        self.sourceRows = sourceRows
        self.links = links
        self.rate = rate
        self.sourceSKUs = sourceSKUs
        self.destinationSKUs = destinationSKUs
    }
}
