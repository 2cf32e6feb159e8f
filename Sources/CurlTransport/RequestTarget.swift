import CLibcurl
import Transport

/// Where a request goes, taken apart by the parser that libcurl itself will use, and allowed by the request's reach.
///
/// Only the URL is judged here; the addresses behind a name are judged when libcurl is about to connect.
struct RequestTarget: Sendable {
    /// How the connection is secured.
    enum Scheme: String, Sendable {
        case http
        case https
    }

    let url: String
    let scheme: Scheme
    /// In lower case, IPv6 without brackets.
    let host: String
    /// The address, where the host is one.
    let address: IPAddress?
    let reach: HTTPReach

    /// Whether the URL itself names this machine.
    var isLoopback: Bool { address?.isLoopback ?? (host == "localhost") }

    /// Takes the URL apart.
    ///
    /// - Throws: `HTTPError.refusedAddress`, its URL without query and user name.
    init(_ url: String, reach: HTTPReach) throws(HTTPError) {
        func refusal(_ reason: String) -> HTTPError {
            .refusedAddress(url: Self.shown(url), reason: reason)
        }
        let parts: URLParts
        switch URLParts.read(url) {
        case .success(let read): parts = read
        case .failure(let failure): throw refusal(failure.reason)
        }
        guard let scheme = Scheme(rawValue: parts.scheme) else {
            throw refusal("\(parts.scheme) is not https")
        }
        // libcurl reads 0x7f.1, 2130706433, https:/host and %31 with good will. Here the URL must say what it means.
        guard parts.host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            Self.begins(url, with: "\(scheme.rawValue)://\(parts.host)")
        else {
            throw refusal("the host is not written in the ordinary way")
        }
        let bare = parts.host.hasPrefix("[") ? String(parts.host.dropFirst().dropLast()) : parts.host
        self.url = url
        self.scheme = scheme
        self.host = bare.lowercased()
        self.address = IPAddress(bare)
        self.reach = reach
        guard !host.isEmpty, !host.hasPrefix("."), !host.hasSuffix(".") else {
            throw refusal("the host is not written in the ordinary way")
        }
        if scheme == .http {
            guard reach == .publicHTTPSOrLoopback else { throw refusal("http is not https") }
            guard isLoopback else { throw refusal("plain http is for loopback addresses only") }
        }
        if reach == .publicHTTPS, isLoopback || host.hasSuffix(".localhost") {
            throw refusal("it is this machine")
        }
        if let address, !allows(address) { throw refusal("it is not an address of the public internet") }
    }

    /// Whether a connection to that address may be made.
    func allows(_ peer: IPAddress) -> Bool {
        switch (reach, scheme) {
        case (.publicHTTPS, _): scheme == .https && peer.isPublic
        case (.publicHTTPSOrLoopback, .https): peer.isPublic || peer.isLoopback
        case (.publicHTTPSOrLoopback, .http): peer.isLoopback
        }
    }

    /// The URL as errors may show it: signed links carry their right in the query.
    var shownURL: String { Self.shown(url) }

    private static func shown(_ url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        guard let at = path.lastIndex(of: "@") else { return String(path) }
        return "…" + path[at...]
    }

    /// Whether the URL begins so, without regard to case, and the host ends there.
    private static func begins(_ url: String, with start: String) -> Bool {
        let url = Array(url.lowercased().utf8)
        let start = Array(start.lowercased().utf8)
        guard url.starts(with: start) else { return false }
        return url.count == start.count || ":/?#".utf8.contains(url[start.count])
    }
}

/// Scheme and host of a URL, as libcurl reads them.
private struct URLParts {
    struct Failure: Error {
        let reason: String
    }

    let scheme: String
    let host: String

    static func read(_ url: String) -> Result<URLParts, Failure> {
        guard let handle = curl_url() else { return .failure(Failure(reason: "no memory to read it")) }
        defer { curl_url_cleanup(handle) }
        let code = curl_url_set(handle, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME))
        guard code == CURLUE_OK, !url.utf8.contains(0) else {
            return .failure(Failure(reason: curl_url_strerror(code).map { String(cString: $0) } ?? "unreadable"))
        }
        guard let scheme = part(CURLUPART_SCHEME, of: handle) else { return .failure(Failure(reason: "no scheme")) }
        return .success(URLParts(scheme: scheme, host: part(CURLUPART_HOST, of: handle) ?? ""))
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
