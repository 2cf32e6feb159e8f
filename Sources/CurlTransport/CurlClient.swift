import CLibcurl
import Synchronization
public import Transport

/// HTTP by libcurl: HTTP/2, compression, connections kept and shared, streaming to and from files.
///
/// All requests of one client share one libcurl multi handle on a thread of its own, so a process makes one client and
/// passes it on. TLS 1.2 or newer is always verified against the system's trust; there is no switch for that. Redirects
/// are never followed. A request that was sent once is not sent again on its own, except a `GET` over a kept connection
/// that turned out dead.
public final class CurlClient: HTTPExchanging {
    private let loop: CurlLoop
    private let setup: CurlSetup
    private let lastID = Atomic<UInt64>(0)

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - userAgent: sent with every request, such as `synctec/1.2.0`.
    ///   - environment: where `https_proxy`, `all_proxy` and `no_proxy` are looked up. Loopback is never proxied.
    ///   - additionalCAFile: certificates in PEM that are trusted beside the system's.
    /// - Throws: `HTTPError.file` where the certificates cannot be read; `HTTPError.notConnected` where libcurl has no
    ///   memory to start.
    public convenience init(
        userAgent: String,
        environment: [String: String],
        additionalCAFile: String? = nil
    ) throws(HTTPError) {
        try self.init(
            userAgent: userAgent,
            environment: environment,
            additionalCAFile: additionalCAFile,
            pinnedNames: []
        )
    }

    /// As the public initializer; `pinnedNames` says what the name server would: `name:port:address`.
    init(
        userAgent: String,
        environment: [String: String],
        additionalCAFile: String?,
        pinnedNames: [String]
    ) throws(HTTPError) {
        loop = try CurlLoop()
        setup = CurlSetup(
            userAgent: userAgent,
            proxy: ProxySettings(environment: environment),
            trust: try additionalCAFile.map { path throws(HTTPError) in try TrustedCertificates(adding: path) },
            pinnedNames: pinnedNames
        )
    }

    deinit {
        loop.stop()
    }

    /// Sends a request and waits for the whole answer, whatever its status.
    ///
    /// - Throws: ``HTTPError`` where no complete answer came. Cancelling the task ends the exchange.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let answer = try await exchange(request, sink: .memory)
        return HTTPResponse(status: answer.status, headers: HTTPHeaders(answer.headers), body: answer.body)
    }

    /// Sends a request and writes the body of a 200 answer to a new file at `path` as it arrives.
    ///
    /// The file has mode 0600 and is on disk when this returns. `progress` is called on the network thread and must be
    /// quick; it is told the bytes written so far, at most four times a second.
    ///
    /// - Throws: ``HTTPError``; the file is then gone, unless it stood there before. After any status but 200 there is
    ///   no file either.
    public func download(
        _ request: HTTPRequest,
        to path: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws(HTTPError) -> HTTPDownload {
        let answer = try await exchange(request, sink: .file(path: path, progress: progress))
        return HTTPDownload(
            status: answer.status,
            headers: HTTPHeaders(answer.headers),
            bytes: answer.status == 200 ? answer.bytes : 0
        )
    }

    private func exchange(_ request: HTTPRequest, sink: CurlJob.Sink) async throws(HTTPError) -> CurlAnswer {
        let target = try RequestTarget(request.url, reach: request.reach)
        let id = lastID.add(1, ordering: .relaxed).newValue
        let cancellation = CancellationMark()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<CurlAnswer, HTTPError>, Never>) in
                loop.start(
                    CurlJob(id: id, request: request, target: target, sink: sink, cancellation: cancellation) {
                        continuation.resume(returning: $0)
                    },
                    setup: setup
                )
            }
        } onCancel: {
            cancellation.set()
            loop.cancel(id)
        }
        return try result.get()
    }
}
