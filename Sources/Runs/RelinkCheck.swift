import Catalog
import Reconciliation
import Snapshots

/// Finds SKUs whose link moved only because the old object is gone: products that were deleted and made again (FAULTS MA-4).
struct RelinkCheck: Sendable {
    let comparison: CatalogComparison
    let links: LinkTable

    /// The pairs that may be linked anew.
    ///
    /// Proven by reading the old ids directly, not by their absence from a snapshot.
    func released(source: any Store, destination: any Store) async throws(RunError) -> Set<ReleasedItem> {
        var oldSources: Set<Int64> = []
        var oldDestinations: Set<Int64> = []
        for row in comparison.moved {
            let pair = pair(row)
            guard let link = links[pair.source.sku] else { continue }
            if link.sourceVariant != pair.source.id { oldSources.insert(link.sourceVariant) }
            if link.destinationVariant != pair.destination.id { oldDestinations.insert(link.destinationVariant) }
        }
        do throws(StoreError) {
            let stillAtSource = oldSources.isEmpty ? [:] : try await source.variants(oldSources.sorted())
            let stillAtDestination =
                oldDestinations.isEmpty ? [:] : try await destination.variants(oldDestinations.sorted())
            var released: Set<ReleasedItem> = []
            for row in comparison.moved {
                let pair = pair(row)
                guard let link = links[pair.source.sku] else { continue }
                let sourceIsFree =
                    link.sourceVariant == pair.source.id || stillAtSource[link.sourceVariant] == nil
                let destinationIsFree =
                    link.destinationVariant == pair.destination.id || stillAtDestination[link.destinationVariant] == nil
                guard sourceIsFree, destinationIsFree, let sku = sku(pair.sourceRow) else { continue }
                released.insert(
                    ReleasedItem(sku: sku, reason: .moved, wanted: "\(pair.source.id)-\(pair.destination.id)")
                )
            }
            return released
        } catch {
            throw .store(error)
        }
    }

    private func pair(_ row: Int) -> (source: VariantRow, destination: VariantRow, sourceRow: Int) {
        let sourceRow = Int(comparison.partners[row]) - 1
        return (comparison.source.variants[sourceRow], comparison.destination.variants[row], sourceRow)
    }

    private func sku(_ row: Int) -> SKU? {
        (try? comparison.source.skuText(ofVariant: row)).flatMap { SKU($0) }
    }
}
