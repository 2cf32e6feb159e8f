import Foundation
import Testing

/// The mail server of `Support/smtp.py` on a free port; it ends with this object.
final class TestMailServer {
    /// What the server knows of a mail beside its bytes.
    struct Envelope: Decodable {
        let from: String
        let to: [String]
        let tls: Bool
        let user: String
        let connection: Int
    }

    private let process = Process()
    private let input = Pipe()
    private let folder: TemporaryFolder
    let port: Int

    convenience init(_ certificate: (TestCertificates, TestCertificates.Kind)?, _ options: String...) throws {
        try self.init(certificate, options: options)
    }

    init(_ certificate: (TestCertificates, TestCertificates.Kind)?, options: [String]) throws {
        folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Support/smtp.py")
        let output = Pipe()
        let files = certificate.map { [$0.path("\($1.rawValue).pem"), $0.path("\($1.rawValue).key")] } ?? []
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-I", script.path, folder.path] + files + options
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw TestServer.Failure() }
            line += piece
        }
        port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Whether it took a mail yet; may be asked from any thread.
    var hasMail: @Sendable () -> Bool {
        let path = folder.path
        return {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return names.contains { $0.hasSuffix(".json") }
        }
    }

    /// The mails it took, in order.
    var mails: [(envelope: Envelope, bytes: [UInt8])] {
        get throws {
            try folder.names.filter { $0.hasSuffix(".json") }.map { name in
                let envelope = try Data(contentsOf: URL(filePath: folder.file(name)))
                let bytes = try Data(contentsOf: URL(filePath: folder.file(name.replacing(".json", with: ".eml"))))
                return (try JSONDecoder().decode(Envelope.self, from: envelope), [UInt8](bytes))
            }
        }
    }
}
