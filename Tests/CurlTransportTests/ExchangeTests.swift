import CurlTransport
import Foundation
import Testing
import Transport

@Suite struct ExchangeTests {
    let server: TestServer
    let client: CurlClient

    init() throws {
        server = try TestServer("plain")
        client = try CurlClient(userAgent: "synctec/9.8.7", environment: [:])
    }

    func request(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        headers: [HTTPHeader] = [],
        body: HTTPRequest.Body = .none
    ) -> HTTPRequest {
        HTTPRequest(
            method,
            url: server.url(path),
            headers: headers,
            body: body,
            limits: .test(),
            reach: .publicHTTPSOrLoopback
        )
    }

    @Test(
        arguments: [(.get, nil), (.post, nil), (.put, nil), (.post, 0), (.post, 3), (.put, 3_000_000), (.get, 1)]
            as [(HTTPRequest.Method, Int?)]
    )
    func `the server sees the method and the body`(_ method: HTTPRequest.Method, bytes: Int?) async throws {
        let body = bytes.map { HTTPRequest.Body.bytes([UInt8](repeating: 7, count: $0)) } ?? .none
        let echo: Echo = try await client.send(request("/echo?a=%20b", method, body: body)).decoded()
        #expect(echo.method == method.rawValue)
        #expect(echo.bytes == bytes ?? 0)
        #expect(echo.path == "/echo?a=%20b")
        #expect(echo.header("content-length") == (method == .get && bytes == nil ? [] : ["\(bytes ?? 0)"]))
    }

    @Test func `the server sees the headers as they were given, and no more than it must`() async throws {
        let headers = [
            HTTPHeader("X-Shopify-Access-Token", "shpat_1"), HTTPHeader("X-Empty", ""),
            HTTPHeader("Content-Type", "application/json"),
        ]
        let echo: Echo = try await client.send(request("/echo", .post, headers: headers, body: .bytes([1]))).decoded()
        #expect(echo.header("x-shopify-access-token") == ["shpat_1"])
        #expect(echo.header("x-empty") == [""])
        #expect(echo.header("content-type") == ["application/json"])
        #expect(echo.header("user-agent") == ["synctec/9.8.7"])
        #expect(
            Set(echo.headers.compactMap(\.first)) == [
                "host", "accept", "accept-encoding", "user-agent", "content-length", "content-type",
                "x-shopify-access-token", "x-empty",
            ]
        )
    }

    @Test(arguments: [
        ("X-Token", "secret\r\nHost: evil"), ("X-Token", "secret\nA: b"), ("X-Token", "secret\u{0}"),
        ("X Token", "secret"),
        ("", "secret"), ("X-Token:", "secret"), ("X-Tökén", "secret"),
    ])
    func `HI-5: a header that would break out of its line is not sent`(_ name: String, value: String) async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(request("/echo", headers: [HTTPHeader(name, value)]))
        }
        #expect(error?.mayHaveActed == false)
        #expect(error.map { "\($0)".contains("secret") } == false)
        #expect(try await counts().requests == 1)
    }

    @Test func `answer headers are read without case, trimmed, the last one counting`() async throws {
        let headers = try await client.send(request("/echo")).headers
        #expect(headers["x-spaces"] == "kept inside")
        #expect(headers["X-TWICE"] == "second")
        #expect(headers["X-Empty"] == "")
        #expect(headers["X-None"] == nil)
    }

    @Test(arguments: [200, 404, 429, 503])
    func `every status is an answer with its body`(_ status: Int) async throws {
        let answer = try await client.send(request("/status?n=\(status)"))
        #expect(answer.status == status)
        #expect(answer.text == "the body of \(status)")
    }

    @Test(arguments: [
        (301, "http://169.254.169.254/"), (302, "/echo"), (303, "file:///etc/passwd"), (307, "https://example.com/"),
        (308, "//127.0.0.1/"),
    ])
    func `HI-1: a redirect is an answer, not followed`(_ status: Int, target: String) async throws {
        let answer = try await client.send(request("/status?n=\(status)&to=\(target)"))
        #expect(answer.status == status)
        #expect(answer.headers["location"] == target)
        #expect(try await counts().requests == 2)
    }

    @Test func `a compressed answer comes decompressed`() async throws {
        let answer = try await client.send(request("/gzip?n=100000"))
        #expect(answer.body == [UInt8](repeating: 0, count: 100_000))
    }

    @Test func `an answer that is not compressed as it says is refused`() async throws {
        let error = await #expect(throws: HTTPError.self) { try await client.send(request("/not-gzip")) }
        #expect(error?.kind == .interrupted)
    }

    @Test func `one after the other goes over one connection`() async throws {
        for _ in 1...5 { _ = try await client.send(request("/echo")) }
        let counts = try await counts()
        #expect(counts.requests == 6)
        #expect(counts.connections == 1)
    }

    @Test func `twenty at once each get their own answer`() async throws {
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...20 {
                let request = request("/echo?number=\(number)")
                group.addTask { [client] in try await client.send(request).decoded(as: Echo.self).path }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(paths == Set((1...20).map { "/echo?number=\($0)" }))
    }

    @Test func `a file is sent as it is`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("upload")
        try Data(repeating: UInt8(ascii: "a"), count: 1_000_000).write(to: URL(filePath: file))
        let echo: Echo = try await client.send(request("/echo", .put, body: .file(path: file))).decoded()
        #expect(echo.bytes == 1_000_000)
        #expect(echo.sha256 == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(arguments: ["missing", "."])
    func `what cannot be read as a file is not sent`(_ name: String) async throws {
        let folder = try TemporaryFolder()
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(request("/echo", .post, body: .file(path: folder.file(name))))
        }
        #expect(error?.kind == .file)
        #expect(try await counts().requests == 1)
    }

    func counts() async throws -> ServerCounts {
        try await client.send(request("/counts")).decoded()
    }
}
