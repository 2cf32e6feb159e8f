import Glibc

/// The folder with `initdb`, `pg_ctl` and `postgres` of one major version.
struct ServerBinaries: Sendable, Equatable {
    let folder: String
    let major: Int

    /// The oldest version this program works with.
    static let oldest = 15

    /// The path of one program.
    func path(of program: String) -> String { "\(folder)/\(program)" }

    /// Finds the binaries: those that made a data folder, where there is one; otherwise what `pg_config` names, then the newest
    /// under Debian's `/usr/lib/postgresql`.
    static func find(forDataOf major: Int?, account: ServerAccount) throws(DatabaseError) -> ServerBinaries {
        let candidates = try configured(account).map { [$0] } ?? [] + installed()
        if let major {
            if let match = candidates.first(where: { $0.major == major }) { return match }
            throw .privateServer(
                detail: "its data was made by Postgres \(major), which is not installed (package postgresql-\(major)); "
                    + "install it, or move the data with pg_upgrade",
                log: []
            )
        }
        if let newest = candidates.first(where: { $0.major >= oldest }) { return newest }
        throw .privateServer(
            detail: "no Postgres \(oldest) or newer is installed: install it (Debian: apt install postgresql), "
                + "or name a server under `database` in the settings",
            log: []
        )
    }

    private static func configured(_ account: ServerAccount) throws(DatabaseError) -> ServerBinaries? {
        guard access("/usr/bin/pg_config", X_OK) == 0 else { return nil }
        let command = ServerCommand(words: ["/usr/bin/pg_config", "--bindir"], account: account)
        guard let folder = try command.run().output.first else { return nil }
        return ServerBinaries(folder: folder)
    }

    private static func installed() -> [ServerBinaries] {
        let base = "/usr/lib/postgresql"
        var found: [ServerBinaries] = []
        for major in (oldest...99).reversed() {
            if let binaries = ServerBinaries(folder: "\(base)/\(major)/bin") { found.append(binaries) }
        }
        return found
    }

    /// Takes a folder that holds all programs of a server; its version stands in its path, or `postgres` tells it.
    private init?(folder: String) {
        for program in ["initdb", "pg_ctl", "postgres"] where access("\(folder)/\(program)", X_OK) != 0 { return nil }
        let account = ServerAccount(name: "own", user: geteuid(), group: getegid(), prefix: [])
        let version = try? ServerCommand(words: ["\(folder)/pg_ctl", "--version"], account: account).run().output.first
        // "pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        guard let number = version?.split(separator: " ").dropFirst(2).first?.prefix(while: \.isNumber),
            let major = Int(number)
        else { return nil }
        self.folder = folder
        self.major = major
    }
}
