public import Catalog
public import Pricing
public import Snapshots

/// Everything that decides how two snapshots compare, in terms of packed rows: settings that met their stores.
public struct ComparisonRules: Sendable {
    /// The locked fields, before exceptions.
    public var locked: FieldSet
    /// Other locks for some rows, in the order they are laid over one another: the last one that matches decides.
    public var exceptions: [LockException]
    /// The price rules with the rate; `nil` where there is no accepted rate, so that no price can be made.
    public var prices: PriceBook?
    /// What each price rule is for, in the rules' order.
    public var priceMatches: [RowMatch]
    /// What the source shares.
    public var share: ShareRule
    /// The destination's SKU where it is not the source's.
    public var aliases: [Fingerprint: Fingerprint]
    /// The stock that is mirrored; empty where none is.
    public var stock: [StockGroup]
    /// The watched collections of each of the source's products, by its index; empty where no rule speaks of collections.
    public var collections: [UInt64]

    /// Rules of these parts; what is left out decides nothing.
    public init(
        locked: FieldSet,
        exceptions: [LockException] = [],
        prices: PriceBook?,
        priceMatches: [RowMatch] = [],
        share: ShareRule,
        aliases: [Fingerprint: Fingerprint] = [:],
        stock: [StockGroup] = [],
        collections: [UInt64] = []
    ) {
        self.locked = locked
        self.exceptions = exceptions
        self.prices = prices
        self.priceMatches = priceMatches
        self.share = share
        self.aliases = aliases
        self.stock = stock
        self.collections = collections
    }

    /// The same matching, with nothing locked but the stock, which goes to zero: how a store leaves a team.
    public var emptyingStock: ComparisonRules {
        var rules = self
        rules.locked = .inventory
        rules.exceptions = []
        rules.share = .everything
        rules.stock = stock.map {
            StockGroup(
                name: $0.name,
                source: $0.source,
                destination: $0.destination,
                location: $0.location,
                buffer: .max / 2
            )
        }
        return rules
    }

    /// The watched collections of one of the source's products.
    func collections(ofProduct index: Int) -> UInt64 {
        index < collections.count ? collections[index] : 0
    }

    /// The fields that are locked for one row.
    func locked(sku: Fingerprint, product: ProductRow, collections: UInt64) -> FieldSet {
        var fields = locked
        for exception in exceptions
        where exception.match.matches(sku: sku, product: product, collections: collections) {
            fields.formUnion(exception.lock)
            fields.subtract(exception.unlock)
        }
        return fields
    }
}

/// Other locks for some rows.
public struct LockException: Sendable, Hashable {
    /// Which rows.
    public let match: RowMatch
    /// Fields that are locked for these rows.
    public let lock: FieldSet
    /// Fields that are left alone for these rows.
    public let unlock: FieldSet

    /// An exception for the rows that match.
    public init(match: RowMatch, lock: FieldSet, unlock: FieldSet) {
        self.match = match
        self.lock = lock
        self.unlock = unlock
    }
}
