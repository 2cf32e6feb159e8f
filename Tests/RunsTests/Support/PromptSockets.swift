import Glibc

/// Makes the sockets that listen on loopback ports send small parts at once.
///
/// The pretend store sends head and body apart, and by Nagle's algorithm the body then waits 40 ms for the head's
/// acknowledgement: a week of hourly runs would take minutes. Accepted sockets inherit the option on Linux (tcp(7)).
enum PromptSockets {
    static func prepare(ports: Set<UInt16>) {
        for descriptor in Int32(3)..<1024 {
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let answered = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            }
            guard answered == 0, address.sin_family == sa_family_t(AF_INET) else { continue }
            guard ports.contains(UInt16(bigEndian: address.sin_port)) else { continue }
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        }
    }
}
