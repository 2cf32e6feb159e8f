/// What became of one SKU in a run.
///
/// Every SKU of either store has exactly one; the raw value is the reports' word.
public enum SKUOutcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// Matched, and every locked field agrees.
    case inStep = "in step"
    /// Matched; all its differences were corrected.
    case corrected
    /// Matched; its differences are planned and not written.
    case planned
    /// Matched; at least one difference waits for a person.
    case held
    /// Matched; at least one value must not be written.
    case refused
    /// Matched; the store refused at least one write.
    case failed
    /// Matched; at least one planned write was not made in this run.
    case left
    /// Only the source has it.
    case missing
    /// Only the destination has it.
    case extra
    /// The destination has it, the source has it too but no longer shares it.
    case unshared
    /// On several variants of a store; never paired.
    case duplicate
}
