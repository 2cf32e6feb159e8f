/// The link to a result file, taken only where it leads to a host that serves such files (FAULTS HI-1).
///
/// The transport checks the resolved address as well, and never follows a redirect; the token is never sent here.
struct ResultLink: Sendable, Hashable {
    let url: String
    let host: String
    /// Whether it is an address of this machine, which only `allow_insecure_endpoint` lets through.
    let isLoopback: Bool

    /// Bulk results lie on storage.googleapis.com (Shopify Admin API, "Bulk operations").
    private static let hosts = ["googleapis.com", "shopify.com", "shopifycdn.com"]

    /// Why a link is not taken.
    struct Refusal: Error, Hashable {
        let reason: String
    }

    init(_ url: String, allowsLoopback: Bool) throws(Refusal) {
        let isHTTPS = url.hasPrefix("https://")
        guard isHTTPS || url.hasPrefix("http://") else {
            throw Refusal(reason: "the result link is neither https nor http")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw Refusal(reason: "the result link has signs that no link has")
        }
        let authority = url.dropFirst(isHTTPS ? 8 : 7).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else { throw Refusal(reason: "the result link names a user") }
        let parts = try Self.split(authority)
        host = parts.host.lowercased()
        isLoopback = Self.isLoopback(host)
        self.url = url
        if isLoopback {
            guard allowsLoopback else { throw Refusal(reason: "the result link leads to this machine (\(host))") }
            return
        }
        guard isHTTPS else { throw Refusal(reason: "the result link is not https") }
        guard parts.port == nil || parts.port == 443 else { throw Refusal(reason: "the result link has an odd port") }
        guard Self.hosts.contains(where: { host == $0 || host.hasSuffix("." + $0) }) else {
            throw Refusal(reason: "the result link leads to \(host), which serves no results")
        }
    }

    private static func split(_ authority: Substring) throws(Refusal) -> (host: String, port: UInt16?) {
        var host = authority
        var tail: Substring = ""
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[...end]
            tail = authority[authority.index(after: end)...]
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            tail = authority[colon...]
        }
        guard !host.isEmpty else { throw Refusal(reason: "the result link names no host") }
        guard !tail.isEmpty else { return (String(host), nil) }
        guard tail.first == ":", let port = UInt16(tail.dropFirst()) else {
            throw Refusal(reason: "the result link has an odd port")
        }
        return (String(host), port)
    }

    /// Whether it is `localhost`, `[::1]` or 127.0.0.0/8 in its plain spelling; odd spellings are hosts that are not listed.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127"
            && numbers.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }
}
