public import Catalog

/// What the brakes have to know of a plan beside the plan.
public struct PlanFacts: Sendable, Hashable {
    /// Matched SKUs.
    public var matched = 0
    /// Matched SKUs for which a field is locked, where that is not all of them.
    public var locked: [CatalogField: Int] = [:]
    /// Matched SKUs of which the destination has some in stock.
    public var inStock = 0
    /// Corrections that the change of an accepted rate alone explains, per field.
    public var explainedByRate: [CatalogField: Int] = [:]

    /// Nothing counted yet.
    public init() {}
}
