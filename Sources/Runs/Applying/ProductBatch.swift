import Catalog
import Reconciliation

/// Corrections of content and prices that are read, written and read back together: whole products, as many as one read takes.
struct ProductBatch: Sendable {
    /// The corrections of one product of the destination.
    struct Product: Sendable {
        let id: Int64
        /// Fields of the product itself; several variants may ask for the same one.
        var ofProduct: [Numbered] = []
        /// Fields of its variants.
        var ofVariants: [Int64: [Numbered]] = [:]
    }

    var products: [Product]

    /// Every correction of the batch.
    var items: [Numbered] {
        products.flatMap { product in product.ofProduct + product.ofVariants.values.flatMap(\.self) }
            .sorted { $0.index < $1.index }
    }

    /// The variants that are read: corrections of product fields need theirs too, because the SKU must still be there.
    var targets: [Int64] { Set(items.map(\.correction.target.variant)).sorted() }

    /// The fields of variants that are read and written.
    var variantFields: FieldSet {
        FieldSet(items.map(\.correction.field).filter { $0.owner != .product })
    }

    /// One batch of whatever size.
    init(of items: [Numbered]) {
        var order: [Int64] = []
        var products: [Int64: Product] = [:]
        for item in items {
            let target = item.correction.target
            if products[target.product] == nil {
                order.append(target.product)
                products[target.product] = Product(id: target.product)
            }
            if item.correction.field.owner == .product {
                products[target.product]?.ofProduct.append(item)
            } else {
                products[target.product]?.ofVariants[target.variant, default: []].append(item)
            }
        }
        self.init(products: order.compactMap { products[$0] })
    }

    init(products: [Product]) {
        self.products = products
    }

    /// Cuts corrections into batches, in the order in which their products first occur.
    static func batches(of items: [Numbered]) -> [ProductBatch] {
        var batches: [ProductBatch] = []
        var current = ProductBatch(products: [])
        var size = 0
        for product in ProductBatch(of: items).products {
            let weight = max(product.ofVariants.count, 1)
            if !current.products.isEmpty, size + weight > StoreLimits.idsPerRead {
                batches.append(current)
                current = ProductBatch(products: [])
                size = 0
            }
            current.products.append(product)
            size += weight
        }
        if !current.products.isEmpty { batches.append(current) }
        return batches
    }
}
