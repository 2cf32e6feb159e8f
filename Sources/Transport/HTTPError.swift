/// Why no complete answer came.
public enum HTTPError: Error, Sendable, Equatable {
    /// The address is not one this request may go to: scheme, host or resolved address. Nothing was sent.
    case refusedAddress(url: String, reason: String)
    /// Name resolution or connecting failed, or timed out. Nothing was sent.
    case notConnected(host: String, reason: String)
    /// The certificate or the TLS version is not acceptable. Nothing was sent.
    case untrusted(host: String, reason: String)
    /// The exchange broke after sending began: the server may have acted on it.
    case interrupted(host: String, reason: String)
    /// No byte for the idle limit, or the total limit passed: the server may have acted on it.
    case timedOut(host: String, after: Duration)
    /// The body is larger than the limit, counted after decompression.
    case tooLarge(host: String, limitBytes: Int)
    /// The local file could not be written or read.
    case file(path: String, reason: String)
    /// The task was cancelled.
    case cancelled

    /// Whether the server may have received and carried out the request.
    public var mayHaveActed: Bool {
        switch self {
        case .refusedAddress, .notConnected, .untrusted, .file: false
        case .interrupted, .timedOut, .tooLarge, .cancelled: true
        }
    }
}

extension HTTPError: CustomStringConvertible {
    /// What happened, and what to look at.
    public var description: String {
        switch self {
        case .refusedAddress(let url, let reason): "\(url): not an address this may be sent to: \(reason)"
        case .notConnected(let host, let reason): "\(host): no connection: \(reason)"
        case .untrusted(let host, let reason): "\(host): not trusted: \(reason)"
        case .interrupted(let host, let reason): "\(host): the exchange broke off: \(reason)"
        case .timedOut(let host, let after): "\(host): no answer after \(after)"
        case .tooLarge(let host, let limit): "\(host): the answer is larger than \(limit) bytes"
        case .file(let path, let reason): "\(path): \(reason)"
        case .cancelled: "cancelled"
        }
    }
}
