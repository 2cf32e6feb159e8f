import Snapshots

/// Every SKU that stands more than once in a store: it leaves the comparison, with all its holders on both sides.
struct DuplicateRows: Sendable {
    /// The SKUs, by their rows.
    private(set) var skus: [DuplicateSKU] = []
    /// The source's rows among them.
    private(set) var taken: RowBits
    /// The destination's rows among them.
    private(set) var setAside: RowBits

    init(_ terms: ComparisonTerms) {
        taken = RowBits(count: terms.sourceRows.count)
        setAside = RowBits(count: terms.destinationRows.count)
        for rows in terms.sourceIndex.duplicates {
            let partners = Self.destinationHolders(ofSource: terms.sourceRows[rows[0]].sku, terms)
            skus.append(DuplicateSKU(source: rows, destination: partners))
            rows.forEach { taken.insert($0) }
            partners.forEach { setAside.insert($0) }
        }
        for rows in terms.destinationIndex.duplicates where !setAside.contains(rows[0]) {
            var partners: [Int] = []
            if let wanted = terms.aliases.sourceSKU(ofDestination: terms.destinationRows[rows[0]].sku),
                case .one(let row) = terms.sourceIndex.lookup(wanted)
            {
                partners = [row]
                taken.insert(row)
            }
            skus.append(DuplicateSKU(source: partners, destination: rows))
            rows.forEach { setAside.insert($0) }
        }
    }

    /// The destination's rows that stand for a SKU of the source.
    private static func destinationHolders(ofSource sku: Fingerprint, _ terms: ComparisonTerms) -> [Int] {
        let wanted = terms.aliases.destinationSKU(ofSource: sku)
        guard terms.aliases.sourceSKU(ofDestination: wanted) == sku else { return [] }
        return switch terms.destinationIndex.lookup(wanted) {
        case .none: []
        case .one(let row): [row]
        case .many(let first): terms.destinationIndex.rows(sharingWith: first)
        }
    }
}
