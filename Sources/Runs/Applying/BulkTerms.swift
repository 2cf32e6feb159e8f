/// What writing in bulk needs to know of the store and of this machine.
package struct BulkTerms: Sendable, Hashable {
    /// A folder of this run for files of inputs and answers.
    package let folder: String
    /// Variants of the whole store, about.
    package let storeVariants: Int
    /// Products of the whole store, about.
    package let storeProducts: Int

    /// Terms of these values.
    package init(folder: String, storeVariants: Int, storeProducts: Int) {
        self.folder = folder
        self.storeVariants = storeVariants
        self.storeProducts = storeProducts
    }
}

extension CallPlanner.Work {
    /// What those batches ask for.
    init(_ batches: [ProductBatch], in terms: BulkTerms) {
        self.init(
            variants: 0,
            products: 0,
            variantCalls: 0,
            productCalls: 0,
            storeVariants: terms.storeVariants,
            storeProducts: terms.storeProducts
        )
        for batch in batches {
            variants += batch.targets.count
            products += batch.products.count { !$0.ofProduct.isEmpty }
            for call in batch.calls {
                switch call {
                case .product: productCalls += 1
                case .variants: variantCalls += 1
                }
            }
        }
    }
}
