import Glibc
import Reconciliation

/// The folder of a private server, and who may do what in it.
///
/// `<state>/postgres` and the files directly in it are ours; `data`, `socket` and `log` below belong to the server's account,
/// each with mode 0700, so that as root we never write where that account could have planted a link.
struct ServerFolder: Sendable {
    let path: String
    let account: ServerAccount

    var data: String { "\(path)/data" }
    var unfinishedData: String { "\(path)/data.new" }
    var settings: String { "\(path)/server.conf" }
    var log: String { "\(path)/log/postgres.log" }
    var usersLock: String { "\(path)/users.lock" }
    var startLock: String { "\(path)/start.lock" }

    /// Makes the folders that are missing and makes sure that the server's account reaches them.
    init(stateFolder: String, account: ServerAccount) throws(DatabaseError) {
        guard stateFolder.hasPrefix("/") else {
            throw .privateServer(detail: "the state folder \(stateFolder) is not an absolute path", log: [])
        }
        path = "\(stateFolder)/postgres"
        self.account = account
        if account.isOther { try Self.refuseFolderOfOthers(stateFolder) }
        let mode: mode_t = account.isOther ? 0o711 : 0o700
        try Self.makeFolders(stateFolder, mode: mode)
        try Self.makeFolder(path, mode: mode)
        if account.isOther { try letThrough(stateFolder) }
        try makeOwned("\(path)/log")
    }

    /// The folder of the socket: below ours, or a short one where the path would be too long for a socket's address.
    func makeSocketFolder() throws(DatabaseError) -> String {
        let usual = "\(path)/socket"
        if "\(usual)/.s.PGSQL.5432".utf8.count < 100 {
            try makeOwned(usual)
            return usual
        }
        var base = "/tmp"
        if !account.isOther, let runtime = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }),
            runtime.hasPrefix("/"), runtime.utf8.count < 60, access(runtime, W_OK) == 0
        {
            base = runtime
        }
        let short = "\(base)/synctec-\(SHA256Digest(of: Array(path.utf8)).hex.prefix(16))"
        try makeOwned(short)
        return short
    }

    /// Makes a folder of the server's account with mode 0700, or makes sure that an existing one is that.
    func makeOwned(_ folder: String) throws(DatabaseError) {
        try Self.makeFolder(folder, mode: 0o700)
        var status = stat()
        guard lstat(folder, &status) == 0 else { throw Self.failure(folder) }
        if account.isOther, status.st_uid == geteuid(), lchown(folder, account.user, account.group) == 0 {
            status.st_uid = account.user
        }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == account.user, status.st_mode & 0o077 == 0 else {
            throw .privateServer(
                detail: "\(folder) is not a folder of \(account.name) with mode 0700: move it away",
                log: []
            )
        }
    }

    /// The last lines of the server's log.
    func logTail() -> [String] {
        let descriptor = open(log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        if lseek(descriptor, -4096, SEEK_END) < 0 { lseek(descriptor, 0, SEEK_SET) }
        return Array(readLines(descriptor, last: 4096).suffix(12))
    }

    /// A state folder of another account, such as the one the package brings, is that account's to work in: what root left in it
    /// would be closed to it.
    private static func refuseFolderOfOthers(_ stateFolder: String) throws(DatabaseError) {
        var status = stat()
        guard stat(stateFolder, &status) == 0, status.st_uid != geteuid() else { return }
        let owner = getpwuid(status.st_uid).map { String(cString: $0.pointee.pw_name) } ?? "\(status.st_uid)"
        throw .privateServer(
            detail: "\(stateFolder) belongs to the account \(owner), and you are root: run the same as that account, "
                + "with sudo -u \(owner) in front, or name another folder (state in the settings, --state here)",
            log: []
        )
    }

    /// Lets the server's account pass through the state folder, which is ours, and names a folder above that keeps it out.
    private func letThrough(_ stateFolder: String) throws(DatabaseError) {
        var status = stat()
        guard stat(stateFolder, &status) == 0 else { throw Self.failure(stateFolder) }
        if status.st_uid == geteuid(), status.st_mode & 0o001 == 0 {
            chmod(stateFolder, status.st_mode & 0o7777 | 0o001)
        }
        var passed = ""
        for part in path.split(separator: "/") {
            passed += "/\(part)"
            let test = ServerCommand(words: ["/usr/bin/test", "-x", passed], account: account)
            guard try test.run().status == 0 else {
                throw .privateServer(
                    detail:
                        "as root the server runs as \(account.name), which may not enter \(passed): set `state` to a "
                        + "folder it can reach, such as /var/lib/synctec, or run synctec as an ordinary user",
                    log: []
                )
            }
        }
    }

    private static func makeFolders(_ path: String, mode: mode_t) throws(DatabaseError) {
        var passed = ""
        for part in path.split(separator: "/") {
            passed += "/\(part)"
            var status = stat()
            if stat(passed, &status) != 0 { try makeFolder(passed, mode: mode) }
        }
    }

    private static func makeFolder(_ path: String, mode: mode_t) throws(DatabaseError) {
        if mkdir(path, mode) == 0 {
            guard chmod(path, mode) == 0 else { throw failure(path) }  // whatever the umask is
        } else if errno != EEXIST {
            throw failure(path)
        }
    }

    private static func failure(_ path: String) -> DatabaseError {
        .privateServer(detail: "\(path) cannot be made: \(lastSystemError())", log: [])
    }
}
