/// Where the ledger's server is, as libpq takes it.
public struct DatabaseAddress: Sendable, Equatable {
    /// A `postgresql://` URL or a libpq connection string.
    ///
    /// It bears no password: that comes from `~/.pgpass` or the file that `PGPASSFILE` names.
    public let connectionString: String
    /// A database that takes the place of the one in ``connectionString``.
    let otherDatabase: String?

    /// Takes a URL or connection string.
    public init(_ connectionString: String) {
        self.init(connectionString, otherDatabase: nil)
    }

    /// The server that listens on the socket in a folder.
    public init(socketFolder: String, user: String, database: String) {
        let words = [("host", socketFolder), ("user", user), ("dbname", database)]
            .map { "\($0)='\($1.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'" }
        self.init(words.joined(separator: " "), otherDatabase: nil)
    }

    private init(_ connectionString: String, otherDatabase: String?) {
        self.connectionString = connectionString
        self.otherDatabase = otherDatabase
    }

    /// Another database on the same server.
    func database(_ name: String) -> DatabaseAddress {
        DatabaseAddress(connectionString, otherDatabase: name)
    }

    /// The words for libpq, in its order: what comes later wins, so the address wins over our defaults.
    var keywords: [(keyword: String, value: String)] {
        var words = [
            ("connect_timeout", "10"),
            ("keepalives_idle", "30"),
            ("keepalives_interval", "10"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "60000"),
            ("fallback_application_name", "synctec"),
            ("dbname", connectionString),
            ("client_encoding", "UTF8"),
        ]
        if let otherDatabase { words.append(("dbname", otherDatabase)) }
        return words
    }
}
