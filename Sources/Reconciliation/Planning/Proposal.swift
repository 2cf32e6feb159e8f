import Catalog

/// The full values of a matched pair.
struct PairRecord {
    let sku: SKU
    let sourceRow: Int
    let source: VariantRecord
    let sourceProduct: ProductRecord
    let destination: VariantRecord
    let destinationProduct: ProductRecord

    init?(_ difference: RowDifference, in records: PairRecords) {
        guard let from = records.source.pair(difference.source),
            let to = records.destination.pair(difference.destination), let sku = SKU(from.variant.sku)
        else { return nil }
        self.sku = sku
        sourceRow = difference.source
        source = from.variant
        sourceProduct = from.product
        destination = to.variant
        destinationProduct = to.product
    }

    var target: CorrectionTarget {
        CorrectionTarget(
            product: destination.product.number,
            variant: destination.id.number,
            inventoryItem: destination.inventoryItem.number
        )
    }
}

/// A field of a pair that is being decided on.
struct Proposal {
    let field: CatalogField
    let pair: PairRecord
    let verdict: Verdict
    /// The source's own value is another one than at the last good run.
    let sourceMoved: Bool
    let target: CorrectionTarget

    init(field: CatalogField, pair: PairRecord, verdict: Verdict, sourceMoved: Bool, target: CorrectionTarget? = nil) {
        self.field = field
        self.pair = pair
        self.verdict = verdict
        self.sourceMoved = sourceMoved
        self.target = target ?? pair.target
    }
}
