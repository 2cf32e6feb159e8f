public import Catalog
public import Pricing
public import Settings

/// By what rules a destination's file is held against the source's.
public enum FileRules: Sendable {
    /// Fields and price rules that were named one by one; everything is shared, and stock compared by its sums.
    ///
    /// Where the fields are required, a person asked for these very fields, and not for whatever the files have in common.
    case plain(locked: FieldSet, isRequired: Bool, prices: [PriceRule])
    /// What a run would take from the settings for this destination.
    case settings(TeamSettings, DestinationSettings)

    /// The fields that are kept in step somewhere.
    var locked: FieldSet {
        switch self {
        case .plain(let locked, _, _): locked
        case .settings(_, let destination):
            destination.exceptions.reduce(into: destination.fields.fields(.locked)) { fields, exception in
                fields.formUnion(FieldSet(exception.policies.filter { $0.value == .locked }.keys))
            }
        }
    }

    /// Whether every locked field has to be compared, for a comparison that says all is well.
    var areRequired: Bool {
        switch self {
        case .plain(_, let isRequired, _): isRequired
        case .settings: true
        }
    }

    /// The fields of the source that decide what is shared and which rule counts.
    var lookedAt: FieldSet {
        guard case .settings(let settings, let destination) = self else { return FieldSet() }
        var fields = FieldSet([settings.source.shareTags.isEmpty ? CatalogField.status : .tags])
        for match in destination.priceRules.map(\.match) {
            switch match {
            case .vendor: fields.insert(.vendor)
            case .productType: fields.insert(.productType)
            case .tag: fields.insert(.tags)
            case .all, .sku, .collection: break
            }
        }
        for match in destination.exceptions.map(\.match) {
            switch match {
            case .vendor: fields.insert(.vendor)
            case .tag: fields.insert(.tags)
            case .sku, .collection: break
            }
        }
        return fields
    }
}

/// The rates that files are compared with.
public struct FileRates: Sendable {
    /// The rates; `nil` where none were given.
    public let table: RateTable?
    /// What makes a rate acceptable; `nil` where a person named it for this one comparison.
    public let limits: RateLimits?
    /// The time, for identities and limits.
    public let now: Timestamp

    /// Puts the parts together.
    public init(table: RateTable?, limits: RateLimits?, now: Timestamp) {
        self.table = table
        self.limits = limits
        self.now = now
    }
}
