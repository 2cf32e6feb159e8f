import Catalog

/// A base URL from the settings, taken apart strictly: scheme, host, port and path, nothing else (FAULTS CF-5).
struct BaseURL {
    let isSecure: Bool
    let host: String
    let port: Int?
    /// As it was written, without slashes at its end.
    let text: String
    private let path: Substring

    /// Takes `http://` or `https://` with a plain host; `nil` for user info, queries, fragments and odd spellings.
    init?(_ text: String) {
        let scheme: String
        if text.hasPrefix("https://") {
            scheme = "https://"
        } else if text.hasPrefix("http://") {
            scheme = "http://"
        } else {
            return nil
        }
        isSecure = scheme == "https://"
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }
        guard path.utf8.allSatisfy(Self.isPathByte), !path.contains("//"), !path.split(separator: "/").contains("..")
        else {
            return nil
        }
        self.path = path
        self.text = scheme + authority + path

        let afterHost: Substring
        if authority.hasPrefix("[::1]") {
            host = "[::1]"
            afterHost = authority.dropFirst(5)
        } else {
            let name = authority.prefix { $0 != ":" }
            guard Self.isHost(name) else { return nil }
            host = String(name)
            afterHost = authority.dropFirst(name.count)
        }
        if afterHost.isEmpty {
            port = nil
        } else {
            guard afterHost.first == ":", let number = Int(plainDigits: String(afterHost.dropFirst())),
                (1...65_535).contains(number)
            else { return nil }
            port = number
        }
    }

    /// The shop, if this is `https://name.myshopify.com` and no more.
    var shop: ShopDomain? {
        isSecure && port == nil && path.isEmpty ? ShopDomain(host) : nil
    }

    /// Whether the host is this machine, in one of the plain spellings.
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy(Self.isOctet)
    }

    private static func isOctet(_ part: Substring) -> Bool {
        guard let number = Int(plainDigits: String(part)), number <= 255 else { return false }
        return part == "0" || part.first != "0"
    }

    /// Names of letters, digits and dashes, or four plain octets: no short, octal, hexadecimal or whole-number addresses.
    private static func isHost(_ name: Substring) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-" && !label.hasPrefix("xn--")
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        guard areLabels, name.utf8.count <= 253, let last = labels.last else { return false }
        guard let first = last.utf8.first, (0x30...0x39).contains(first) else { return true }
        return labels.count == 4 && labels.allSatisfy(isOctet)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || (0x41...0x5A).contains(byte) || "/-._".utf8.contains(byte)
    }
}
