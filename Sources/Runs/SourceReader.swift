import Catalog
import Pricing
import Reconciliation
import Settings
import Snapshots

/// Reads the source of a run: once, for all destinations.
struct SourceReader: Sendable {
    let ports: RunPorts
    let settings: TeamSettings
    let run: RunID
    let lock: RunLock
    let watch: WatchList

    /// Checks the source, pulls and packs its catalogue, and gets the rates.
    func read(_ store: any Store) async throws(RunError) -> SourceSide {
        ports.progress.report(RunStep(shop: store.shop, activity: .checking))
        let check = StoreCheck(ledger: ports.ledger, team: settings.team, clock: ports.clock)
        let identity = try await check.identify(store, role: .source)
        let secret: [UInt8]
        do {
            secret = try await ports.ledger.fingerprintSecret()
        } catch {
            throw .ledger(error)
        }
        let key: FingerprintKey
        do {
            key = try FingerprintKey(secret: secret)
        } catch {
            throw .contradiction(error.description)
        }
        let folder = try ports.folder(run, store.shop)
        let pull = SnapshotPull(
            ports: ports, team: settings.team, lock: lock, folder: folder, key: key, watch: watch,
            required: RulesCompiler.neededFields(settings))
        let snapshot = try await pull.snapshot(of: store, currency: identity.currency)
        let collections = try await collections(store, snapshot, into: folder)
        let rates: Result<RateTable, RateSourceError>
        do {
            rates = .success(try await ports.rates.rates(base: identity.currency))
        } catch {
            rates = .failure(error)
        }
        let rows = snapshot.serialized()
        ports.progress.report(
            RunStep(
                shop: store.shop, activity: .done,
                note: "variants=\(snapshot.statistics.variants) products=\(snapshot.statistics.products)"))
        return SourceSide(
            identity: identity, index: SKUIndex(snapshot), collections: collections, rates: rates, key: key, watch: watch,
            rows: rows, digest: SnapshotDigests.digest(of: rows))
    }

    private func collections(
        _ store: any Store, _ snapshot: PackedSnapshot, into folder: String
    ) async throws(RunError) -> [UInt64] {
        guard !watch.collections.isEmpty else { return [] }
        let export: CatalogExport
        do {
            export = try await store.exportCollections(into: folder)
        } catch {
            throw .store(error)
        }
        let membership: CollectionMembership
        do throws(SnapshotError) {
            membership = try CollectionMembership(
                file: export.path, handles: watch.collections, expecting: export.proof)
        } catch {
            throw .snapshot(shop: store.shop, reason: error.description)
        }
        // A rule for a collection that is not there would silently price everything otherwise.
        guard membership.missing.isEmpty else {
            throw .settings(
                "\(store.shop) has no collection \(membership.missing.joined(separator: ", ")), which rules or exceptions name "
                    + "by its handle")
        }
        return membership.masks(for: snapshot)
    }
}
