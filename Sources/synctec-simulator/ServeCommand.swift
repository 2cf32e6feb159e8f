import ArgumentParser
import Foundation
import SimulatedShopify

/// `synctec-simulator serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the stores of a scenario file, or one store made from a product CSV.",
        discussion: ServeHelp.text
    )

    @Argument(help: "The scenario file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var scenario: String?

    @Option(help: ArgumentHelp("A Shopify product export to sell instead of a scenario.", valueName: "file"))
    var csv: String?

    @Option(help: "The shop's domain, with --csv.")
    var shop = "csv-store.myshopify.com"

    @Option(help: "The shop's currency, with --csv.")
    var currency = "USD"

    @Option(help: "The port, with --csv; 0 takes any free one.")
    var port: UInt16 = 0

    @Option(help: "The token, with --csv.")
    var token = "shpat_simulated"

    @Flag(help: "Gives variants without a SKU one made from their handle, with --csv.")
    var skuFill = false

    @Flag(help: "Prints the control addresses too, on standard error.")
    var printEndpoints = false

    func validate() throws {
        guard (scenario == nil) != (csv == nil) else {
            throw ValidationError("Name a scenario file or --csv FILE, one of the two.")
        }
    }

    func run() async throws {
        let stores: [SimulatedStore]
        let server: SimulatedServer
        do {
            stores = try scenario.map { path throws(SimulatorError) in try Scenario(path: path).stores } ?? [csvStore()]
            server = try await SimulatedServer.start(stores)
        } catch let error as SimulatorError {
            FileHandle.standardError.write(Data("synctec-simulator: \(error)\n".utf8))
            throw ExitCode(64)
        }
        for endpoint in server.endpoints { announce(endpoint) }
        await Signals.interruption()
        await server.stop()
    }

    private func announce(_ endpoint: SimulatedServer.Endpoint) {
        let line: JSONValue = [
            "shop": .string(endpoint.store.shop), "endpoint": .string(endpoint.baseURL),
            "token": endpoint.store.accessToken.map { .string($0) } ?? .null,
        ]
        FileHandle.standardOutput.write(Data((line.jsonText + "\n").utf8))
        if printEndpoints {
            let text =
                "\(endpoint.store.shop): \(endpoint.baseURL)/admin/api/2026-07/graphql.json, "
                + "control \(endpoint.baseURL)/__control/state\n"
            FileHandle.standardError.write(Data(text.utf8))
        }
    }

    private func csvStore() throws(SimulatorError) -> SimulatedStore {
        let path = csv ?? ""
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .badScenario(file: path, reason: "cannot be read")
        }
        var configuration = SimulatedStoreConfiguration(shop: shop, currency: currency, accessToken: token)
        configuration.port = port
        configuration.products = try ProductCSV.products(
            of: Array(data),
            file: path,
            location: configuration.locations[0].name,
            fillsSKUs: skuFill
        )
        return try SimulatedStore(configuration)
    }
}
