import Foundation
import Glibc
import Synchronization

@testable import PostgresLedger

/// Stands between a client and a server's socket, reads the client's messages, and does harm at a chosen one.
final class CuttingProxy: Sendable {
    enum Harm: Sendable, Equatable {
        /// The message never reaches the server.
        case cutBefore(String)
        /// The server does what the message says; its answer never reaches the client.
        case cutAfter(String)
        /// The message never reaches the server, and the connection stays open without a word.
        case freezeAt(String)
        /// As a pooler does: another process number than the server's is announced.
        case announceOtherProcess
    }

    let folder: String
    private let target: String
    private let listener: Int32
    /// What to do, and how many times still.
    private let harm: Mutex<(harm: Harm, times: Int)>

    init(before address: DatabaseAddress, harm: Harm, times: Int) throws {
        folder = "/tmp/synctec-proxy-\(UUID().uuidString.prefix(8))"
        target = try Wire.socketPath(address)
        self.harm = Mutex((harm, times))
        mkdir(folder, 0o700)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try Wire.withSocketAddress("\(folder)/.s.PGSQL.5432") { pointer, length in
            guard bind(listener, pointer, length) == 0, listen(listener, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
        }
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { [self] in relay(client) }
            }
        }
    }

    /// Does the harm so many times from now on.
    func arm(times: Int) {
        harm.withLock { $0.times = times }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    func address(like address: DatabaseAddress) -> DatabaseAddress {
        let proxied = DatabaseAddress(socketFolder: folder, user: PrivateServer.user, database: "postgres")
        return address.otherDatabase.map { proxied.database($0) } ?? proxied
    }

    /// Whether the harm is to be done now; counts it.
    private func strikes(_ message: [UInt8], after: Bool) -> Bool {
        harm.withLock { state in
            let text: String
            switch state.harm {
            case .cutBefore(let word) where !after: text = word
            case .freezeAt(let word) where !after: text = word
            case .cutAfter(let word) where after: text = word
            default: return false
            }
            guard state.times > 0, message.first == UInt8(ascii: "P") || message.first == UInt8(ascii: "Q"),
                String(decoding: message, as: UTF8.self).contains(text)
            else { return false }
            state.times -= 1
            return true
        }
    }

    private var changesProcess: Bool { harm.withLock { $0.harm == .announceOtherProcess } }

    private func relay(_ client: Int32) {
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer {
            close(server)
            close(client)
        }
        try? Wire.withSocketAddress(target) { _ = connect(server, $0, $1) }
        var fromClient: [UInt8] = []
        var fromServer: [UInt8] = []
        var isStarted = false
        var swallows = false
        while true {
            var polls = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polls, 2, 60_000) > 0 else { return }
            if polls[0].revents != 0 {
                guard Wire.append(from: client, to: &fromClient) else { return }
                while let message = Wire.takeMessage(&fromClient, hasType: isStarted) {
                    if isStarted, strikes(message, after: false) {
                        if freezes { waitForEnd(of: client) }
                        return
                    }
                    if isStarted, strikes(message, after: true) { swallows = true }
                    isStarted = true
                    guard Wire.send(message, to: server) else { return }
                }
            }
            if polls[1].revents != 0 {
                guard Wire.append(from: server, to: &fromServer) else { return }
                while var message = Wire.takeMessage(&fromServer, hasType: true) {
                    if swallows {
                        if message.first == UInt8(ascii: "Z") { return }
                        continue
                    }
                    if message.first == UInt8(ascii: "K"), changesProcess { message[8] ^= 0x55 }
                    guard Wire.send(message, to: client) else { return }
                }
            }
        }
    }

    private var freezes: Bool {
        harm.withLock { state in
            if case .freezeAt = state.harm { return true }
            return false
        }
    }

    private func waitForEnd(of client: Int32) {
        var rest: [UInt8] = []
        while Wire.append(from: client, to: &rest) {}
    }
}
