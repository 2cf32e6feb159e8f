/// What the Sync Lock does with a field.
public enum FieldPolicy: String, Sendable, Codable, Hashable, CaseIterable {
    /// The source decides: drift is set back.
    case locked
    /// Written once when a product is made, then the destination's own.
    case createOnly = "create-only"
    /// Never compared, never written.
    case ignored
}
