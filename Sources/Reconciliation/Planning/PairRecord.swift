public import Catalog

/// The full values of a matched pair, read back for planning.
public struct PairRecord: Sendable {
    let sku: SKU
    let sourceRow: Int
    let source: VariantRecord
    let sourceProduct: ProductRecord?
    let destination: VariantRecord
    let destinationProduct: ProductRecord

    /// The values of a pair; `nil` where the source's variant has no SKU that can be told.
    ///
    /// Of the products the destination's title is needed at least, and of both those fields in which the pair differs.
    public init?(
        _ difference: RowDifference,
        source: VariantRecord,
        of sourceProduct: ProductRecord?,
        destination: VariantRecord,
        of destinationProduct: ProductRecord
    ) {
        guard let sku = SKU(source.sku) else { return nil }
        self.sku = sku
        sourceRow = difference.source
        self.source = source
        self.sourceProduct = sourceProduct
        self.destination = destination
        self.destinationProduct = destinationProduct
    }

    var target: CorrectionTarget {
        CorrectionTarget(
            product: destination.product.number,
            variant: destination.id.number,
            inventoryItem: destination.inventoryItem.number
        )
    }
}
