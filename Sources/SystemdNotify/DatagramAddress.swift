import Glibc

/// A unix socket that takes datagrams.
struct DatagramAddress: Sendable, Hashable {
    /// The bytes of `sun_path`, without a zero at the end.
    private let path: [UInt8]

    /// A whole path, or after `@` a name in the abstract namespace; `nil` for all other text.
    init?(_ text: String) {
        var bytes = Array(text.utf8)
        guard bytes.count > 1, bytes.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path),
            bytes[0] == UInt8(ascii: "/") || bytes[0] == UInt8(ascii: "@"), !bytes.contains(0)
        else { return nil }
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        path = bytes
    }

    /// Sends without waiting; says whether it went.
    func send(_ bytes: [UInt8]) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        // A name in the abstract namespace has no end mark: its length is the address's.
        let isAbstract = path[0] == 0
        let length = MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 2
        let count = socklen_t(length + path.count + (isAbstract ? 0 : 1))
        let flags = Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                sendto(descriptor, bytes, bytes.count, flags, generic, count)
            }
        }
        return sent == bytes.count
    }
}
