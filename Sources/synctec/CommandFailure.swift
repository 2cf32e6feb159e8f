import Runs

/// Why a command ends without having done what was asked: a status and the operator's sentence.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    init(_ error: RunError) {
        self.init(error.status, error.description)
    }

    init(_ error: LedgerError) {
        self.init(RunError.ledger(error))
    }
}
