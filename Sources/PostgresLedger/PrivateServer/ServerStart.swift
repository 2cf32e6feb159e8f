import CLibpq
import Foundation

/// Brings a private server up from whatever state it was left in; only under the start lock.
///
/// Blocks.
struct ServerStart {
    let folder: ServerFolder
    let durability: PrivateServer.Durability
    let binaries: ServerBinaries

    init(folder: ServerFolder, durability: PrivateServer.Durability) throws(DatabaseError) {
        self.folder = folder
        self.durability = durability
        let version = try? String(contentsOfFile: "\(folder.data)/PG_VERSION", encoding: .utf8)
        let major = version.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        binaries = try ServerBinaries.find(forDataOf: major, account: folder.account)
        if major == nil { try makeData() }
    }

    /// Starts the server unless it runs; gives the folder of its socket.
    func makeRunning() throws(DatabaseError) -> String {
        if let running = runningSocketFolder() { return running }
        let socketFolder = try folder.makeSocketFolder()
        try clearRemains(socketFolder)
        try writeSettings(socketFolder)
        rotateLog()
        let words = [
            binaries.path(of: "pg_ctl"), "start", "-D", folder.data, "-l", folder.log, "-w", "-t", "120", "-s",
        ]
        let result = try ServerCommand(words: words, account: folder.account).run()
        guard result.status == 0 else {
            throw .privateServer(
                detail: "it does not start: \(result.output.joined(separator: "; "))",
                log: folder.logTail()
            )
        }
        return socketFolder
    }

    /// Makes the program's database in a new server.
    func makeDatabase(at address: DatabaseAddress) throws(DatabaseError) {
        let connection = try PostgresConnection(to: address.database("postgres"))
        let exists = try connection.first(.databaseExists, [.text(PrivateServer.database)]) {
            row throws(DatabaseError) in
            try row.boolean("found")
        }
        if exists != true { try connection.execute(.createDatabase) }
    }

    /// Runs `initdb` into a folder that gets its final name only when it is whole.
    private func makeData() throws(DatabaseError) {
        guard access(folder.data, F_OK) != 0 else {
            throw .privateServer(
                detail: "\(folder.data) exists and is not a Postgres data folder: move it away",
                log: []
            )
        }
        try? FileManager.default.removeItem(atPath: folder.unfinishedData)
        try folder.makeOwned(folder.unfinishedData)
        var words = [
            binaries.path(of: "initdb"), "-D", folder.unfinishedData, "-U", PrivateServer.user, "--auth=trust",
            "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions", "--data-checksums",
        ]
        if durability == .throwAway { words.append("--no-sync") }
        try ServerCommand(words: words, account: folder.account).runSuccessfully()
        let file = "\(folder.unfinishedData)/postgresql.conf"
        guard let handle = FileHandle(forUpdatingAtPath: file) else {
            throw .privateServer(detail: "\(file) cannot be written", log: [])
        }
        handle.seekToEndOfFile()
        handle.write(Data("\ninclude '../server.conf'\n".utf8))
        handle.closeFile()
        guard rename(folder.unfinishedData, folder.data) == 0 else {
            throw .privateServer(detail: "\(folder.data) cannot be made: \(lastSystemError())", log: [])
        }
    }

    private func writeSettings(_ socketFolder: String) throws(DatabaseError) {
        let quoted = socketFolder.replacing("'", with: "''")
        var lines = [
            "# Written by synctec at every start.",
            "listen_addresses = ''",
            "unix_socket_directories = '\(quoted)'",
            "unix_socket_permissions = 0700",
            "max_connections = \(durability == .full ? 60 : 500)",
            "max_parallel_workers_per_gather = 0",
            "jit = off",
            "max_wal_size = '1GB'",
            "log_min_messages = warning",
            "log_line_prefix = '%m [%p] '",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
        ]
        if durability == .throwAway {
            lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        }
        do {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: URL(fileURLWithPath: folder.settings),
                options: .atomic
            )
        } catch {
            throw .privateServer(detail: "\(folder.settings) cannot be written: \(error)", log: [])
        }
        chmod(folder.settings, 0o644)
    }

    /// The folder of the socket a running server listens on, from its `postmaster.pid`; waits for one that is just starting.
    private func runningSocketFolder() -> String? {
        guard let text = try? String(contentsOfFile: "\(folder.data)/postmaster.pid", encoding: .utf8) else {
            return nil
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 4, !lines[4].isEmpty else { return nil }
        let address = DatabaseAddress(socketFolder: String(lines[4]), user: PrivateServer.user, database: "postgres")
        for _ in 0..<600 {
            switch PQping(address.connectionString) {
            case PQPING_OK: return String(lines[4])
            case PQPING_REJECT: Thread.sleep(forTimeInterval: 0.1)
            default: return nil
            }
        }
        return nil
    }

    /// Takes away what a killed server left: its lock files may name a process number that another program has by now,
    /// and Postgres would refuse to start.
    ///
    /// Only done when no process works in the data folder any more.
    private func clearRemains(_ socketFolder: String) throws(DatabaseError) {
        let remains = [
            "\(folder.data)/postmaster.pid", "\(socketFolder)/.s.PGSQL.5432", "\(socketFolder)/.s.PGSQL.5432.lock",
        ]
        guard remains.contains(where: { access($0, F_OK) == 0 }) else { return }
        for _ in 0..<100 where isDataInUse() { Thread.sleep(forTimeInterval: 0.1) }
        guard !isDataInUse() else {
            throw .privateServer(
                detail:
                    "processes of an earlier server still work in \(folder.data) and none of them answers: end them",
                log: folder.logTail()
            )
        }
        for path in remains { unlink(path) }
    }

    /// Whether a process has the data folder as its working folder, as each of a server's has.
    private func isDataInUse() -> Bool {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.contains { process in
            guard process.allSatisfy(\.isNumber) else { return false }
            var data = stat()
            var work = stat()
            return stat(folder.data, &data) == 0 && stat("/proc/\(process)/cwd", &work) == 0
                && data.st_ino == work.st_ino && data.st_dev == work.st_dev
        }
    }

    private func rotateLog() {
        var status = stat()
        if lstat(folder.log, &status) == 0, status.st_size > 10_000_000 { rename(folder.log, "\(folder.log).1") }
    }
}

extension SQLStatement {
    fileprivate static let databaseExists = SQLStatement("DatabaseExists", PackageResources.DatabaseExists_sql)
    fileprivate static let createDatabase = SQLStatement("CreateDatabase", PackageResources.CreateDatabase_sql)
}
