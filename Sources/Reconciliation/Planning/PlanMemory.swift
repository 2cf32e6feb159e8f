public import Catalog
public import Pricing
public import Snapshots

/// What earlier runs left for the plan of one destination.
public struct PlanMemory: Sendable {
    /// The source's rows of the last good run; `nil` on the first.
    public let previousSource: SKUIndex?
    /// The links of the last good run.
    public let links: LinkTable
    /// The rate that prices followed at the last good run.
    public let previousRate: ExchangeRate?
    /// Fields whose corrections did not hold or were refused, by SKU and field.
    public let attempts: [AttemptKey: Attempt]
    /// What a person has released.
    public let released: Set<ReleasedItem>

    /// Takes what the ledger has.
    public init(
        previousSource: SKUIndex?,
        links: LinkTable,
        previousRate: ExchangeRate?,
        attempts: [AttemptKey: Attempt],
        released: Set<ReleasedItem>
    ) {
        self.previousSource = previousSource
        self.links = links
        self.previousRate = previousRate
        self.attempts = attempts
        self.released = released
    }

    /// Nothing is known: the first run on a store.
    public static let none = PlanMemory(
        previousSource: nil,
        links: .empty,
        previousRate: nil,
        attempts: [:],
        released: []
    )
}

/// Which field of which SKU.
public struct AttemptKey: Sendable, Hashable {
    /// The SKU.
    public let sku: SKU
    /// The field.
    public let field: CatalogField

    /// A key of its two parts.
    public init(sku: SKU, field: CatalogField) {
        self.sku = sku
        self.field = field
    }
}

/// How often a field did not take its correction, in a row.
public struct Attempt: Sendable, Hashable {
    /// After how many a field is left alone (FAULTS PL-7, AP-2).
    public static let limit = 3

    /// Written and gone again, rather than refused by the store.
    public let isUnheld: Bool
    /// How often in a row.
    public let count: Int

    /// So many of one kind.
    public init(isUnheld: Bool, count: Int) {
        self.isUnheld = isUnheld
        self.count = count
    }
}

/// A held item that a person has looked at and released, in just the form they saw.
public struct ReleasedItem: Sendable, Hashable {
    /// The SKU.
    public let sku: SKU
    /// Why it was held.
    public let reason: HoldReason
    /// The value that was wanted, or the pair of ids for a moved SKU.
    public let wanted: String

    /// An item in the form a person saw it.
    public init(sku: SKU, reason: HoldReason, wanted: String) {
        self.sku = sku
        self.reason = reason
        self.wanted = wanted
    }
}
