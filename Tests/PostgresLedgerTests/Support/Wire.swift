import Foundation
import Glibc

@testable import PostgresLedger

/// Reads and writes messages of Postgres' protocol on sockets.
enum Wire {
    static func append(from descriptor: Int32, to buffer: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &chunk, chunk.count)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk.prefix(count))
        return true
    }

    static func takeMessage(_ buffer: inout [UInt8], hasType: Bool) -> [UInt8]? {
        let start = hasType ? 1 : 0
        guard buffer.count >= start + 4 else { return nil }
        let length = buffer[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard buffer.count >= start + length else { return nil }
        let message = Array(buffer.prefix(start + length))
        buffer.removeFirst(start + length)
        return message
    }

    static func send(_ message: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < message.count {
            let count = message[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// The socket of the server at an address of the form `host='FOLDER' …`.
    static func socketPath(_ address: DatabaseAddress) throws -> String {
        let parts = address.connectionString.split(separator: "'")
        guard parts.count > 1 else { throw POSIXError(.EINVAL) }
        return "\(parts[1])/.s.PGSQL.5432"
    }

    static func withSocketAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
