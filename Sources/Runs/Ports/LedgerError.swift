/// Why the ledger could not do what was asked.
public enum LedgerError: Error, Sendable, Hashable {
    /// No connection, a lost one, a full disk, a read-only server.
    case unavailable(String)
    /// The schema is newer, half migrated or not ours (FAULTS DB-1).
    case foreignSchema(String)
    /// Another run holds the lock.
    case locked(scope: LockScope, holder: String)
    /// This run's lock was taken over (FAULTS DB-3).
    case lockLost(scope: LockScope)
    /// A rule of the ledger forbids it; the text says which and what to do.
    case refused(String)
    /// The database answered what it never should.
    case inconsistent(String)
}

extension LedgerError: CustomStringConvertible {
    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .unavailable(let reason): "the database is not usable: \(reason)"
        case .foreignSchema(let reason): reason
        case .locked(let scope, let holder): "\(scope) is locked by \(holder): wait until that run has ended"
        case .lockLost(let scope): "the lock on \(scope) was taken over by another run: nothing more is written"
        case .refused(let reason): reason
        case .inconsistent(let reason): "the ledger contradicts itself: \(reason)"
        }
    }
}
