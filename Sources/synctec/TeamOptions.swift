public import ArgumentParser
public import Catalog
import Foundation
import Runs
import Settings

/// What every command on a team takes.
struct TeamOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The settings file of the team.",
            discussion: "Without it: synctec.yaml here, then /etc/synctec/synctec.yaml.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var settings: String?

    @Flag(name: .long, help: "Prints one JSON document to standard output.")
    var json = false

    /// Reads and checks the file; every error is told at once.
    func load() throws -> TeamSettings {
        let path = try file()
        do {
            return try TeamSettings.load(file: path, environment: .process)
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }

    private func file() throws -> String {
        if let settings { return settings }
        let places = ["synctec.yaml", "/etc/synctec/synctec.yaml"]
        guard let found = places.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw CommandFailure(
                .usage,
                "no settings file: name one with --settings, or write one with synctec init > synctec.yaml"
            )
        }
        return found
    }
}

/// Which destinations a command is for.
struct DestinationOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Only this destination; may be given several times.", valueName: "shop")
    )
    var destination: [ShopDomain] = []

    var only: Set<ShopDomain> { Set(destination) }
}

extension ShopDomain: ExpressibleByArgument {
    /// Takes `name.myshopify.com`, or just the name.
    public init?(argument: String) {
        self.init(argument.contains(".") ? argument : "\(argument).myshopify.com")
    }
}

extension TeamID: ExpressibleByArgument {
    /// Takes the id in any case.
    public init?(argument: String) {
        self.init(argument.uppercased())
    }
}

extension SettingsEnvironment {
    /// This process's.
    static var process: SettingsEnvironment {
        SettingsEnvironment(variables: Console.environment, isRoot: geteuid() == 0)
    }
}
