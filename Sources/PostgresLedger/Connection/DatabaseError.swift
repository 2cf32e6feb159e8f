/// What can go wrong between the program and its ledger (exit status DATABASE unless said otherwise).
public enum DatabaseError: Error, Sendable, Equatable {
    /// No session could be opened.
    case unreachable(address: String, detail: String)
    /// The session broke; what was open on it is rolled back.
    case connectionLost(statement: String, detail: String)
    /// The session broke during COMMIT, and no later session could tell what became of the transaction.
    case outcomeUnknown(transaction: String, detail: String)
    /// The server refused a statement.
    case refused(statement: String, sqlState: String, detail: String)
    /// An answer does not have the form this program expects.
    case unreadable(statement: String, detail: String)
    /// The schema was made by a newer program.
    case schemaNewer(found: Int, known: Int)
    /// The schema is not one that this program made: half migrated, edited by hand, or of another origin.
    case schemaForeign(detail: String)
    /// The connecting user may not do what only an administrator can; the SQL does it.
    case administratorNeeded(reason: String, sql: String)
    /// A connection pooler stands between the program and the server (FAULTS DB-3).
    case poolerInBetween(detail: String)
    /// The server is older than this program needs.
    case serverTooOld(found: Int, needed: Int)
    /// This run does not hold its lock any more: its session was lost, or another run took over (exit status LOCKED).
    case lockLost(scope: String, detail: String)
    /// A rule of the ledger forbids it; the text says which and what to do.
    case ruleBroken(String)
    /// Another run holds the lock (exit status LOCKED).
    case locked(scope: String, holder: String)
    /// The private server could not be set up or started.
    case privateServer(detail: String, log: [String])
}

extension DatabaseError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .unreachable(let address, let detail):
            "the ledger at \(address) cannot be reached: \(detail); start it or correct `database` in the settings, then run again"
        case .connectionLost(let statement, let detail):
            "the connection to the ledger was lost at \(statement): \(detail); nothing more is written, run again"
        case .outcomeUnknown(let transaction, let detail):
            "the connection to the ledger was lost while transaction \(transaction) was committed, and what became of it "
                + "could not be asked: \(detail); nothing more is written, the next run looks it up"
        case .refused(let statement, let sqlState, let detail):
            "the ledger refused \(statement) (SQLSTATE \(sqlState)): \(detail)\(Self.advice(for: sqlState))"
        case .unreadable(let statement, let detail):
            "the ledger's answer to \(statement) cannot be read: \(detail)"
        case .schemaNewer(let found, let known):
            "the ledger's schema has number \(found), this program knows up to \(known): install the newer synctec"
        case .schemaForeign(let detail):
            "the schema synctec in this database is not as this program made it: \(detail); restore it from a backup, "
                + "or point `database` to another database"
        case .administratorNeeded(let reason, let sql):
            "\(reason); an administrator of the database has to run once: \(sql)"
        case .poolerInBetween(let detail):
            "a connection pooler stands before the ledger (\(detail)): locks need a direct session, "
                + "point `database` to the server itself"
        case .serverTooOld(let found, let needed):
            "the ledger runs on Postgres \(found), this program needs \(needed) or newer"
        case .lockLost(let scope, let detail):
            "this run lost its lock on \(scope): \(detail); nothing more is written, run again"
        case .ruleBroken(let reason): reason
        case .locked(let scope, let holder): "\(scope) is locked by \(holder): wait until that run has ended"
        case .privateServer(let detail, let log):
            "the private Postgres server: \(detail)" + log.map { "\n  | \($0)" }.joined()
        }
    }

    /// The server gave up a transaction that may succeed when it is repeated (FAULTS DB-6).
    var asksForRepetition: Bool {
        if case .refused(_, let sqlState, _) = self { return sqlState == "40001" || sqlState == "40P01" }
        return false
    }

    /// The session is gone, or its server is on its way down.
    var isLostConnection: Bool {
        switch self {
        case .connectionLost: true
        case .refused(_, let sqlState, _): sqlState == "57P01" || sqlState == "57P02" || sqlState == "57P05"
        default: false
        }
    }

    private static func advice(for sqlState: String) -> String {
        switch sqlState {
        case "53100": "; free disk space on the database server, then run again"
        case "25006": "; the server is read-only: point `database` to the primary"
        case "53300": "; raise max_connections or end other sessions, then run again"
        default: ""
        }
    }
}
