import Catalog
import Reconciliation
import Snapshots

/// Plans a comparison part by part: the full values of a few hundred pairs at a time, several parts side by side.
enum PlanBuilder {
    /// Enough for the file to be read in long strides, few enough to stay in a core's cache.
    private static let pairsPerPart = 512
    /// Into how many parts a plan is cut: several for each core, so that none waits long for the last.
    private static let parts = 16

    /// A planner that has planned all of a comparison's open pairs.
    ///
    /// Only a plan that is carried out has to know the destination's inventory items.
    static func planner(
        for comparison: CatalogComparison,
        memory: PlanMemory,
        limits: BrakeLimits,
        isCarriedOut: Bool = true
    ) async throws(SnapshotError) -> CorrectionPlanner {
        let pairs = comparison.openPairs
        let empty = CorrectionPlanner(comparison: comparison, memory: memory, limits: limits)
        let share = max(pairsPerPart, (pairs.count + parts - 1) / parts)
        let results = await withTaskGroup(of: (Int, Result<CorrectionPlanner, SnapshotError>).self) { group in
            for start in stride(from: 0, to: pairs.count, by: share) {
                let part = pairs[start..<min(start + share, pairs.count)]
                group.addTask {
                    let records = RecordReader(comparison, readsItems: isCarriedOut)
                    return (start, planned(part, records, from: empty))
                }
            }
            var results: [(start: Int, planner: Result<CorrectionPlanner, SnapshotError>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.start < $1.start }
        }
        var whole = empty
        whole.absorb(try results.map { result throws(SnapshotError) in try result.planner.get() })
        return whole
    }

    private static func planned(
        _ pairs: ArraySlice<RowDifference>,
        _ records: RecordReader,
        from empty: CorrectionPlanner
    ) -> Result<CorrectionPlanner, SnapshotError> {
        var planner = empty
        do throws(SnapshotError) {
            var rest = pairs
            while !rest.isEmpty {
                guard !Task.isCancelled else { throw .cancelled }
                let part = rest.prefix(pairsPerPart)
                planner.plan(part, records: try records.pairs(part))
                rest = rest.dropFirst(part.count)
            }
        } catch {
            return .failure(error)
        }
        planner.sort()
        return .success(planner)
    }
}
