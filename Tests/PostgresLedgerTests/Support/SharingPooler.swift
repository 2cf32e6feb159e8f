import Foundation
import Glibc
import Synchronization

@testable import PostgresLedger

/// A pooler in transaction mode with one session of the server, which it lends to whoever begins a transaction next.
final class SharingPooler: Sendable {
    private let folder = "/tmp/synctec-proxy-\(UUID().uuidString.prefix(8))"
    private let target: String
    private let listener: Int32
    private let lending = NSLock()
    /// The server's session, and what the server said when it began.
    private let session = Mutex<(descriptor: Int32, greeting: [UInt8])?>(nil)

    init(before address: DatabaseAddress) throws {
        target = try Wire.socketPath(address)
        mkdir(folder, 0o700)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try Wire.withSocketAddress("\(folder)/.s.PGSQL.5432") { pointer, length in
            guard bind(listener, pointer, length) == 0, listen(listener, 8) == 0 else { throw POSIXError(.EADDRINUSE) }
        }
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { [self] in serve(client) }
            }
        }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        session.withLock { if let session = $0 { close(session.descriptor) } }
        try? FileManager.default.removeItem(atPath: folder)
    }

    func address(like address: DatabaseAddress) -> DatabaseAddress {
        let pooled = DatabaseAddress(socketFolder: folder, user: PrivateServer.user, database: "postgres")
        return address.otherDatabase.map { pooled.database($0) } ?? pooled
    }

    private func serve(_ client: Int32) {
        defer { close(client) }
        var input: [UInt8] = []
        guard let start = next(from: client, &input, hasType: false), let server = greet(client, start) else { return }
        var holds = false
        defer { if holds { lending.unlock() } }
        while let message = next(from: client, &input, hasType: true), message.first != UInt8(ascii: "X") {
            if !holds {
                lending.lock()
                holds = true
            }
            guard Wire.send(message, to: server) else { return }
            guard message.first == UInt8(ascii: "S") || message.first == UInt8(ascii: "Q") else { continue }
            guard let answer = untilReady(server), Wire.send(answer, to: client) else { return }
            if answer.last == UInt8(ascii: "I") {
                lending.unlock()
                holds = false
            }
        }
    }

    private func greet(_ client: Int32, _ start: [UInt8]) -> Int32? {
        session.withLock { session in
            if session == nil {
                let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                try? Wire.withSocketAddress(target) { _ = connect(server, $0, $1) }
                guard Wire.send(start, to: server), let greeting = untilReady(server) else { return nil }
                session = (server, greeting)
            }
            guard let session, Wire.send(session.greeting, to: client) else { return nil }
            return session.descriptor
        }
    }

    /// All messages of the server up to the one that says it is ready.
    private func untilReady(_ server: Int32) -> [UInt8]? {
        var answer: [UInt8] = []
        var input: [UInt8] = []
        while let message = next(from: server, &input, hasType: true) {
            answer += message
            if message.first == UInt8(ascii: "Z") { return answer }
        }
        return nil
    }

    private func next(from descriptor: Int32, _ input: inout [UInt8], hasType: Bool) -> [UInt8]? {
        while true {
            if let message = Wire.takeMessage(&input, hasType: hasType) { return message }
            guard Wire.append(from: descriptor, to: &input) else { return nil }
        }
    }
}
