import Snapshots

/// Which SKU of the one store stands for which of the other.
struct AliasTable {
    private let destinationSKUs: [Fingerprint: Fingerprint]
    private let sourceSKUs: [Fingerprint: Fingerprint]
    /// SKUs of the destination that several of the source's are said to be: paired with none.
    private let ambiguous: Set<Fingerprint>
    private let isEmpty: Bool

    /// Takes the destination's SKU for each of the source's that has another there.
    init(_ aliases: [Fingerprint: Fingerprint]) {
        destinationSKUs = aliases
        isEmpty = aliases.isEmpty
        var sourceSKUs: [Fingerprint: Fingerprint] = [:]
        var ambiguous: Set<Fingerprint> = []
        for (source, destination) in aliases where sourceSKUs.updateValue(source, forKey: destination) != nil {
            ambiguous.insert(destination)
        }
        self.sourceSKUs = sourceSKUs
        self.ambiguous = ambiguous
    }

    /// The SKU that stands at the destination for one of the source's.
    func destinationSKU(ofSource sku: Fingerprint) -> Fingerprint {
        isEmpty ? sku : destinationSKUs[sku] ?? sku
    }

    /// The source's SKU that a destination's stands for; `nil` where the source's own SKU of that text has an alias elsewhere.
    func sourceSKU(ofDestination sku: Fingerprint) -> Fingerprint? {
        if isEmpty { return sku }
        if ambiguous.contains(sku) { return nil }
        return sourceSKUs[sku] ?? (destinationSKUs[sku] == nil ? sku : nil)
    }
}
