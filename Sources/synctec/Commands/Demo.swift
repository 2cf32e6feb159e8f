import ArgumentParser
import Catalog
import Foundation
import PostgresLedger
import Reconciliation
import Reporting
import Runs
import Settings
import SimulatedShopify

/// The command `synctec demo`.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Shows everything on simulated stores: a supplier, two resellers, drift, a plan, its approval, the apply, the reports.",
        discussion: """
            Needs nothing and touches nothing outside a temporary folder, in which it keeps its own private database.

            Example: synctec demo --variants 2000
            """
    )

    @Option(help: "Variants of the supplier's store.")
    var variants = 500

    @Option(help: "Decides what drifts.")
    var seed = 7

    @Option(help: ArgumentHelp("A folder to work in, which is kept; left out: a temporary one.", valueName: "folder"))
    var folder: String?

    mutating func run() async throws {
        let stage = try await DemoStage.build(variants: variants, seed: seed, folder: folder)
        let result: Result<Void, any Error>
        do {
            result = .success(try await DemoScript(stage: stage).play())
        } catch {
            result = .failure(error)
        }
        await stage.strike()
        try result.get()
    }
}

/// Simulated stores on loopback ports, with a settings file, credentials and a state folder for them.
private struct DemoStage {
    let server: SimulatedServer
    let stores: [SimulatedStore]
    let settings: TeamSettings
    let settingsFile: String
    let folder: String

    static let source = "northwind-supply.myshopify.com"
    static let destinations = ["lumen-home.myshopify.com", "kumo-living.myshopify.com"]

    static func build(variants: Int, seed: Int, folder: String?) async throws -> DemoStage {
        let place = try place(folder)
        let stores: [SimulatedStore]
        let server: SimulatedServer
        do {
            stores = try Scenario(text: scenario(variants: variants, seed: seed), file: "the demo's scenario").stores
            server = try await SimulatedServer.start(stores)
        } catch {
            throw CommandFailure(.internal, "the demo's stores did not start: \(error)")
        }
        try writeCredentials(in: "\(place)/credentials")
        let file = "\(place)/synctec.yaml"
        let endpoints = stores.map { server.baseURL(of: $0) ?? "" }
        // The Team ID is drawn when the team is founded; until then the file holds a place for it.
        let team = "SP-TEAM-222222"
        try text(team: team, endpoints: endpoints, place: place).write(toFile: file, atomically: true, encoding: .utf8)
        var generator = SystemRandomNumberGenerator()
        _ = generator.next()
        let draft = try load(file)
        let founded = try await Session.with(draft) { session in
            let life = session.teamLife()
            let id = try await told { try await life.create(source: draft.source.store, using: &generator) }
            for destination in draft.destinations {
                _ = try await told { try await life.join(id, destination: destination.store) }
                try await told {
                    try await life.decide(
                        .approved,
                        on: destination.store.shop,
                        in: id,
                        source: draft.source.store,
                        note: "demo"
                    )
                }
            }
            return id
        }
        try text(team: founded.text, endpoints: endpoints, place: place)
            .write(toFile: file, atomically: true, encoding: .utf8)
        return DemoStage(
            server: server,
            stores: stores,
            settings: try load(file),
            settingsFile: file,
            folder: place
        )
    }

    func strike() async {
        await server.stop()
    }

    private static func load(_ file: String) throws -> TeamSettings {
        do {
            return try TeamSettings.load(file: file, environment: .process)
        } catch {
            throw CommandFailure(.internal, "the demo's settings do not read: \(error)")
        }
    }

    private static func place(_ folder: String?) throws -> String {
        if let folder {
            let path = folder.hasPrefix("/") ? folder : FileManager.default.currentDirectoryPath + "/" + folder
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            return path
        }
        var template = Array("/tmp/synctec-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure(.delivery, "no temporary folder could be made in /tmp")
        }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // As root the private database runs as another user, which has to pass through.
        chmod(path, 0o711)
        return path
    }

    private static func writeCredentials(in folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for shop in [source] + destinations {
            let path = "\(folder)/\(shop)"
            try? FileManager.default.removeItem(atPath: path)
            guard
                FileManager.default.createFile(
                    atPath: path,
                    contents: Data("shpat_demo\n".utf8),
                    attributes: [.posixPermissions: 0o600]
                )
            else { throw CommandFailure(.delivery, "\(path) could not be written") }
        }
    }

    private static func scenario(variants: Int, seed: Int) -> String {
        """
        stores:
          - shop: \(source)
            currency: USD
            token: shpat_demo
            locations: [Rotterdam, Venlo]
            catalogue: { generate: { variants: \(variants), seed: \(seed), blank: 3, duplicate: 2 } }
          - shop: \(destinations[0])
            currency: EUR
            token: shpat_demo
            locations: [Amsterdam]
            mirror_of: \(source)
            mirror: { rate: "0.9250", markup: 20%, drift: 2%, missing: 4, extra: 3, blank: 2, duplicate: 2, seed: \(seed + 1) }
          - shop: \(destinations[1])
            currency: JPY
            token: shpat_demo
            locations: [Osaka]
            mirror_of: \(source)
            mirror: { rate: "157.35", markup: 35%, drift: 2%, missing: 2, extra: 2, blank: 1, duplicate: 1, seed: \(seed + 2) }

        """
    }

    private static func text(team: String, endpoints: [String], place: String) -> String {
        func store(_ shop: String, _ endpoint: String) -> String {
            "shop: \(shop)\n    endpoint: \(endpoint)\n    allow_insecure_endpoint: true"
        }
        return """
            team: \(team)
            state: \(place)/state
            reports: \(place)/reports
            credentials: \(place)/credentials

            source:
              shop: \(source)
              endpoint: \(endpoints[0])
              allow_insecure_endpoint: true

            fields:
              title: locked
              description: locked
              vendor: locked
              barcode: locked
              weight: locked
              tags: locked

            rates:
              table: { EUR: "0.9250", JPY: "157.35" }

            destinations:
              - \(store(destinations[0], endpoints[1]))
                price_rules:
                  - { markup: 20% }
              - \(store(destinations[1], endpoints[2]))
                fields: { tags: ignored }
                price_rules:
                  - { markup: 35% }

            """
    }
}

/// What the demo shows, step by step.
private struct DemoScript {
    let stage: DemoStage

    func play() async throws {
        let settings = stage.settings
        say(
            "1. Three pretend Shopify stores run on this machine: the supplier \(DemoStage.source) (USD),",
            "   and the resellers \(DemoStage.destinations[0]) (EUR) and \(DemoStage.destinations[1]) (JPY).",
            "   Both joined team \(settings.team), and drifted: prices, stock, titles and more were changed by hand."
        )
        try await Session.with(settings) { session in
            say("", "2. synctec run. The first run on a store only plans:")
            let first = try await execute(.run, session)
            Console.out(first.text)
            for destination in first.destinations {
                guard let hash = destination.plan else { continue }
                let plan = try await StoredPlans(session: session, team: settings.team).plan(hash)
                say("   The plan of \(destination.shop) begins:")
                Console.out(try plan.text(brakes: destination.brakes, limit: 8))
                say("   synctec approve \(hash.short) --held")
                do throws(LedgerError) {
                    try await session.ledger.approve(
                        hash,
                        of: settings.team,
                        held: true,
                        by: Holder.actor,
                        at: .now
                    )
                } catch {
                    throw CommandFailure(error)
                }
            }
            say("", "3. synctec run, now approved: writes, and reads every write back.")
            let second = try await execute(.run, session)
            Console.out(second.text)
            say("", "4. synctec run once more: nothing has changed, so nothing is written.")
            let before = mutations()
            let third = try await execute(.run, session)
            Console.out(third.text)
            say("   Mutations the stores received in this run: \(mutations() - before)")
            try await meddle(session)
        }
        say(
            "",
            "The reports, for a spreadsheet: \(settings.reports)",
            "The settings this was done with: \(stage.settingsFile)",
            "The simulated stores are gone now; the private database is below \(settings.state).",
            "Next: README.md, \"First run on your own stores\"."
        )
    }

    /// A reseller changes a price, and the next run sets it back.
    private func meddle(_ session: Session) async throws {
        let store = stage.stores[1]
        let found = try await firstCorrectedSKU(session)
        guard let sku = found else { return }
        do {
            try store.edit(sku: sku, set: ["title": "Changed by the reseller"])
        } catch {
            throw CommandFailure(.internal, "the demo could not change \(sku): \(error)")
        }
        say("", "5. The reseller renames the product of SKU \(sku). synctec run sets it back:")
        let report = try await execute(.run, session)
        Console.out(report.text)
        for row in report.destinations.flatMap(\.corrections) where row.sku == sku {
            say(
                "   \(row.sku) \(row.field?.rawValue ?? ""): \"\(HarmlessText.line(row.old, limit: 40))\" -> "
                    + "\"\(HarmlessText.line(row.new, limit: 40))\" (\(row.verdict.rawValue), \(row.outcome))"
            )
        }
    }

    private func firstCorrectedSKU(_ session: Session) async throws -> String? {
        do {
            for run in try await session.ledger.runs(of: stage.settings.team, limit: 5) {
                for part in run.destinations where part.shop.text == DemoStage.destinations[0] {
                    let rows = try await session.ledger.rows(
                        of: run.id,
                        destination: part.shop,
                        in: stage.settings.team
                    )
                    if let row = rows.corrections.first(where: { $0.outcome == "applied" }) { return row.sku }
                }
            }
            return nil
        } catch {
            throw CommandFailure(error)
        }
    }

    private func execute(_ mode: RunMode, _ session: Session) async throws -> RunReport {
        try await RunRunner(session: session, settings: stage.settings, json: false).run(mode, only: [])
    }

    private func mutations() -> Int {
        stage.stores.reduce(0) { $0 + $1.counters.writeCount }
    }

    private func say(_ lines: String...) {
        for line in lines { Console.out(line) }
    }
}
