import Foundation
import Glibc
import SimulatedShopify
import Testing

/// Simulated stores on loopback ports, and everything the built command needs to work on them: settings, credentials, ledger.
final class Stage {
    /// Which ledger a stage uses.
    enum Ledger {
        /// A database of its own in the server all tests share.
        case shared
        /// A private server of its own, as the program keeps it by default.
        case ownServer
    }

    let folder: String
    let stores: [SimulatedStore]
    let server: SimulatedServer
    /// A marked token of every store; it may stand in the credential files only.
    let token: String
    var settings: StageSettings
    /// Other addresses than the stores' own, such as a proxy's, by shop.
    var addresses: [String: String] = [:]
    private var children = 0

    /// The supplier's store: the first of the scenario.
    var source: SimulatedStore { stores[0] }
    /// The resellers' stores.
    var destinations: [SimulatedStore] { Array(stores.dropFirst()) }
    var settingsFile: String { "\(folder)/synctec.yaml" }

    /// Runs `body` on a new stage, then searches everything the program left for the token, and clears the stage away.
    ///
    /// `$TOKEN` in the scenario stands for the marked token, `$FOLDER` for the stage's folder.
    static func with(
        _ scenario: String,
        ledger: Ledger = .shared,
        files: [String: String] = [:],
        _ body: (Stage) async throws -> Void
    ) async throws {
        await Turnstile.stages.enter()
        do {
            let stage = try await Stage(scenario, ledger: ledger, files: files)
            do {
                try await body(stage)
            } catch {
                await stage.clear()
                throw error
            }
            #expect(stage.filesWithToken() == [], "CF-2: a token stands outside its credential file")
            await stage.clear()
        } catch {
            await Turnstile.stages.leave()
            throw error
        }
        await Turnstile.stages.leave()
    }

    private init(_ scenario: String, ledger: Ledger, files: [String: String]) async throws {
        folder = try Place.temporaryFolder()
        Remains.add(folder)
        token = "shpat_canary\(UInt64.random(in: 1_000_000_000...9_999_999_999))"
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
        let text = scenario.replacing("$TOKEN", with: token).replacing("$FOLDER", with: folder)
        stores = try Scenario(text: text, file: "\(folder)/scenario.yaml").stores
        server = try await SimulatedServer.start(stores)
        settings = StageSettings(
            state: "\(folder)/state",
            reports: "\(folder)/reports",
            credentials: "\(folder)/credentials"
        )
        if ledger == .shared { settings.database = try await LedgerServer.shared.database() }
        try FileManager.default.createDirectory(
            atPath: settings.credentials,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for store in stores { try writeCredential(of: store.shop, token) }
    }

    private func clear() async {
        await server.stop()
        Remains.remove(folder)
    }

    // MARK: Files

    /// Puts a store's token in its credential file.
    func writeCredential(of shop: String, _ content: String) throws {
        let path = "\(settings.credentials)/\(shop)"
        try? FileManager.default.removeItem(atPath: path)
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: Data("\(content)\n".utf8),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Writes the settings file as ``settings`` stands now.
    func writeSettings() throws {
        try Data(settings.text(stores.map { ($0.shop, address(of: $0)) }).utf8).write(to: URL(filePath: settingsFile))
    }

    func address(of store: SimulatedStore) -> String {
        addresses[store.shop] ?? server.baseURL(of: store) ?? "no address"
    }

    /// The folder of a run's reports.
    func reports(of run: RunDocument) throws -> String {
        let place = "\(settings.reports)/\(run.team)"
        let names = try FileManager.default.contentsOfDirectory(atPath: place).filter { $0.hasSuffix("-\(run.run)") }
        return "\(place)/\(try #require(names.first))"
    }

    /// A CSV file of a run's reports.
    func csv(_ name: String, of run: RunDocument) throws -> StrictCSV {
        let text = try String(contentsOfFile: "\(try reports(of: run))/\(name)", encoding: .utf8)
        return try StrictCSV(text)
    }

    /// The files below the stage's folder in which a token stands, but for the credential files and what the stores were given.
    func filesWithToken() -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            guard !name.hasPrefix("credentials/") else { return false }
            return FileManager.default.contents(atPath: "\(folder)/\(name)")?.range(of: Data(token.utf8)) != nil
        }
    }

    // MARK: Commands

    /// Starts the built command as it stands, without adding anything.
    func startBare(_ words: [String]) throws -> Child {
        children += 1
        return try Child(
            Place.synctec,
            words,
            environment: Place.environment(home: folder),
            folder: folder,
            name: "command-\(children)"
        )
    }

    /// Starts the built command on the stage's settings.
    func start(_ words: String...) throws -> Child {
        try startBare(words + ["--settings", settingsFile])
    }

    /// Runs the built command on the stage's settings.
    func synctec(_ words: String...) async throws -> Child.Ended {
        try await startBare(words + ["--settings", settingsFile]).ended()
    }

    /// Where the ledger and the credentials are, for commands that come before there is a settings file.
    func placeOptions(of store: SimulatedStore) -> [String] {
        let ledger = settings.database.map { ["--database", $0] } ?? []
        return ledger + [
            "--state", settings.state, "--credentials", settings.credentials, "--endpoint", address(of: store),
            "--allow-insecure-endpoint",
        ]
    }

    // MARK: A team's beginning

    /// Founds the team, lets all destinations join and, where asked, approves them; then the settings file is there.
    func found(approving: Bool = true) async throws {
        let created = try await startBare(
            ["team", "create", "--shop", source.shop, "--json"] + placeOptions(of: source)
        ).ended()
        try #require(created.status == 0, "\(created.errors)")
        settings.team = try #require(try created.document([String: String].self)["team"])
        try writeSettings()
        for store in destinations {
            let joined = try await synctec("team", "join", settings.team, "--shop", store.shop)
            try #require(joined.status == 0, "\(joined.errors)")
            guard approving else { continue }
            let approved = try await synctec("team", "approve", store.shop)
            try #require(approved.status == 0, "\(approved.errors)")
        }
    }

    /// Does the first run, which only plans, and approves its plans.
    @discardableResult
    func acceptFirstPlans(held: Bool = false) async throws -> RunDocument {
        let first = try await synctec("run", "--json")
        try #require(first.status == 2, "\(first.errors)")
        let document: RunDocument = try first.document()
        for destination in document.destinations {
            try await approve(try #require(destination.plan), held: held)
        }
        return document
    }

    /// Approves a plan.
    func approve(_ plan: String, held: Bool = false) async throws {
        let words = ["approve", plan] + (held ? ["--held"] : []) + ["--settings", settingsFile]
        let approved = try await startBare(words).ended()
        try #require(approved.status == 0, "\(approved.errors)")
    }

    /// Founds the team and brings it in step: afterwards every run is like any other.
    func settle() async throws {
        try await found()
        try await acceptFirstPlans()
        let applied = try await synctec("run", "--json")
        try #require([0, 1].contains(applied.status), "\(applied.errors)")
    }

    /// Write calls that all stores, or the destinations, received.
    var writes: Int { stores.reduce(0) { $0 + $1.counters.writeCount } }

    func resetCounters() {
        for store in stores { store.resetCounters() }
    }
}
