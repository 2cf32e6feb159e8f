import Catalog
import Pricing
import Settings

/// The tags and collections that rules of any destination speak of: noted as bits while the source is read once for all.
struct WatchList: Sendable {
    /// The most of either kind, a bit each.
    static let most = 64

    let tags: [String]
    let collections: [String]

    /// Gathers what the settings name.
    ///
    /// - Throws: ``RunError/settings(_:)`` where there are more than ``most``.
    init(_ settings: TeamSettings) throws(RunError) {
        var tags = settings.source.shareTags
        var collections: [String] = []
        for destination in settings.destinations {
            for exception in destination.exceptions {
                switch exception.match {
                case .tag(let tag): tags.append(tag)
                case .collection(let handle): collections.append(handle)
                case .sku, .vendor: break
                }
            }
            for rule in destination.priceRules {
                switch rule.match {
                case .tag(let tag): tags.append(tag)
                case .collection(let handle): collections.append(handle)
                case .all, .sku, .vendor, .productType: break
                }
            }
        }
        self.tags = Array(Set(tags.map { $0.lowercased() })).sorted()
        self.collections = Array(Set(collections)).sorted()
        guard self.tags.count <= Self.most, self.collections.count <= Self.most else {
            throw .settings(
                "rules, exceptions and source.share name \(self.tags.count) tags and \(self.collections.count) collections; "
                    + "\(Self.most) of each are the most: use vendor or type where you can"
            )
        }
    }

    func bit(ofTag tag: String) -> UInt64 {
        tags.firstIndex(of: tag.lowercased()).map { 1 << UInt64($0) } ?? 0
    }

    func bit(ofCollection handle: String) -> UInt64 {
        collections.firstIndex(of: handle).map { 1 << UInt64($0) } ?? 0
    }
}

extension WatchList {
    /// The handles of the watched collections that a product is in.
    func names(of masks: [UInt64], product: Int) -> [String] {
        guard product < masks.count else { return [] }
        return collections.enumerated().filter { masks[product] & (1 << UInt64($0.offset)) != 0 }.map(\.element)
    }
}
