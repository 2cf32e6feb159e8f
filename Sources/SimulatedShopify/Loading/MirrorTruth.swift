/// What was made to differ in a mirrored store: what a comparison has to find, and nothing else.
public struct MirrorTruth: Sendable, Equatable {
    /// One field of one SKU that was made to drift.
    public struct Drift: Sendable, Equatable {
        /// The SKU, once on each side.
        public var sku: String
        /// The field's name in the settings file.
        public var field: String
        /// What the source says, in the destination's currency where it is an amount.
        public var expected: String?
        /// What the destination holds.
        public var drifted: String?
        /// The destination's location, of stock.
        public var location: String?
        /// The status of the source's product; what is not `ACTIVE` may not be shared at all.
        public var sourceStatus: String
    }

    /// In the order of the catalogue.
    public internal(set) var drifts: [Drift] = []
    /// SKUs only the source has.
    public internal(set) var missing: [String] = []
    /// SKUs only the destination has.
    public internal(set) var extra: [String] = []
    /// Variants of the destination without a SKU, as `handle/variant title`.
    public internal(set) var blank: [String] = []
    /// SKUs on more than one variant of the destination.
    public internal(set) var duplicate: [String] = []

    /// Makes an empty truth: nothing differs.
    public init() {}

    var json: JSONValue {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
        return [
            "drifts": .array(drifts.map(\.json)), "missing": list(missing), "extra": list(extra),
            "blank": list(blank), "duplicate": list(duplicate),
        ]
    }
}

extension MirrorTruth.Drift {
    fileprivate var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("sku", .string(sku)), .init("field", .string(field)),
            .init("expected", expected.map { .string($0) } ?? .null),
            .init("drifted", drifted.map { .string($0) } ?? .null),
        ]
        members.append(.init("source_status", .string(sourceStatus)))
        if let location { members.append(.init("location", .string(location))) }
        return .object(members)
    }
}
