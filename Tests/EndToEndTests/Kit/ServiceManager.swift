import Foundation
import Glibc
import Synchronization
import Testing

/// What systemd is to a service: a socket that hears how it does.
final class ServiceManager: Sendable {
    /// For `$NOTIFY_SOCKET`.
    let socketFile: String
    private let inbox: Inbox

    init(folder: String) throws {
        socketFile = "\(folder)/notify"
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(socketFile.utf8)
        try #require(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        let inbox = Inbox(descriptor)
        self.inbox = inbox
        Thread.detachNewThread { inbox.listen() }
    }

    deinit { inbox.end() }

    /// Every line that has arrived by now.
    func lines() -> [String] { inbox.lines() }
}

/// Takes datagrams in as they come: the kernel keeps no more than ten on some machines, and who sends does not wait.
private final class Inbox: Sendable {
    private struct State {
        var lines: [String] = []
        var isOver = false
    }

    private let descriptor: Int32
    private let state = Mutex(State())

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Returns after ``end()``.
    func listen() {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&waiting, 1, -1) >= 0 || errno == EINTR {
            let isOver = state.withLock { state in
                receive(into: &state)
                return state.isOver
            }
            if isOver { return }
        }
    }

    func end() {
        state.withLock { $0.isOver = true }
        // Wakes who listens.
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func lines() -> [String] {
        state.withLock { state in
            receive(into: &state)
            return state.lines
        }
    }

    private func receive(into state: inout State) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return }
            state.lines += String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }
}
