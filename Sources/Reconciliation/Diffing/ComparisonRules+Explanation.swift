public import Pricing
public import Snapshots

extension ComparisonRules {
    /// The way to the price of one of the source's rows, by the same choice of rule as a comparison; `nil` without a rate.
    public func explanation(of row: Int, in source: PackedSnapshot) -> PriceExplanation? {
        guard let book = prices else { return nil }
        let variant = source.variants[row]
        guard variant.price != VariantRow.noNumber else { return nil }
        func money(_ units: Int64) -> Money? {
            units == VariantRow.noNumber ? nil : Money(minorUnits: units, currency: source.currency)
        }
        let product = source.products[Int(variant.product)]
        let candidates = priceMatches.indices.filter {
            priceMatches[$0].matches(
                sku: variant.sku,
                product: product,
                collections: collections(ofProduct: Int(variant.product))
            )
        }
        return book.explanation(
            for: PriceSubject(
                sourcePrice: Money(minorUnits: variant.price, currency: source.currency),
                sourceCost: money(variant.cost),
                sourceCompareAt: money(variant.compareAtPrice),
                candidateRules: candidates
            )
        )
    }
}
