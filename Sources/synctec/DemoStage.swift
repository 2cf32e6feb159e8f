import Catalog
import Foundation
import Runs
import Settings
import SimulatedShopify

/// Simulated stores on loopback ports, with a settings file, credentials and a state folder for them.
struct DemoStage {
    let server: SimulatedServer
    let stores: [SimulatedStore]
    let settings: TeamSettings
    let settingsFile: String
    let folder: String

    static let source = "northwind-supply.myshopify.com"
    static let destinations = ["lumen-home.myshopify.com", "kumo-living.myshopify.com"]

    static func build(variants: Int, seed: Int, folder: String?, _ output: Output) async throws -> DemoStage {
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
        let draft = try load(file)
        let founded = try await Session.with(draft, output) { session in
            let life = session.teamLife()
            let id = try await told {
                try await life.create(source: draft.source.store, another: true, using: &generator)
            }
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
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw CommandFailure(.usage, "--folder: \(path) cannot be made: \(error.localizedDescription)")
            }
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
