public import Catalog

/// Other policies for some of a destination's items.
public struct FieldException: Sendable, Hashable {
    /// Which items an exception is for.
    public enum Match: Sendable, Hashable {
        /// The variant with exactly this SKU, as the source writes it.
        case sku(SKU)
        /// Products of exactly this vendor.
        case vendor(String)
        /// Products with this tag, in any case of letters.
        case tag(String)
        /// Products in the collection with this handle.
        case collection(String)

        /// From narrow to wide; the narrower wins where two exceptions speak of one field.
        var breadth: Int {
            switch self {
            case .sku: 0
            case .collection: 1
            case .tag: 2
            case .vendor: 3
            }
        }
    }

    /// Which items it is for.
    public let match: Match
    /// The policies that differ from the destination's.
    public let policies: [CatalogField: FieldPolicy]

    /// Puts the parts together.
    public init(match: Match, policies: [CatalogField: FieldPolicy]) {
        self.match = match
        self.policies = policies
    }

    /// Whether the item is one of those.
    public func applies(to sku: SKU, vendor: String, tags: [String], collections: [String]) -> Bool {
        switch match {
        case .sku(let wanted): wanted == sku
        case .vendor(let wanted): wanted.utf8.elementsEqual(vendor.utf8)
        case .tag(let wanted): tags.contains { $0.lowercased() == wanted.lowercased() }
        case .collection(let wanted): collections.contains { $0.utf8.elementsEqual(wanted.utf8) }
        }
    }
}

extension DestinationSettings {
    /// The policies for one item: the destination's, with every exception that applies laid over them.
    ///
    /// Where two exceptions speak of one field, SKU goes before collection, collection before tag, tag before vendor;
    /// of two of the same kind the first in the file wins.
    public func fields(sku: SKU, vendor: String, tags: [String], collections: [String]) -> FieldPolicies {
        guard !exceptions.isEmpty else { return fields }
        let applying = exceptions.filter { $0.applies(to: sku, vendor: vendor, tags: tags, collections: collections) }
        let widestFirst = applying.enumerated().sorted { left, right in
            (left.element.match.breadth, left.offset) > (right.element.match.breadth, right.offset)
        }
        return widestFirst.reduce(fields) { $0.merging($1.element.policies) }
    }
}
