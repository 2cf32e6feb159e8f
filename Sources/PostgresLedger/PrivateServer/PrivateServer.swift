/// A Postgres server of our own under the state folder: nothing to set up, reachable by its owner's processes only.
///
/// Made by `initdb` on first use, started by the first user and stopped by the last one to leave; any number of processes may
/// use it at once. It listens on a unix socket in a folder with mode 0700 and on no port. A server that was killed, or whose
/// machine lost power, recovers at the next start.
public final class PrivateServer: Sendable {
    /// What the server does for data to be safe.
    public enum Durability: Sendable {
        /// Everything committed survives a loss of power.
        case full
        /// Nothing need survive: for tests.
        case throwAway
    }

    /// Where the server is.
    public let address: DatabaseAddress
    private let folder: ServerFolder
    private let binaries: ServerBinaries
    private let socketFolder: String
    private let use: ServerUse

    private init(folder: ServerFolder, binaries: ServerBinaries, socketFolder: String, use: ServerUse) {
        self.folder = folder
        self.binaries = binaries
        self.socketFolder = socketFolder
        self.use = use
        address = DatabaseAddress(socketFolder: socketFolder, user: Self.user, database: Self.database)
    }

    /// The variables by which libpq's own programs, such as `psql`, find the server.
    public var environment: [String: String] {
        ["PGHOST": socketFolder, "PGUSER": Self.user, "PGDATABASE": Self.database]
    }

    static let user = "synctec"
    static let database = "synctec"

    /// Makes the server where there is none, starts it where it does not run, and joins its users.
    ///
    /// Takes seconds the first time. As root the server runs as `postgres` or `nobody`, which has to reach `stateFolder`:
    /// that folder gets the permission to be passed through.
    ///
    /// - Throws: ``DatabaseError/privateServer(detail:log:)`` with the last lines of the server's log.
    public static func start(
        in stateFolder: String,
        durability: Durability = .full
    ) async throws(DatabaseError) -> PrivateServer {
        try await onOwnThread { () throws(DatabaseError) in
            let account = try ServerAccount.suitable()
            let folder = try ServerFolder(stateFolder: stateFolder, account: account)
            let starting = try FileLock(path: folder.startLock)
            starting.lockExclusively()
            defer { starting.unlock() }
            let use = try ServerUse(folder)
            let start = try ServerStart(folder: folder, durability: durability)
            let socketFolder = try start.makeRunning()
            let server = PrivateServer(folder: folder, binaries: start.binaries, socketFolder: socketFolder, use: use)
            try start.makeDatabase(at: server.address)
            return server
        }
    }

    /// Leaves the server; the last user to leave stops it.
    ///
    /// Sessions of this process have to be closed before, or they are cut off.
    public func leave() async throws(DatabaseError) {
        try await onOwnThread { [self] () throws(DatabaseError) in
            let starting = try FileLock(path: folder.startLock)
            starting.lockExclusively()
            defer { starting.unlock() }
            guard use.isLastOne() else { return }
            defer { use.end() }
            let words = [binaries.path(of: "pg_ctl"), "stop", "-D", folder.data, "-m", "fast", "-w", "-t", "60", "-s"]
            let result = try ServerCommand(words: words, account: folder.account).run()
            guard result.status == 0 else {
                throw .privateServer(
                    detail: "it does not stop: \(result.output.joined(separator: "; "))",
                    log: folder.logTail()
                )
            }
        }
    }
}

/// One user's share in a server: a shared lock on a file, which ends with the process at the latest.
private final class ServerUse: Sendable {
    private let lock: FileLock

    init(_ folder: ServerFolder) throws(DatabaseError) {
        lock = try FileLock(path: folder.usersLock)
        lock.lockShared()
    }

    /// Whether nobody else uses the server, which is closed to others until ``end()`` then; otherwise the share is ended.
    ///
    /// Only under the start lock.
    func isLastOne() -> Bool {
        lock.tryExclusively()
    }

    /// Ends the share.
    func end() {
        lock.unlock()
    }
}
