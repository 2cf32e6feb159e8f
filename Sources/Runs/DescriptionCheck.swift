import Reconciliation
import Snapshots

/// Looks closer at descriptions that files write differently: what a shopper sees may be the same.
enum DescriptionCheck {
    /// Into how many parts the work is cut, and the fewest pairs worth one.
    private static let parts = 8
    private static let leastPairs = 64

    /// The comparison without differences of descriptions that are the same in canonical form.
    static func settled(_ comparison: CatalogComparison) async throws(SnapshotError) -> CatalogComparison {
        guard comparison.source.descriptions == .asWritten || comparison.destination.descriptions == .asWritten else {
            return comparison
        }
        let pairs = comparison.differingDescriptions
        let share = max(leastPairs, (pairs.count + parts - 1) / parts)
        let found = await withTaskGroup(of: Result<[ProductPair], SnapshotError>.self) { group in
            for start in stride(from: 0, to: pairs.count, by: share) {
                let part = Array(pairs[start..<min(start + share, pairs.count)])
                group.addTask { Result { () throws(SnapshotError) in try agreeingPairs(among: part, of: comparison) } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var agreeing: Set<ProductPair> = []
        for part in found { agreeing.formUnion(try part.get()) }
        return comparison.agreeing(onDescriptionsOf: agreeing)
    }

    /// The pairs whose descriptions are the same.
    private static func agreeingPairs(
        among pairs: [ProductPair],
        of comparison: CatalogComparison
    ) throws(SnapshotError) -> [ProductPair] {
        let here = try RecordSource(comparison.source).descriptions(pairs.map(\.source))
        let there = try RecordSource(comparison.destination).descriptions(pairs.map(\.destination))
        return zip(pairs, zip(here, there)).compactMap { $1.0 == $1.1 ? $0 : nil }
    }
}
