/// A set of fields in one machine word.
public struct FieldSet: OptionSet, Sendable, Hashable, Codable {
    /// One bit per field, at its ``CatalogField/position``.
    public let rawValue: UInt32

    /// Takes the bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Holds just these fields.
    public init(_ fields: some Sequence<CatalogField>) {
        rawValue = fields.reduce(0) { $0 | Self.bit($1) }
    }

    /// Holds just this field.
    @inlinable
    public init(_ field: CatalogField) {
        rawValue = Self.bit(field)
    }

    /// Only the stock.
    public static let inventory = FieldSet(.inventory)

    /// Every field.
    public static let all = FieldSet(CatalogField.allCases)

    /// Whether the field is in the set.
    @inlinable
    public func contains(_ field: CatalogField) -> Bool {
        rawValue & Self.bit(field) != 0
    }

    /// Adds the field.
    @inlinable
    public mutating func insert(_ field: CatalogField) {
        self = FieldSet(rawValue: rawValue | Self.bit(field))
    }

    /// Takes the field out.
    @inlinable
    public mutating func remove(_ field: CatalogField) {
        self = FieldSet(rawValue: rawValue & ~Self.bit(field))
    }

    /// Takes the first field out, in the order of ``CatalogField``; `nil` where there is none.
    ///
    /// What a loop over the fields of millions of rows does without a list of them.
    @inlinable
    public mutating func popFirst() -> CatalogField? {
        guard rawValue != 0 else { return nil }
        let field = CatalogField.allCases[rawValue.trailingZeroBitCount]
        self = FieldSet(rawValue: rawValue & (rawValue - 1))
        return field
    }

    /// The fields in the order of ``CatalogField``.
    public var fields: [CatalogField] {
        CatalogField.allCases.filter { contains($0) }
    }

    @inlinable
    static func bit(_ field: CatalogField) -> UInt32 {
        1 << UInt32(field.position)
    }
}
