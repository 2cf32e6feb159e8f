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
    let key: FingerprintKey

    /// Checks the source, pulls and packs its catalogue, and gets the rates.
    func read(_ store: any Store) async throws(RunError) -> SourceSide {
        ports.progress.report(RunStep(shop: store.shop, activity: .checking))
        let check = StoreCheck(ledger: ports.ledger, team: settings.team, clock: ports.clock)
        let checked = try await check.identify(store, role: .source)
        let identity = checked.identity
        let folder = try ports.folder(run, store.shop)
        let pull = SnapshotPull(
            ports: ports,
            team: settings.team,
            lock: lock,
            folder: folder,
            key: key,
            watch: watch,
            required: RulesCompiler.neededFields(settings)
        )
        // What else the run needs comes in while the platform prepares the catalogue.
        async let ratesNow = rates(identity.currency)
        async let membershipNow = membership(store, into: folder)
        let snapshot: Result<PackedSnapshot, RunError>
        do {
            snapshot = .success(try await pull.snapshot(of: store, currency: identity.currency))
        } catch {
            snapshot = .failure(error)
        }
        let (rates, membership) = (await ratesNow, await membershipNow)
        let packed = try snapshot.get()
        let collections = try membership.get().masks(for: packed)
        let rows = packed.serialized()
        ports.progress.report(
            RunStep(
                shop: store.shop,
                activity: .done,
                note: "variants=\(packed.statistics.variants) products=\(packed.statistics.products)"
            )
        )
        return SourceSide(
            identity: identity,
            moneyRefusal: checked.moneyRefusal,
            index: SKUIndex(packed),
            collections: collections,
            rates: rates,
            key: key,
            watch: watch,
            rows: rows,
            digest: SnapshotDigests.digest(of: rows)
        )
    }

    private func rates(_ base: Currency) async -> Result<RateTable, RateSourceError> {
        do {
            return .success(try await ports.rates.rates(base: base))
        } catch {
            return .failure(error)
        }
    }

    /// The members of the collections that rules and exceptions name; nothing is asked where none is named.
    private func membership(_ store: any Store, into folder: String) async -> Result<CollectionMembership, RunError> {
        guard !watch.collections.isEmpty else { return .success(.none) }
        let export: CatalogExport
        do {
            export = try await store.exportCollections(into: folder)
        } catch {
            return .failure(.store(error))
        }
        do throws(SnapshotError) {
            let membership = try CollectionMembership(
                file: export.path,
                handles: watch.collections,
                expecting: export.proof
            )
            // A rule for a collection that is not there would silently price everything otherwise.
            guard membership.missing.isEmpty else {
                return .failure(
                    .settings(
                        "\(store.shop) has no collection \(membership.missing.joined(separator: ", ")), which rules or "
                            + "exceptions name by its handle"
                    )
                )
            }
            return .success(membership)
        } catch {
            return .failure(RunError(error, of: store.shop))
        }
    }
}
