import CurlTransport
import Runs
import Settings
import Synchronization
import Transport

/// Sends mails by SMTP; the password is read when the first one goes out.
final class MailSender: MailSending {
    private let server: MailServer
    private let credentials: CredentialStore
    private let client = Mutex<MailClient?>(nil)

    init(_ server: MailServer, credentials: CredentialStore) {
        self.server = server
        self.credentials = credentials
    }

    func send(
        _ message: [UInt8],
        from sender: String,
        to recipient: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async -> MailVerdict {
        do {
            try await opened().send(message, from: sender, to: recipient, isStopping: isStopping)
            return .taken
        } catch let error as MailError {
            return switch error {
            case .recipientRefused(_, let isPermanent), .mailRefused(_, let isPermanent):
                isPermanent ? .refused(error.description) : .later(error.description)
            case .notReached, .untrusted, .signInRefused, .refused: .unavailable(error.description)
            case .unknown: .unknown(error.description)
            case .cancelled: .stopped
            }
        } catch {
            return .unavailable("\(error)")
        }
    }

    func probe() async throws(ReportError) -> String {
        do {
            return try await opened().probe()
        } catch {
            throw ReportError("\(error)")
        }
    }

    private func opened() throws -> MailClient {
        try client.withLock { client in
            if let client { return client }
            let login = try server.user.map { user in
                let password = try credentials.mailPassword()
                return MailLogin(user: user) { password.reveal() }
            }
            let security: MailRelay.Security =
                server.isSecureFromStart ? .tls(login) : server.allowsPlain ? .none : .startTLS(login)
            let made = try MailClient(
                relay: MailRelay(host: server.host, port: server.port, security: security),
                additionalCAFile: server.certificates
            )
            client = made
            return made
        }
    }
}
