import Glibc

/// Makes the sockets that listen on a port of ours send small parts at once.
///
/// A head and a body are sent apart, and by Nagle's algorithm the body would wait 40 ms for the head's acknowledgement. Accepted
/// sockets inherit the option on Linux (tcp(7)). The server does not lend its socket, so it is found by its port.
enum PromptSocket {
    static func prepare(port: UInt16) {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        for descriptor in 3..<Int32(min(limit.rlim_cur, 4096)) {
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let answered = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
            guard answered == 0, address.sin_family == sa_family_t(AF_INET), UInt16(bigEndian: address.sin_port) == port
            else { continue }
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        }
    }
}
