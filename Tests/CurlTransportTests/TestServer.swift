import Foundation
import Transport

/// The server of `Support/server.py` on free ports; it ends with this object.
final class TestServer {
    private let process = Process()
    private let input = Pipe()
    let ports: [Int]

    init(_ kinds: String...) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Support/server.py")
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-I", script.path] + kinds
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw Failure() }
            line += piece
        }
        ports = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
        guard ports.count == kinds.count else { throw Failure() }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    struct Failure: Error {}

    /// A URL of the first, plain port.
    func url(_ path: String) -> String {
        "http://127.0.0.1:\(ports[0])\(path)"
    }
}

/// What `/counts` says: the counting request itself is counted too.
struct ServerCounts: Decodable {
    let connections: Int
    let requests: Int
}

/// What `/echo` received.
struct Echo: Decodable {
    let method: String
    let bytes: Int
    let sha256: String
    let path: String
    let headers: [[String]]

    func header(_ name: String) -> [String] {
        headers.filter { $0.first == name }.compactMap(\.last)
    }
}

extension HTTPResponse {
    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A folder that ends with this object.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "curl-transport-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// Limits that let a test wait for an end no longer than it must.
extension HTTPLimits {
    static func test(
        connect: Duration = .seconds(60),
        idle: Duration = .seconds(60),
        total: Duration = .seconds(120),
        bytes: Int = 1 << 20
    ) -> HTTPLimits {
        HTTPLimits(connect: connect, idle: idle, total: total, bodyBytes: bytes)
    }
}

/// A port that is taken on loopback, and listens without ever accepting or does not listen at all.
final class SilentPort {
    let number: Int
    private let descriptor: Int32

    init(listens: Bool) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            guard let start = bytes.baseAddress else { return false }
            let pointer = start.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, pointer, size) == 0 && getsockname(descriptor, pointer, &size) == 0
        }
        self.descriptor = descriptor
        number = Int(UInt16(bigEndian: address.sin_port))
        guard isBound, !listens || listen(descriptor, 8) == 0 else { throw TestServer.Failure() }
    }

    deinit {
        close(descriptor)
    }
}

/// Which case it is, whatever the words in it.
extension HTTPError {
    enum Kind {
        case refusedAddress, notConnected, untrusted, interrupted, timedOut, tooLarge, file, cancelled
    }

    var kind: Kind {
        switch self {
        case .refusedAddress: .refusedAddress
        case .notConnected: .notConnected
        case .untrusted: .untrusted
        case .interrupted: .interrupted
        case .timedOut: .timedOut
        case .tooLarge: .tooLarge
        case .file: .file
        case .cancelled: .cancelled
        }
    }
}
