import Foundation
import Glibc

/// One Postgres server for the whole test process: the private server of the built command, kept running between commands.
///
/// Every test gets a database of its own in it, so that a command takes a tenth of a second and not the time a server needs to
/// start. What the private server itself does is tested with stages that have one to themselves.
actor LedgerServer {
    static let shared = LedgerServer()

    struct Failure: Error {
        let reason: String
    }

    private struct Running {
        let folder: String
        let socket: String
        let programs: String
    }

    private var starting: Task<Running, any Error>?
    private var made = 0

    /// A new ledger with its schema: how the settings name it.
    func database() async throws -> String {
        let server = try await running()
        made += 1
        let name = "stage_\(made)"
        try await Self.sql("CREATE DATABASE \(name) TEMPLATE synctec", database: "postgres", server)
        return "postgresql:///\(name)?host=\(server.socket)&user=synctec"
    }

    /// A whole ledger as text, such as ``database()`` named it.
    func dump(_ database: String) async throws -> String {
        let server = try await running()
        return try await Self.run(
            "\(server.programs)/pg_dump",
            ["--inserts", "--dbname", database],
            server,
            name: "dump-\(UUID().uuidString)"
        )
    }

    private func running() async throws -> Running {
        if let starting { return try await starting.value }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Running {
        let folder = try Place.temporaryFolder()
        Remains.add(folder)
        let locked = "\(folder)/state/postgres/users.lock"
        try FileManager.default.createDirectory(
            atPath: "\(folder)/state/postgres",
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o711]
        )
        // One more user of the server, so that no command is the last one to leave and stops it.
        let lock = open(locked, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_SH) == 0 else { throw Failure(reason: "\(locked) cannot be locked") }
        let first = try Child(
            Place.synctec,
            [
                "team", "join", "SP-TEAM-222222", "--shop", "nobody", "--state", "\(folder)/state", "--credentials",
                folder,
            ],
            environment: Place.environment(home: folder),
            folder: folder,
            name: "first"
        )
        let ended = await first.ended()
        guard let programs = programs(), ended.status == 64, ended.errors.contains("no team") else {
            throw Failure(reason: "the private server did not start: \(ended.errors)")
        }
        return Running(folder: folder, socket: "\(folder)/state/postgres/socket", programs: programs)
    }

    /// The folder of Postgres' programs.
    private static func programs() -> String? {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
            .first { access("\($0)/psql", X_OK) == 0 }
    }

    @discardableResult
    private static func sql(_ sql: String, database: String, _ server: Running) async throws -> String {
        try await run(
            "\(server.programs)/psql",
            ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql],
            server,
            name: "sql-\(UUID().uuidString)"
        )
    }

    private static func run(
        _ program: String,
        _ arguments: [String],
        _ server: Running,
        name: String
    ) async throws -> String {
        var environment = Place.environment(home: server.folder)
        environment["PGHOST"] = server.socket
        environment["PGUSER"] = "synctec"
        let child = try Child(program, arguments, environment: environment, folder: server.folder, name: name)
        let ended = await child.ended()
        guard ended.status == 0 else { throw Failure(reason: ended.errors) }
        return ended.output
    }
}
