import ArgumentParser
import Catalog
import Foundation
import Runs
import Settings

/// Where the ledger, the state and the credentials are before there is a settings file.
struct TeamPlace: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The settings file, if there is one already.",
            discussion: """
                Without it, and without --database, --state and --credentials: synctec.yaml here, then \
                /etc/synctec/synctec.yaml, if there is one.
                """,
            valueName: "file"
        )
    )
    var settings: String?

    @Option(
        help: ArgumentHelp("The database, without a settings file; left out: the private server.", valueName: "url")
    )
    var database: String?

    @Option(help: ArgumentHelp("The state folder, without a settings file.", valueName: "folder"))
    var state: String?

    @Option(help: ArgumentHelp("The credentials folder, without a settings file.", valueName: "folder"))
    var credentials: String?

    @Option(help: ArgumentHelp("Another address of the shop's API, for tests.", valueName: "url"))
    var endpoint: String?

    @Flag(help: "Allows an endpoint that is not https://*.myshopify.com.")
    var allowInsecureEndpoint = false

    @Flag(name: .long, help: "Prints one JSON document to standard output.")
    var json = false

    @OptionGroup var speech: OutputOptions

    /// What the command says beside its results.
    var output: Output { Output(verbosity: speech.verbosity, json: json) }

    /// The options that stand for settings, by the names of those.
    var optionsForSettings: [String] {
        let given = [("database", database), ("state", state), ("credentials", credentials), ("endpoint", endpoint)]
        return given.filter { $0.1 != nil }.map(\.0)
    }

    func with<Value>(_ body: (Session, TeamSettings?) async throws -> Value) async throws -> Value {
        if let file = settings ?? usualFile {
            if settings == nil { output.note("settings: \(file)") }
            let loaded = try TeamSettings.told(file: file)
            return try await Session.with(loaded, output) { try await body($0, loaded) }
        }
        let home = Console.environment["HOME"] ?? "/root"
        let folder =
            state ?? Console.environment["STATE_DIRECTORY"]
            ?? (geteuid() == 0 ? "/var/lib/synctec" : "\(home)/.local/state/synctec")
        return try await Session.with(
            database: database,
            state: Self.whole(folder),
            credentials: credentials.map(Self.whole),
            output
        ) { try await body($0, nil) }
    }

    /// The address of a shop: as the settings have it, else as the options say.
    func address(of shop: ShopDomain, in settings: TeamSettings?) throws -> StoreAddress {
        if endpoint == nil, let settings {
            if settings.source.store.shop == shop { return settings.source.store }
            if let known = settings.destination(shop) { return known.store }
        }
        guard endpoint == nil || allowInsecureEndpoint else {
            throw CommandFailure(.usage, "--endpoint needs --allow-insecure-endpoint beside it")
        }
        return StoreAddress(shop: shop, endpoint: endpoint, allowInsecureEndpoint: allowInsecureEndpoint)
    }

    /// The settings file that counts when the options say nothing else.
    private var usualFile: String? {
        database == nil && state == nil && credentials == nil ? TeamSettings.usualFile : nil
    }

    private static func whole(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
