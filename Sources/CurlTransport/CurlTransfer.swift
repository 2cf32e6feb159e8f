import CLibcurl
import Transport

/// One exchange on its libcurl easy handle.
///
/// Belongs to the network thread, where libcurl also calls it back.
final class CurlTransfer {
    /// Most bytes of header lines that are taken.
    private static let headerLimit = 256 << 10
    private static let progressPause = Duration.milliseconds(250)
    private static let nudgePause = Duration.seconds(1)

    let job: CurlJob
    let handle: UnsafeMutableRawPointer
    let usesProxy: Bool
    let source: UploadSource?
    /// libcurl's own words on what failed.
    let errorText: UnsafeMutablePointer<CChar>
    var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// What a callback found, when it told libcurl to give up.
    var failure: HTTPError?
    /// An address of the host that may not be connected to.
    var refusesAddress = false
    /// Whether the connection stands and the request is on its way: from here on the server may act on it.
    private(set) var isSent = false

    private var file: DownloadFile?
    private var body: [UInt8] = []
    private var bytes = 0
    private var headers: [HTTPHeader] = []
    private var headerBytes = 0
    private let began = ContinuousClock.now
    private var lastMove = ContinuousClock.now
    private var lastProgress = ContinuousClock.now
    private var lastNudge = ContinuousClock.now
    private var moved = (down: 0, up: 0)

    /// Opens the files of the request and prepares the handle.
    init(_ job: CurlJob, setup: CurlSetup) throws(HTTPError) {
        let proxy = setup.proxy.proxy(for: job.target)
        source = try UploadSource(job.request.body)
        if case .file(let path, _) = job.sink { file = try DownloadFile(path: path) }
        guard let handle = curl_easy_init() else {
            throw .notConnected(host: job.target.host, reason: "libcurl has no memory for a request")
        }
        self.job = job
        self.handle = handle
        usesProxy = proxy != nil
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try configure(setup, proxy: proxy)
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
        errorText.deallocate()
    }

    /// The whole answer so far.
    var answer: CurlAnswer {
        CurlAnswer(status: status, headers: headers, body: body, bytes: bytes)
    }

    /// Hands over the file that the body of a 200 answer went to.
    func releaseFile() -> UnsealedFile? {
        defer { file = nil }
        return file?.release()
    }

    /// Removes the file of an answer that did not come whole.
    func removeFile() {
        file = nil
    }

    private var status: Int {
        var status = 0
        synctec_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }
}

// MARK: - What libcurl tells

extension CurlTransfer {
    /// Whether the request may go out over the connection that libcurl made or kept.
    func admit(peer: IPAddress?) -> Bool {
        lastMove = .now
        guard usesProxy || peer.map(job.target.allows) ?? false else {
            refusesAddress = true
            return false
        }
        // libcurl sends again when a kept connection dies before the answer begins. The server may have acted by then.
        guard !isSent || job.request.method == .get else {
            failure = .interrupted(host: job.target.host, reason: "the connection was closed before an answer came")
            return false
        }
        isSent = true
        return true
    }

    /// Takes one header line; a status line begins anew, since an interim answer may come before the real one.
    func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        lastMove = .now
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            failure = .tooLarge(host: job.target.host, limitBytes: Self.headerLimit)
            return false
        }
        if line.starts(with: "HTTP/".utf8) {
            headers = []
        } else if bytes == 0, let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = line[(colon + 1)...].drop(while: Self.isBlank)
            let end = value.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? value.startIndex
            headers.append(HTTPHeader(name, String(decoding: value[..<end], as: UTF8.self)))
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    /// Takes a piece of the body, already decompressed.
    func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
        defer { lastMove = .now }
        guard piece.count <= job.request.limits.bodyBytes - bytes else {
            failure = .tooLarge(host: job.target.host, limitBytes: job.request.limits.bodyBytes)
            return false
        }
        bytes += piece.count
        guard case .file(_, let progress) = job.sink else {
            body.append(contentsOf: piece)
            return true
        }
        guard status == 200 else { return true }
        do throws(HTTPError) {
            try file?.write(piece)
        } catch {
            failure = error
            return false
        }
        let now = ContinuousClock.now
        if now - lastProgress >= Self.progressPause {
            lastProgress = now
            progress(bytes)
        }
        return true
    }

    /// Gives the next piece of what is sent; nil where it cannot be read.
    func send(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        lastMove = .now
        do throws(HTTPError) {
            return try source?.read(into: buffer) ?? 0
        } catch {
            failure = error
            return nil
        }
    }

    /// Notes how many bytes went over the wire, compressed ones that fill no piece yet included.
    func note(down: Int, up: Int) {
        guard moved != (down, up) else { return }
        moved = (down, up)
        lastMove = .now
    }
}

// MARK: - Limits

extension CurlTransfer {
    /// When the exchange is given up next.
    var nextLimit: ContinuousClock.Instant {
        let limits = job.request.limits
        return min(began + limits.total, isSent ? lastMove + limits.idle : began + limits.connect)
    }

    /// When the exchange has to be looked at next, even if nothing moves.
    var nextCheck: ContinuousClock.Instant {
        isSent && job.target.scheme == .https ? min(nextLimit, max(lastMove, lastNudge) + Self.nudgePause) : nextLimit
    }

    /// Has libcurl look again at an exchange that has been silent for a second.
    ///
    /// libcurl 7.88.1 can forget a stream of HTTP/2 whose bytes it already took from the connection on behalf of another
    /// stream. Pausing and going on makes it look; where there is nothing to see it costs nothing.
    func nudge(at now: ContinuousClock.Instant) {
        guard isSent, job.target.scheme == .https, now >= max(lastMove, lastNudge) + Self.nudgePause else { return }
        lastNudge = now
        curl_easy_pause(handle, CURLPAUSE_RECV)
        curl_easy_pause(handle, CURLPAUSE_CONT)
    }

    /// Why the exchange is over by the clock, nil while it may go on.
    func overdue(at now: ContinuousClock.Instant) -> HTTPError? {
        guard now >= nextLimit else { return nil }
        let limits = job.request.limits
        guard isSent else {
            let limit = min(limits.connect, limits.total)
            return .notConnected(host: job.target.host, reason: "no connection within \(limit)")
        }
        let isTotal = now >= began + limits.total
        return .timedOut(host: job.target.host, after: isTotal ? limits.total : limits.idle)
    }
}
