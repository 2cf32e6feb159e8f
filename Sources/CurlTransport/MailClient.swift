import CLibcurl
import Glibc
import Synchronization
public import Transport

/// SMTP by libcurl: TLS from the first byte or STARTTLS, sign-in, one connection for mails that follow one another.
///
/// TLS 1.2 or newer is always verified. A password goes over TLS or not at all; a server that does not offer STARTTLS where it is
/// asked for gets nothing (FAULTS ML-4). Mails are sent one at a time, each on a thread of its own.
public final class MailClient: MailExchanging {
    private let relay: MailRelay
    private let session: Mutex<MailSession>

    /// Prepares a client; nothing is contacted.
    ///
    /// The certificates of `additionalCAFile`, in PEM, are trusted beside the system's.
    ///
    /// - Throws: `HTTPError.file` where the certificates cannot be read; `HTTPError.notConnected` where libcurl has no memory.
    public init(
        relay: MailRelay,
        additionalCAFile: String? = nil,
        limits: MailLimits = .ordinary
    ) throws(HTTPError) {
        self.relay = relay
        let trust = try additionalCAFile.map { path throws(HTTPError) in try TrustedCertificates(adding: path) }
        let opened = try MailSession(relay: relay, trust: trust, limits: limits)
        session = Mutex(opened)
    }

    /// Sends one mail to one recipient; see ``Transport/MailExchanging``.
    public func send(
        _ message: [UInt8],
        from sender: String,
        to recipient: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async throws(MailError) {
        let envelope = MailEnvelope(sender: sender, recipient: recipient, message: message)
        try await perform(envelope, isStopping).get()
    }

    /// Connects, takes up TLS and signs in, and sends no mail; see ``Transport/MailExchanging``.
    public func probe() async throws(MailError) -> String {
        try await perform(nil, { false }).get()
        let protection =
            switch relay.security {
            case .tls: "TLS"
            case .startTLS: "STARTTLS"
            case .none: "without TLS, on this machine"
            }
        return "\(relay.host):\(relay.port), \(protection), \(relay.login == nil ? "no sign-in" : "signed in")"
    }

    private func perform(
        _ envelope: MailEnvelope?,
        _ isStopping: @escaping @Sendable () -> Bool
    ) async -> Result<Void, MailError> {
        await withCheckedContinuation { continuation in
            BlockingThread.run { [self] in
                let result = session.withLock { $0.exchange(envelope, isStopping: isStopping) }
                continuation.resume(returning: result)
            }
        }
    }
}

/// One mail and where it goes.
struct MailEnvelope: Sendable {
    let sender: String
    let recipient: String
    let message: [UInt8]
}

/// A thread for a call that blocks.
private enum BlockingThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs the body on a thread of its own, or here where the system gives none.
    static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let held = Unmanaged.passRetained(Body(body))
        let code = pthread_create(
            &thread,
            nil,
            { context in
                // Signals belong to the main thread; SIGPIPE of a closed connection would end the process.
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_BLOCK, &all, nil)
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            },
            held.toOpaque()
        )
        if code == 0 {
            pthread_detach(thread)
        } else {
            held.takeRetainedValue().run()
        }
    }
}
