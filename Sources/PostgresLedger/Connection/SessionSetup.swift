/// What a new session does before its first transaction.
enum SessionSetup: Sendable {
    /// Nothing: the connecting user itself, to migrate and to ask what the server is.
    case connectingUser
    /// Takes on the service role, which owns nothing and sees only the team that a transaction names.
    case serviceRole
    /// As ``serviceRole``, for a session that holds a lock and must be noticed quickly when its machine dies.
    case lockHolder

    /// The statements of the setup.
    var statements: [SQLStatement] {
        switch self {
        case .connectingUser: [.sessionLimits]
        case .serviceRole: [.sessionLimits, .setServiceRole]
        case .lockHolder: [.sessionLimits, .lockSessionLimits, .setServiceRole]
        }
    }
}

extension SQLStatement {
    static let sessionLimits = SQLStatement("SessionLimits", PackageResources.SessionLimits_sql)
    static let lockSessionLimits = SQLStatement("LockSessionLimits", PackageResources.LockSessionLimits_sql)
    static let setServiceRole = SQLStatement("SetServiceRole", PackageResources.SetServiceRole_sql)
    static let setTeam = SQLStatement("SetTeam", PackageResources.SetTeam_sql)
    static let currentTransaction = SQLStatement("CurrentTransaction", PackageResources.CurrentTransaction_sql)
    static let transactionStatus = SQLStatement("TransactionStatus", PackageResources.TransactionStatus_sql)
    static let checkFence = SQLStatement("CheckFence", PackageResources.CheckFence_sql)
}
