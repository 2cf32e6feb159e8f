import Catalog
import Pricing
import Reconciliation
import Settings
import Snapshots

/// One destination as a run finds it: checked, read, and laid beside the source.
struct DestinationSide: Sendable {
    let source: SourceSide
    let store: any Store
    let identity: StoreIdentity
    let memory: DestinationMemory
    let comparison: CatalogComparison
    let rate: RunRate
}

/// Reads one destination.
struct DestinationReader: Sendable {
    let ports: RunPorts
    let settings: TeamSettings
    let destination: DestinationSettings
    let source: SharedSource
    let key: FingerprintKey
    let watch: WatchList
    let run: RunID
    let lock: RunLock
    /// Whether the stock is to be held against zero, because the store leaves.
    let isLeaving: Bool

    private var shop: ShopDomain { destination.store.shop }

    /// Checks the store, pulls and packs its catalogue, waits for the source to be read as well, and compares.
    func read() async throws(RunError) -> DestinationSide {
        let store = try ports.open(destination.store)
        ports.progress.report(RunStep(shop: shop, activity: .checking))
        let check = StoreCheck(ledger: ports.ledger, team: settings.team, clock: ports.clock)
        let checked = try await check.identify(store, role: .destination)
        let identity = checked.identity
        var memory = try await DestinationMemory.load(shop, team: settings.team, from: ports.ledger)
        let pull = SnapshotPull(
            ports: ports,
            team: settings.team,
            lock: lock,
            folder: try ports.folder(run, shop),
            key: key,
            watch: watch,
            required: RulesCompiler.neededFields(settings)
        )
        let snapshot = try await pull.snapshot(of: store, currency: identity.currency)
        let source = try await source.value()
        let moneyRefusal = source.moneyRefusal ?? checked.moneyRefusal
        if moneyRefusal == nil { memory = memory.inCurrencies(source.identity.currency, identity.currency) }
        let rate =
            moneyRefusal.map { RunRate(otherCurrency: $0) }
            ?? RunRate.decide(
                from: source.identity.currency,
                to: identity.currency,
                rates: source.rates,
                limits: settings.rates.limits,
                now: ports.clock.now(),
                last: memory.baseline?.rate
            )
        let compiler = RulesCompiler(settings: settings, destination: destination, key: key, watch: watch)
        var rules = try compiler.rules(
            source: source,
            destinationIdentity: identity,
            destinationSnapshot: snapshot,
            rate: rate.rate
        )
        if isLeaving { rules = rules.emptyingStock }
        ports.progress.report(RunStep(shop: shop, activity: .comparing))
        let comparison = await CatalogComparison.inParts(
            source: source.index,
            destination: snapshot,
            rules: rules,
            links: memory.links
        )
        return DestinationSide(
            source: source,
            store: store,
            identity: identity,
            memory: memory,
            comparison: comparison,
            rate: rate
        )
    }
}
