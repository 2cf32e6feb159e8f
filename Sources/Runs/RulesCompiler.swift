import Catalog
import Pricing
import Reconciliation
import Settings
import Snapshots

/// Turns a destination's settings into ``ComparisonRules``, now that both stores are known.
struct RulesCompiler: Sendable {
    let settings: TeamSettings
    let destination: DestinationSettings
    let key: FingerprintKey
    let watch: WatchList

    /// The rules for comparing two snapshots.
    ///
    /// - Throws: ``RunError/settings(_:)`` where a price rule does not fit the currencies, or a location has no such name.
    func rules(
        source: SourceSide,
        destinationIdentity: StoreIdentity,
        destinationSnapshot: PackedSnapshot,
        rate: ExchangeRate?
    ) throws(RunError) -> ComparisonRules {
        try rules(
            rate: rate,
            stock: try stock(
                source: source.identity,
                in: source.snapshot,
                destination: destinationIdentity,
                in: destinationSnapshot
            ),
            collections: source.collections
        )
    }

    /// The rules where locations and collections have been found already.
    ///
    /// - Throws: ``RunError/settings(_:)`` where a price rule does not fit the currencies.
    func rules(
        rate: ExchangeRate?,
        stock: [StockGroup],
        collections: [UInt64]
    ) throws(RunError) -> ComparisonRules {
        ComparisonRules(
            locked: destination.fields.fields(.locked),
            exceptions: exceptions(),
            prices: try priceBook(rate),
            priceMatches: destination.priceRules.map { match($0.match) },
            share: share(),
            aliases: Dictionary(
                destination.aliases.map { (key.fingerprint(of: $0.key), key.fingerprint(of: $0.value)) },
                uniquingKeysWith: { first, _ in first }
            ),
            stock: stock,
            collections: collections
        )
    }

    /// The fields that the snapshots must have: all that are locked anywhere, and what rules look at.
    static func neededFields(_ settings: TeamSettings) -> FieldSet {
        settings.destinations.reduce(into: FieldSet([CatalogField.tracked, .status])) { fields, destination in
            fields.formUnion(destination.fields.fields(.locked))
            for exception in destination.exceptions {
                fields.formUnion(FieldSet(exception.policies.filter { $0.value == .locked }.keys))
            }
        }
    }

    private func share() -> ShareRule {
        let tags = settings.source.shareTags
        return tags.isEmpty ? .activeProducts : .tagged(tags.reduce(0) { $0 | watch.bit(ofTag: $1) })
    }

    /// Widest first, so that the narrowest of several that match decides, as the settings promise.
    private func exceptions() -> [LockException] {
        destination.exceptions.enumerated().sorted { left, right in
            (left.element.match.rank, -left.offset) < (right.element.match.rank, -right.offset)
        }.map { _, exception in
            LockException(
                match: match(exception.match),
                lock: FieldSet(exception.policies.filter { $0.value == .locked }.keys),
                unlock: FieldSet(exception.policies.filter { $0.value != .locked }.keys)
            )
        }
    }

    private func match(_ match: FieldException.Match) -> RowMatch {
        switch match {
        case .sku(let sku): .skus([key.fingerprint(of: sku)])
        case .vendor(let vendor): .vendor(key.fingerprint(of: .text(vendor), field: .vendor))
        case .tag(let tag): .tag(watch.bit(ofTag: tag))
        case .collection(let handle): .collection(watch.bit(ofCollection: handle))
        }
    }

    private func match(_ match: PriceMatch) -> RowMatch {
        switch match {
        case .all: .all
        case .sku(let texts): .skus(Set(texts.compactMap { SKU($0) }.map { key.fingerprint(of: $0) }))
        case .vendor(let vendor): .vendor(key.fingerprint(of: .text(vendor), field: .vendor))
        case .productType(let type): .productType(key.fingerprint(of: .text(type), field: .productType))
        case .tag(let tag): .tag(watch.bit(ofTag: tag))
        case .collection(let handle): .collection(watch.bit(ofCollection: handle))
        }
    }

    private func priceBook(_ rate: ExchangeRate?) throws(RunError) -> PriceBook? {
        guard let rate else { return nil }
        do {
            return try PriceBook(rules: destination.priceRules(source: rate.from, destination: rate.to), rate: rate)
        } catch {
            throw .settings("\(destination.store.shop): \(error)")
        }
    }

    // MARK: Locations

    private func stock(
        source: StoreIdentity,
        in sourceSnapshot: PackedSnapshot,
        destination identity: StoreIdentity,
        in destinationSnapshot: PackedSnapshot
    ) throws(RunError) -> [StockGroup] {
        guard isStockLocked else { return [] }
        let groups = try LocationPlan.groups(of: destination, source: source, destination: identity)
        return groups.map { group in
            StockGroup(
                name: group.name,
                source: .only(LocationIndexSet(indices(of: group.source, in: sourceSnapshot))),
                destination: .only(LocationIndexSet(indices(of: [group.destination], in: destinationSnapshot))),
                location: group.destination.number,
                buffer: Int64(group.buffer)
            )
        }
    }

    /// Whether stock is kept in step for any item.
    var isStockLocked: Bool {
        destination.fields[.inventory] == .locked
            || destination.exceptions.contains { $0.policies[.inventory] == .locked }
    }

    private func indices(of ids: [ResourceID], in snapshot: PackedSnapshot) -> [Int] {
        snapshot.locations.indices.filter { ids.contains(snapshot.locations[$0]) }
    }
}

extension FieldException.Match {
    /// From wide to narrow.
    fileprivate var rank: Int {
        switch self {
        case .vendor: 0
        case .tag: 1
        case .collection: 2
        case .sku: 3
        }
    }
}
