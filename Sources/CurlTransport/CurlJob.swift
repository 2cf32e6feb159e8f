import Synchronization
import Transport

/// One exchange as it is handed to the network thread.
struct CurlJob: Sendable {
    /// Where the body of the answer goes.
    enum Sink: Sendable {
        case memory
        case file(path: String, progress: @Sendable (Int) -> Void)
    }

    let id: UInt64
    let request: HTTPRequest
    let target: RequestTarget
    let sink: Sink
    let cancellation: CancellationMark
    /// Called exactly once.
    let finish: @Sendable (Result<CurlAnswer, HTTPError>) -> Void
}

/// What came of an exchange that ran to its end.
struct CurlAnswer: Sendable {
    let status: Int
    let headers: [HTTPHeader]
    /// Empty where the body went to a file.
    let body: [UInt8]
    /// Bytes of the body, after decompression.
    let bytes: Int
}

/// Whether the task that waits was cancelled; it may be so before its job reaches the network thread.
final class CancellationMark: Sendable {
    private let mark = Atomic<Bool>(false)

    var isSet: Bool { mark.load(ordering: .acquiring) }

    func set() {
        mark.store(true, ordering: .releasing)
    }
}

/// What all exchanges of a client have in common.
struct CurlSetup: Sendable {
    let userAgent: String
    let proxy: ProxySettings
    let trust: TrustedCertificates?
    let pinnedNames: [String]
}
