public import Catalog

/// A brake that stops a part of a plan.
public struct BrakeHit: Sendable, Hashable, Codable {
    /// Which corrections it stops.
    public enum Extent: Sendable, Hashable, Codable {
        /// Whole stages.
        case stages(Set<PlanStage>)
        /// One field.
        case field(CatalogField)
        /// Stock that would go to zero; stock that rises or falls above zero goes on.
        case stockToZero
    }

    /// Which brake.
    public let brake: Brake
    /// What it stops.
    public let extent: Extent
    /// The numbers, for people.
    public let detail: String

    /// A hit with its numbers in words.
    public init(brake: Brake, extent: Extent, detail: String) {
        self.brake = brake
        self.extent = extent
        self.detail = detail
    }

    /// Whether it stops anything of these stages.
    public func concerns(_ stages: Set<PlanStage>) -> Bool {
        switch extent {
        case .stages(let stopped): !stopped.isDisjoint(with: stages)
        case .field(let field): stages.contains(field.stage)
        case .stockToZero: stages.contains(.stock)
        }
    }

    /// Whether this correction is stopped.
    public func stops(_ correction: Correction) -> Bool {
        switch extent {
        case .stages(let stages): stages.contains(correction.field.stage)
        case .field(let field): correction.field == field
        case .stockToZero: correction.lowersStockToZero
        }
    }
}

extension Correction {
    /// Whether it takes the last units of a SKU off sale.
    var lowersStockToZero: Bool {
        guard field == .inventory, case .quantity(let old) = old, case .quantity(0) = new else { return false }
        return old > 0
    }
}
