import Catalog
import CurlTransport
import Foundation
import Glibc
import Pricing
import Reconciliation
import Reporting
import Runs
import Settings
import ShopifyAdmin
import SimulatedShopify
import Testing
import Transport

/// A team of pretend stores with everything a run needs; only time, the ledger, rates and reports are not the real ones.
final class World: Sendable {
    static let team = "SP-TEAM-7KQ2MX"
    /// One client for the whole test process, as in the command.
    static let transport: Result<CurlClient, HTTPError> = Result { () throws(HTTPError) in
        try CurlClient(userAgent: "synctec-tests", environment: [:])
    }

    let clock: WorldClock
    let source: SimulatedStore
    let destinations: [SimulatedStore]
    let ledger = MemoryLedger()
    let reports = TestReports()
    let rates: TestRates
    let folder: String
    private let server: SimulatedServer

    private init(
        clock: WorldClock,
        source: SimulatedStore,
        destinations: [SimulatedStore],
        rates: TestRates,
        folder: String,
        server: SimulatedServer
    ) {
        self.clock = clock
        self.source = source
        self.destinations = destinations
        self.rates = rates
        self.folder = folder
        self.server = server
    }

    /// Starts the stores, founds the team and approves every destination; then does the work, and stops.
    static func with(
        _ catalogue: [SimulatedProduct] = Catalogue.lamps(6),
        destinations: [SimulatedStoreConfiguration]? = nil,
        source: SimulatedStoreConfiguration? = nil,
        isJoined: Bool = true,
        _ work: (World) async throws -> Void
    ) async throws {
        let clock = WorldClock()
        var configuration = source ?? Catalogue.source(catalogue)
        configuration.now = { clock.date }
        let supplier = try SimulatedStore(configuration)
        let resellers = try (destinations ?? [Catalogue.destination(of: catalogue)]).map {
            var configuration = $0
            configuration.now = { clock.date }
            return try SimulatedStore(configuration)
        }
        let folder = "\(NSTemporaryDirectory())/synctec-runs-\(getpid())-\(UUID().uuidString)"
        let server = try await SimulatedServer.start([supplier] + resellers)
        let world = World(
            clock: clock,
            source: supplier,
            destinations: resellers,
            rates: TestRates(try Catalogue.rates()),
            folder: folder,
            server: server
        )
        let result: Result<Void, any Error>
        do {
            if isJoined { try await world.join() }
            result = .success(try await work(world))
        } catch {
            result = .failure(error)
        }
        await server.stop()
        try? FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    var destination: SimulatedStore { destinations[0] }

    // MARK: Settings

    /// The settings of the team; `more` goes to the destinations by name, `team` to the file itself.
    func settings(
        _ more: [String: String] = [:],
        team: String = "fields: { price: locked, inventory: locked, title: locked }"
    )
        throws -> TeamSettings
    {
        var text = """
            team: \(Self.team)
            state: \(folder)/state
            reports: \(folder)/reports
            source: { shop: \(source.shop), endpoint: "\(server.baseURL(of: source) ?? "")", allow_insecure_endpoint: true }
            \(team)
            destinations:

            """
        for store in destinations {
            text += """
                  - shop: \(store.shop)
                    endpoint: "\(server.baseURL(of: store) ?? "")"
                    allow_insecure_endpoint: true
                    \(more[store.shop] ?? more[""] ?? "price_rules: [{ markup: 20% }]")

                """
        }
        return try TeamSettings.parse(
            text: text,
            file: "\(folder)/team.yaml",
            environment: SettingsEnvironment(variables: [:], isRoot: false)
        )
    }

    // MARK: Acting

    func shop(_ store: SimulatedStore) throws -> ShopDomain { try #require(ShopDomain(store.shop)) }

    func teamID() throws -> TeamID { try #require(TeamID(Self.team)) }

    func open(_ address: StoreAddress) throws -> any Store {
        ShopifyStore(
            address: address,
            credential: .token(Secret("shpat_simulated")),
            transport: try Self.transport.get(),
            clock: clock.admin
        )
    }

    func ports(
        ledger: (any Ledger)? = nil,
        power: Power? = nil,
        wrapping: @escaping @Sendable (any Store) -> any Store = { $0 },
        progress: TestProgress = TestProgress(),
        mail: MailPorts? = nil
    ) -> RunPorts {
        let work = folder + "/state"
        let used: any Ledger = ledger ?? power.map { PoweredLedger(base: self.ledger, power: $0) } ?? self.ledger
        return RunPorts(
            ledger: used,
            store: { address in
                let store = wrapping(try self.open(address))
                return power.map { PoweredStore(base: store, power: $0) } ?? store
            },
            rates: rates,
            reports: reports,
            progress: progress,
            clock: clock.run,
            workFolder: { run, shop in
                let path = "\(work)/\(run.text)/\(shop.name)"
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                return path
            },
            discard: { run in try? FileManager.default.removeItem(atPath: "\(work)/\(run.text)") },
            mail: mail
        )
    }

    /// Founds the team around the source and takes every destination in.
    func join(in ledger: (any Ledger)? = nil) async throws {
        let ledger = ledger ?? self.ledger
        let settings = try settings()
        let life = life(ledger: ledger)
        let store = try open(settings.source.store)
        let identity = try await store.identify()
        try await ledger.createTeam(
            settings.team,
            source: StoreRecord(shop: store.shop, id: identity.id, currency: identity.currency),
            by: "test",
            at: clock.now
        )
        for destination in settings.destinations {
            _ = try await life.join(settings.team, destination: destination.store)
            try await life.decide(
                .approved,
                on: destination.store.shop,
                in: settings.team,
                source: settings.source.store,
                note: ""
            )
        }
    }

    func life(actor: String = "anna@shipping", ledger: (any Ledger)? = nil) -> TeamLife {
        TeamLife(ledger: ledger ?? self.ledger, store: { try self.open($0) }, clock: clock.run, actor: actor)
    }

    /// Runs once, a few minutes after the last time.
    @discardableResult
    func run(
        _ mode: RunMode = .run,
        only: Set<ShopDomain> = [],
        settings: TeamSettings? = nil,
        ports: RunPorts? = nil,
        width: ReconcileRun.Width = .init()
    ) async throws -> RunReport {
        clock.advance(by: .seconds(300))
        var generator = SystemRandomNumberGenerator()
        return try await ReconcileRun(
            settings: try settings ?? self.settings(),
            only: only,
            mode: mode,
            run: .random(using: &generator),
            version: "1.0.0",
            holder: "anna@shipping, process 1",
            ports: ports ?? self.ports(),
            width: width
        ).execute().report
    }

    /// Approves the newest plan of every destination, or of one.
    func approve(held: Bool = false, at store: SimulatedStore? = nil, in ledger: (any Ledger)? = nil) async throws {
        let ledger = ledger ?? self.ledger
        for destination in store.map({ [$0] }) ?? destinations {
            guard let plan = try await ledger.newestPlan(try teamID(), destination: try shop(destination)) else {
                continue
            }
            try await ledger.approve(plan.hash, of: try teamID(), held: held, by: "anna@shipping", at: clock.now)
        }
    }

    /// Brings every destination in step as a merchant does: plan, approve, run; then counts from zero.
    func settle(settings: TeamSettings? = nil) async throws {
        try await run(.plan, settings: settings)
        try await approve()
        let report = try await run(settings: settings)
        #expect(report.status == "OK", "\(report.problems)")
        for store in destinations { store.resetCounters() }
        source.resetCounters()
    }

    /// Folders of snapshots that were left behind.
    var leftovers: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder + "/state")) ?? [] }
}

extension RunReport {
    /// Everything a failing test wants to see.
    var problems: String {
        "\(status) \(detail) "
            + destinations.map { part in
                "\(part.shop): \(part.status) \(part.detail) "
                    + part.corrections.map {
                        "\($0.sku) \($0.field?.rawValue ?? "-") \($0.old)->\($0.new) \($0.outcome) \($0.reason)"
                    }
                    .joined(separator: " | ")
                    + part.findings.map { " ! \($0.kind.rawValue) \($0.sku) \($0.detail)" }.joined()
            }.joined(separator: "\n")
    }

    /// The words for what became of a field of a SKU at a destination.
    func outcomes(_ sku: String, _ field: CatalogField = .price, at index: Int = 0) -> [String] {
        destinations[index].corrections.filter { $0.sku == sku && $0.field == field }.map(\.outcome)
    }

    func brakes(_ index: Int = 0) -> [Brake] { destinations[index].brakes.map(\.brake) }
}

extension SimulatedStore {
    /// One value of the only variant with a SKU, as text.
    func value(_ sku: String, _ field: String) -> String? {
        let variant = variants(sku: sku).first
        let value = variant?[field] ?? variant?["product"]?[field]
        return value?.scalarText
    }

    func stock(_ sku: String, at location: String = "Amsterdam") -> Int? {
        variants(sku: sku).first?["inventory"]?[location]?.integer
    }

    /// Everything a merchant can see, without ids that depend on the order of calls.
    var truthText: String { catalogue.jsonText }
}
