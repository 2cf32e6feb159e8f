import Glibc
import Testing

/// A socket that datagrams arrive at, as systemd's or the journal's.
final class Listener: Sendable {
    /// How `$NOTIFY_SOCKET` would name it.
    let name: String
    private let descriptor: Int32
    private let file: String?

    /// Listens at a path in a temporary folder, or under a name in the abstract namespace.
    init(abstract: Bool = false) throws {
        let number = UInt64.random(in: 0 ... .max)
        let path = "/tmp/synctec-notify-\(String(number, radix: 36))"
        name = abstract ? "@\(path.dropFirst())" : path
        file = abstract ? nil : path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(name.utf8)
        if abstract { bytes[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(2 + bytes.count + (abstract ? 0 : 1))
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
    }

    deinit {
        close(descriptor)
        if let file { unlink(file) }
    }

    /// What arrived first, or `nil` where nothing has; a local datagram is there as soon as it was sent.
    func received() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 262_144)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : Array(bytes[..<count])
    }

    var text: String? { received().map { String(decoding: $0, as: UTF8.self) } }
}
