import Catalog
import FoundationEssentials
import Pricing
import Reconciliation
import Reporting
import Settings
import Snapshots

/// One destination's part of a run: snapshot, comparison, plan, brakes, apply, rows.
///
/// A fault here changes nothing at another destination (FAULTS, invariant 13).
struct DestinationRun: Sendable {
    let ports: RunPorts
    let settings: TeamSettings
    let destination: DestinationSettings
    /// The source, which is read meanwhile.
    let source: SharedSource
    let key: FingerprintKey
    let watch: WatchList
    let sourceStore: any Store
    let run: RunID
    let mode: RunMode
    let lock: RunLock
    let batchesInFlight: Int

    private var shop: ShopDomain { destination.store.shop }

    /// Does it all, and says what came of it; a failure becomes a status.
    func execute() async -> DestinationReport {
        do throws(RunError) {
            return try await perform()
        } catch {
            let report = DestinationReport(failed: shop, error)
            // Nothing rests on this row; where it cannot be written, the end of the run cannot either, and that one is judged.
            try? await ports.ledger.record(DestinationRecord(report, run: run, team: settings.team), lock: lock)
            return report
        }
    }

    private func perform() async throws(RunError) -> DestinationReport {
        let side = try await DestinationReader(
            ports: ports,
            settings: settings,
            destination: destination,
            source: source,
            key: key,
            watch: watch,
            run: run,
            lock: lock,
            isLeaving: mode.isLeaving
        ).read()
        let (store, memory, comparison) = (side.store, side.memory, side.comparison)
        let killed = KilledRuns(
            ports: ports,
            team: settings.team,
            store: store,
            equality: ValueEquality(key: side.source.key),
            run: run,
            lock: lock
        )
        try await killed.settle()
        ports.progress.report(RunStep(shop: shop, activity: .planning))
        let relinked = try await relinked(comparison, memory, store)
        let result: Result<DestinationReport, RunError> = await uninterrupted { isStopping in
            let execution = PlanExecution(
                ports: ports,
                settings: settings,
                destination: destination,
                source: side.source,
                run: run,
                mode: mode,
                lock: lock,
                batchesInFlight: batchesInFlight,
                isStopping: isStopping
            )
            do throws(RunError) {
                return .success(try await execution.carryOut(side, relinked))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Moved SKUs whose old objects are gone by a direct read: re-made products that may be linked anew (FAULTS MA-4).
    private func relinked(
        _ comparison: CatalogComparison,
        _ memory: DestinationMemory,
        _ store: any Store
    ) async throws(RunError) -> Set<ReleasedItem> {
        guard !comparison.moved.isEmpty else { return [] }
        return try await RelinkCheck(comparison: comparison, links: memory.links).released(
            source: sourceStore,
            destination: store
        )
    }
}
