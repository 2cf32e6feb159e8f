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
        guard let file = settings ?? TeamSettings.usualFile else {
            throw CommandFailure(
                .usage,
                "no settings file: name one with --settings, or write one with synctec init > synctec.yaml"
            )
        }
        return try TeamSettings.told(file: file)
    }
}

/// Which destinations a command is for.
struct DestinationOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Only this destination; may be given several times.", valueName: "shop")
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
