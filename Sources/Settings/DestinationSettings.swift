public import Catalog
public import Reconciliation

/// A reseller's store and how it is kept in step with the source.
public struct DestinationSettings: Sendable, Hashable {
    /// Where the store is.
    public let store: StoreAddress
    /// The team's Sync Lock with the destination's laid over it.
    public let fields: FieldPolicies
    /// Other policies for some items; ``fields(sku:vendor:tags:collections:)`` applies them.
    public let exceptions: [FieldException]
    /// How a price is made, the first that matches; empty: the converted price as it is.
    ///
    /// Amounts are text until both currencies are known: see ``priceRules(source:destination:)``.
    public let priceRules: [PriceRuleTemplate]
    /// What happens to a source item that the destination lacks.
    public let missing: MissingItemAction
    /// What happens to a destination item that the source no longer has.
    public let removed: RemovedItemAction
    /// Which locations share stock; empty: all of the source's and the destination's only active one.
    public let locationGroups: [LocationGroup]
    /// How paid orders go to the source.
    public let orderPush: OrderPushSettings?
    /// Source SKU to destination SKU where the two differ; no SKU stands twice on either side.
    public let aliases: [SKU: SKU]
    /// What happens to the destination's stock when it leaves the team or is suspended.
    public let onLeave: LeaveAction
    /// The team's brakes with the destination's laid over them.
    public let brakes: BrakeLimits
    /// Who gets this destination's report by mail, and nothing of any other.
    public let reportsTo: [ReportRecipient]
}

/// What happens to a source item that the destination lacks.
public enum MissingItemAction: String, Sendable, Hashable, CaseIterable {
    /// It is listed in the report.
    case report
    /// It is made as a draft.
    case createDraft = "create-draft"
    /// It is made and put on sale.
    case createActive = "create-active"
}

/// What happens to a destination item that the source no longer has.
public enum RemovedItemAction: String, Sendable, Hashable, CaseIterable {
    /// It is listed in the report.
    case report
    /// Its stock is set to zero.
    case zeroStock = "zero-stock"
    /// It is taken off sale.
    case unpublish
    /// It is archived.
    case archive
}

/// What happens to a destination's stock when it leaves the team or is suspended.
public enum LeaveAction: String, Sendable, Hashable, CaseIterable {
    /// It stays as it is.
    case keep
    /// It is set to zero, so that nothing is sold that can't be shipped.
    case zeroStock = "zero-stock"
}

/// Locations of the source and one of the destination that share one stock (`DESIGN.md` §5).
public struct LocationGroup: Sendable, Hashable {
    /// What the group is called in reports.
    public let name: String
    /// Names of the source's locations, whose stock is added up.
    public let source: [String]
    /// Name of the destination's location that shows the sum.
    public let destination: String
    /// Units kept back, 0 or more.
    public let buffer: Int

    /// Puts the parts together.
    public init(name: String, source: [String], destination: String, buffer: Int = 0) {
        self.name = name
        self.source = source
        self.destination = destination
        self.buffer = buffer
    }
}
