import ArgumentParser
import Runs

/// Why a command ends without having done what was asked: a status and the operator's sentence.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String
    /// What a person is shown, where that is more than the message: the usage, for arguments.
    let shownText: String

    init(_ status: ExitStatus, _ message: String) {
        self.init(status, message, shownText: "synctec: \(message)")
    }

    private init(_ status: ExitStatus, _ message: String, shownText: String) {
        self.status = status
        self.message = message
        self.shownText = shownText
    }

    init(_ error: RunError) {
        self.init(error.status, error.description)
    }

    init(_ error: LedgerError) {
        self.init(RunError.ledger(error))
    }

    /// What any error that ends the command amounts to; `nil` for one that is no failure or was told already.
    init?(ending error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as RunError: self.init(error)
        case let error as LedgerError: self.init(error)
        case is ExitCode: return nil
        default:
            switch Synctec.exitCode(for: error) {
            case .success: return nil
            case .validationFailure:
                self.init(.usage, Synctec.message(for: error), shownText: Synctec.fullMessage(for: error))
            default: self.init(.internal, String(describing: error))
            }
        }
    }
}
