import Glibc

/// The account that the server's processes run under: our own, or an unprivileged one where we are root, as Postgres demands.
struct ServerAccount: Sendable, Equatable {
    let name: String
    let user: uid_t
    let group: gid_t
    /// What stands before a command line to run it under the account; empty for our own.
    let prefix: [String]

    /// Whether the account is another one than ours.
    var isOther: Bool { !prefix.isEmpty }

    /// Our own account, or `postgres`, or else `nobody` where we are root.
    static func suitable() throws(DatabaseError) -> ServerAccount {
        guard geteuid() == 0 else {
            return ServerAccount(name: "uid \(geteuid())", user: geteuid(), group: getegid(), prefix: [])
        }
        for name in ["postgres", "nobody"] {
            guard let entry = getpwnam(name)?.pointee else { continue }
            let prefix = try Self.prefix(name: name, user: entry.pw_uid, group: entry.pw_gid)
            return ServerAccount(name: name, user: entry.pw_uid, group: entry.pw_gid, prefix: prefix)
        }
        throw .privateServer(
            detail: "Postgres does not run as root, and there is neither an account postgres nor nobody: add one",
            log: []
        )
    }

    private static func prefix(name: String, user: uid_t, group: gid_t) throws(DatabaseError) -> [String] {
        for path in ["/usr/bin/setpriv", "/bin/setpriv"] where access(path, X_OK) == 0 {
            return [path, "--reuid=\(user)", "--regid=\(group)", "--init-groups", "--"]
        }
        for path in ["/usr/sbin/runuser", "/sbin/runuser"] where access(path, X_OK) == 0 {
            return [path, "-u", name, "--"]
        }
        throw .privateServer(
            detail: "Postgres does not run as root, and neither setpriv nor runuser is installed (package util-linux)",
            log: []
        )
    }
}
