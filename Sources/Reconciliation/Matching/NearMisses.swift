public import Catalog

/// SKUs of one store that differ from a partner in the other only by what people mistype (FAULTS MA-3).
public enum NearMisses {
    /// For each SKU the one SKU of the other list it looks like; none where several do, since a guess would be no help.
    public static func partners(of skus: [SKU], among others: [SKU]) -> [SKU: SKU] {
        var byLikeness: [SKULikeness: [SKU]] = [:]
        for other in others {
            let likeness = SKULikeness(other.text)
            guard !likeness.isEmpty else { continue }
            byLikeness[likeness, default: []].append(other)
        }
        var found: [SKU: SKU] = [:]
        for sku in skus {
            let candidates = byLikeness[SKULikeness(sku.text)] ?? []
            if let only = candidates.first, candidates.count == 1 { found[sku] = only }
        }
        return found
    }
}
