import ArgumentParser
import Catalog
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

    @OptionGroup var speech: OutputOptions

    /// What the command says beside its results.
    var output: Output { Output(verbosity: speech.verbosity, json: json) }

    /// Reads and checks the file; every error is told at once.
    func load() throws -> TeamSettings {
        guard let file = settings ?? TeamSettings.usualFile else {
            throw CommandFailure(
                .usage,
                "no settings file: name one with --settings, or write one with synctec init > synctec.yaml"
            )
        }
        let loaded = try TeamSettings.told(file: file)
        output.detail("settings: \(file), team \(loaded.team)")
        return loaded
    }
}

/// Which destinations a command is for.
struct DestinationOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Only this destination; may be given several times.", valueName: "shop"),
        transform: ShopDomain.told
    )
    var destination: [ShopDomain] = []

    /// The destinations that were named; none stands for all.
    ///
    /// - Throws: ``CommandFailure`` where the settings lack one of them.
    func only(of settings: TeamSettings) throws -> Set<ShopDomain> {
        let unknown = Set(destination).filter { settings.destination($0) == nil }
        guard unknown.isEmpty else {
            throw CommandFailure(
                .usage,
                "no destination \(unknown.sorted().map(\.text).joined(separator: ", ")) in the settings; there are: "
                    + settings.destinations.map(\.store.shop.text).joined(separator: ", ")
            )
        }
        return Set(destination)
    }
}

extension ShopDomain {
    /// Takes `name.myshopify.com`, or just the name.
    static func told(_ argument: String) throws -> ShopDomain {
        guard let shop = ShopDomain(argument.contains(".") ? argument : "\(argument).myshopify.com") else {
            throw ValidationError(
                "a shop is named by its permanent address, such as lumen-home.myshopify.com or just lumen-home: small letters, "
                    + "digits and dashes, no https:// and no domain of its own"
            )
        }
        return shop
    }
}

extension TeamID {
    /// Takes the id in any case.
    static func told(_ argument: String) throws -> TeamID {
        guard let team = TeamID(argument.uppercased()) else {
            throw ValidationError("a Team ID is SP-TEAM- and six signs, as synctec team create prints it")
        }
        return team
    }
}

extension SettingsEnvironment {
    /// This process's.
    static var process: SettingsEnvironment {
        SettingsEnvironment(
            variables: Console.environment,
            isRoot: geteuid() == 0,
            currentFolder: FileManager.default.currentDirectoryPath
        )
    }
}

extension TeamSettings {
    /// Where a settings file is looked for when none is named; the first that is there counts.
    static let usualFiles = ["synctec.yaml", "/etc/synctec/synctec.yaml"]

    /// The settings file that counts when none is named, if there is one.
    static var usualFile: String? {
        usualFiles.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// Reads and checks the file; every error is told at once.
    static func told(file: String) throws -> TeamSettings {
        do {
            return try TeamSettings.load(file: file, environment: .process)
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
    }
}
