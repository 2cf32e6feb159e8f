public import Catalog

/// A part of a plan that is braked and approved by itself.
public enum PlanStage: String, Sendable, Codable, Hashable, CaseIterable {
    /// Price, compare-at price and cost.
    case prices
    /// Quantities.
    case stock
    /// Every other field.
    case content
}

extension CatalogField {
    /// The stage that writes the field.
    public var stage: PlanStage {
        if isMoney { return .prices }
        return self == .inventory ? .stock : .content
    }
}
