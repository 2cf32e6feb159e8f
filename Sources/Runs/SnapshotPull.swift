import Catalog
import Pricing
import Snapshots
import Synchronization

/// Pulls one store's catalogue and packs it.
struct SnapshotPull: Sendable {
    let ports: RunPorts
    let team: TeamID
    let lock: RunLock
    let folder: String
    let key: FingerprintKey
    let watch: WatchList
    let required: FieldSet

    /// Exports, proves and packs the catalogue of a store.
    func snapshot(of store: any Store, currency: Currency) async throws(RunError) -> PackedSnapshot {
        let shop = store.shop
        let progress = ports.progress
        let export = try await export(of: store)
        do throws(SnapshotError) {
            let reader = try SnapshotReader(key: key, currency: currency, required: required, watchedTags: watch.tags)
            let total = export.proof.bytes ?? 0
            return try reader.read(file: export.path, expecting: export.proof) { bytes in
                progress.report(RunStep(shop: shop, activity: .reading, done: bytes, total: total))
            }
        } catch {
            throw RunError(error, of: shop)
        }
    }

    /// Awaits the export an earlier run was waiting for when it ended, or starts one; the ledger knows of it meanwhile.
    private func export(of store: any Store) async throws(RunError) -> CatalogExport {
        let shop = store.shop
        let ticket: ExportTicket?
        do {
            ticket = try await ports.ledger.exportTicket(team, shop: shop)
        } catch {
            throw .ledger(error)
        }
        let export: CatalogExport
        let failure = LedgerFailure()
        do throws(StoreError) {
            export = try await store.exportCatalog(
                into: folder,
                resuming: ticket,
                started: { [ledger = ports.ledger, team, lock] ticket in
                    do throws(LedgerError) {
                        try await ledger.save(ticket, team: team, shop: shop, lock: lock)
                    } catch {
                        failure.keep(error)
                        throw error
                    }
                },
                progress: { [progress = ports.progress] in progress.report(RunStep(shop: shop, $0)) }
            )
        } catch {
            // The store gave up because the ledger did: that is what has to be said.
            if let lost = failure.error { throw .ledger(lost) }
            throw .store(error)
        }
        do {
            // What was read is on disk and used now; the next run starts anew.
            try await ports.ledger.save(nil, team: team, shop: shop, lock: lock)
        } catch {
            throw .ledger(error)
        }
        return export
    }
}

/// What broke at the ledger while a store worked.
private final class LedgerFailure: Sendable {
    private let kept = Mutex<LedgerError?>(nil)

    var error: LedgerError? { kept.withLock { $0 } }

    func keep(_ error: LedgerError) { kept.withLock { $0 = error } }
}

extension RunStep {
    fileprivate init(shop: ShopDomain, _ progress: ExportProgress) {
        switch progress {
        case .running(let objects): self.init(shop: shop, activity: .exporting, done: objects)
        case .downloading(let bytes, let total):
            self.init(shop: shop, activity: .downloading, done: bytes, total: total)
        case .paging(let objects, let total): self.init(shop: shop, activity: .exporting, done: objects, total: total)
        }
    }
}
