import Catalog
import Snapshots

/// A product of the source and one of the destination, by their rows.
public struct ProductPair: Sendable, Hashable {
    /// The source's product.
    public let source: Int
    /// The destination's product.
    public let destination: Int

    /// Pairs two products.
    public init(source: Int, destination: Int) {
        self.source = source
        self.destination = destination
    }
}

extension CatalogComparison {
    /// The products whose descriptions differ, each pair once, in the order of the destination's variants.
    public var differingDescriptions: [ProductPair] {
        var last: ProductPair?
        var seen: Set<ProductPair> = []
        return differences.compactMap { difference in
            guard difference.fields.contains(.description) else { return nil }
            let pair = products(of: difference)
            // A product's variants mostly follow one another.
            guard pair != last else { return nil }
            last = pair
            return seen.insert(pair).inserted ? pair : nil
        }
    }

    /// The same comparison after a closer look at descriptions: these products' do not differ after all.
    public func agreeing(onDescriptionsOf pairs: Set<ProductPair>) -> CatalogComparison {
        guard !pairs.isEmpty else { return self }
        var closer = self
        closer.differences = differences.compactMap { difference in
            guard difference.fields.contains(.description), pairs.contains(products(of: difference)) else {
                return difference
            }
            var rest = difference
            rest.fields.remove(.description)
            return rest.fields.isEmpty && rest.undecided.isEmpty ? nil : rest
        }
        return closer
    }

    private func products(of difference: RowDifference) -> ProductPair {
        ProductPair(
            source: Int(source.variants[difference.source].product),
            destination: Int(destination.variants[difference.destination].product)
        )
    }
}
