/// The proxy the environment names, read by libcurl's rules.
///
/// Only `https` requests use it: plain `http` goes to loopback alone, and loopback is never asked of another machine.
/// Through a proxy it is the proxy that resolves names and so decides which addresses are reached.
struct ProxySettings: Sendable {
    private let proxy: String?
    private let exceptions: [Substring]

    /// Reads `https_proxy`, `all_proxy` and `no_proxy`; the lower-case name counts first.
    init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            [environment[name], environment[name.uppercased()]].compactMap(\.self).first { !$0.isEmpty }
        }
        proxy = value("https_proxy") ?? value("all_proxy")
        exceptions = (value("no_proxy") ?? "").split { $0 == "," || $0 == " " }
    }

    /// The proxy for a request, nil where it goes directly.
    func proxy(for target: RequestTarget) -> String? {
        guard let proxy, target.scheme == .https, !target.isLoopback, !isException(target) else { return nil }
        return proxy
    }

    private func isException(_ target: RequestTarget) -> Bool {
        exceptions.contains { exception in
            if exception == "*" { return true }
            if let address = target.address {
                guard let block = AddressBlock(String(exception)) else { return false }
                return block.isSameFamily(as: address) && block.contains(address)
            }
            let name = exception.drop { $0 == "." }.lowercased()
            return !name.isEmpty && (target.host == name || target.host.hasSuffix(".\(name)"))
        }
    }
}
