import CurlTransport
import Foundation
import Testing
import Transport

/// The HTTP/2 server of Debian's `nghttp2-server`; it ends with this object.
private final class HTTP2Server {
    static let program = ["/usr/sbin/nghttpd", "/usr/bin/nghttpd"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private let process = Process()
    private let log: String
    let port: Int

    init(program: String, certificates: TestCertificates, folder: TemporaryFolder) throws {
        port = try SilentPort(listens: false).number
        log = folder.file("log")
        try Data().write(to: URL(filePath: log))
        let output = try FileHandle(forWritingTo: URL(filePath: log))
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "-v", "-a", "127.0.0.1", "-d", folder.path, "\(port)", certificates.path("good.key"),
            certificates.path("good.pem"),
        ]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let end = ContinuousClock.now + .seconds(5)
        while try !text().contains("listen"), ContinuousClock.now < end {}
    }

    deinit {
        // Not SIGTERM: a process started from a task's thread inherits its mask, which holds that signal back.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func text() throws -> String {
        try String(contentsOfFile: log, encoding: .utf8)
    }
}

@Suite struct HTTP2Tests {
    @Test(.enabled(if: HTTP2Server.program != nil, "nghttpd is missing: install Debian's nghttp2-server"))
    func `twenty requests at once share one HTTP/2 connection`() async throws {
        let certificates = try TestCertificates(.good)
        let folder = try TemporaryFolder()
        let page = String(repeating: "page ", count: 400_000)
        try page.write(toFile: folder.file("page"), atomically: true, encoding: .utf8)
        let program = try #require(HTTP2Server.program)
        let server = try HTTP2Server(program: program, certificates: certificates, folder: folder)
        let client = try CurlClient(
            userAgent: "synctec/test",
            environment: [:],
            additionalCAFile: certificates.authority
        )
        let request = HTTPRequest(
            url: "https://localhost:\(server.port)/page",
            limits: .test(bytes: 4 << 20),
            reach: .publicHTTPSOrLoopback
        )

        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...20 { group.addTask { try await client.send(request).text } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(texts == Array(repeating: page, count: 20))
        let log = try server.text()
        #expect(log.components(separatedBy: "The negotiated protocol: h2").count - 1 == 1)
        #expect(log.components(separatedBy: ":method: GET").count - 1 == 20)
    }
}
