import Runs
import Synchronization

/// A mail server that does what a test says.
final class TestSender: MailSending {
    struct Sent: Sendable {
        let message: String
        let to: String
        let verdict: MailVerdict
    }

    private struct State {
        var sent: [Sent] = []
        var answer: @Sendable (_ to: String, _ count: Int) -> MailVerdict = { _, _ in .taken }
    }

    private let state = Mutex(State())

    /// Every mail that was handed over.
    var sent: [Sent] { state.withLock { $0.sent } }
    /// The mails the server took or may have taken, by recipient.
    func arrived(at address: String) -> [String] {
        sent.filter { sent in
            let mayHave = if case .unknown = sent.verdict { true } else { sent.verdict == .taken }
            return sent.to == address && mayHave
        }.map(\.message)
    }

    func answer(_ answer: @escaping @Sendable (_ to: String, _ count: Int) -> MailVerdict) {
        state.withLock { $0.answer = answer }
    }

    func send(
        _ message: [UInt8],
        from sender: String,
        to recipient: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async -> MailVerdict {
        state.withLock { state in
            let verdict = isStopping() ? .stopped : state.answer(recipient, state.sent.count)
            state.sent.append(Sent(message: String(decoding: message, as: UTF8.self), to: recipient, verdict: verdict))
            return verdict
        }
    }

    func probe() async throws(ReportError) -> String { "a test" }
}
