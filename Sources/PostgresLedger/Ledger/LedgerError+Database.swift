import Runs

extension LedgerError {
    /// What a database error means to a run; `scope` is the lock the call was made under.
    init(_ error: DatabaseError, scope: LockScope? = nil) {
        switch error {
        case .schemaNewer, .schemaForeign: self = .foreignSchema(error.description)
        case .ruleBroken(let reason): self = .refused(reason)
        case .unreadable: self = .inconsistent(error.description)
        case .lockLost: self = scope.map { .lockLost(scope: $0) } ?? .unavailable(error.description)
        case .locked(_, let holder):
            self = scope.map { .locked(scope: $0, holder: holder) } ?? .unavailable(error.description)
        case .refused(_, let sqlState, _):
            // Class 23 is a broken constraint, 42 a statement or right that does not fit: our own fault or a changed schema.
            let isOurs = sqlState.hasPrefix("23") || sqlState.hasPrefix("42")
            self = isOurs ? .inconsistent(error.description) : .unavailable(error.description)
        case .unreachable, .connectionLost, .outcomeUnknown, .administratorNeeded, .poolerInBetween, .serverTooOld,
            .privateServer:
            self = .unavailable(error.description)
        }
    }
}
