import Foundation
import Testing
import Transport

@testable import CurlTransport

@Suite struct BrokenExchangeTests {
    let server: TestServer
    let client: CurlClient

    init() throws {
        server = try TestServer("plain")
        client = try CurlClient(userAgent: "synctec/test", environment: [:])
    }

    func request(_ path: String, _ method: HTTPRequest.Method = .get, limits: HTTPLimits = .test()) -> HTTPRequest {
        HTTPRequest(method, url: server.url(path), limits: limits, reach: .publicHTTPSOrLoopback)
    }

    @Test(arguments: ["/drops", "/breaks"])
    func `a connection that breaks after the request was sent may have acted`(_ path: String) async throws {
        let error = await #expect(throws: HTTPError.self) { try await client.send(request(path, .post)) }
        #expect(error?.kind == .interrupted)
        #expect(error?.mayHaveActed == true)
    }

    @Test(arguments: [(HTTPRequest.Method.post, 1), (.put, 1), (.get, 2)])
    func `a kept connection that dies: only a GET is sent twice`(_ method: HTTPRequest.Method, times: Int) async throws
    {
        _ = try await client.send(request("/echo"))
        let error = await #expect(throws: HTTPError.self) { try await client.send(request("/drops", method)) }
        #expect(error?.kind == .interrupted)
        let counts: ServerCounts = try await client.send(request("/counts")).decoded()
        #expect(counts.requests == 1 + times + 1)
    }

    @Test(arguments: ["/silent", "/stalls"])
    func `silence ends after the idle limit`(_ path: String) async throws {
        let limits = HTTPLimits.test(idle: .milliseconds(200))
        await #expect(throws: HTTPError.timedOut(host: "127.0.0.1", after: .milliseconds(200))) {
            try await client.send(request(path, limits: limits))
        }
    }

    @Test func `a server that trickles ends after the total limit`() async throws {
        let limits = HTTPLimits.test(idle: .milliseconds(1500), total: .milliseconds(300))
        await #expect(throws: HTTPError.timedOut(host: "127.0.0.1", after: .milliseconds(300))) {
            try await client.send(request("/trickles", limits: limits))
        }
    }

    @Test func `a server that does not speak TLS back ends after the connect limit, nothing sent`() async throws {
        let port = try SilentPort(listens: true)
        let request = HTTPRequest(
            url: "https://127.0.0.1:\(port.number)/",
            limits: .test(connect: .milliseconds(200)),
            reach: .publicHTTPSOrLoopback
        )
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.kind == .notConnected)
    }

    @Test func `a closed port is no connection, nothing sent`() async throws {
        let port = try SilentPort(listens: false)
        let request = HTTPRequest(url: "http://127.0.0.1:\(port.number)/", reach: .publicHTTPSOrLoopback)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.kind == .notConnected)
        #expect(error?.mayHaveActed == false)
    }

    @Test(
        "HI-2: a body over the limit is stopped, counted after decompression",
        arguments: [("/bytes?n=1048577", false), ("/gzip?n=50000000", false), ("/bytes?n=1048576", true)]
    )
    func bodyLimit(_ path: String, fits: Bool) async throws {
        let answer = await Result { try await client.send(request(path)) }
        guard !fits else { return #expect(try answer.get().body.count == 1 << 20) }
        #expect(throws: HTTPError.tooLarge(host: "127.0.0.1", limitBytes: 1 << 20)) { try answer.get() }
    }

    @Test func `HI-2: endless headers are stopped`() async throws {
        // Python gives each line on its own; libcurl has a limit of its own at about 300 kB.
        await #expect(throws: HTTPError.tooLarge(host: "127.0.0.1", limitBytes: 256 << 10)) {
            try await client.send(request("/headers?n=280"))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled task ends its exchange at once`() async throws {
        let silent = request("/silent", limits: .ordinary)
        let waiting = Task { [client] in try await client.send(silent) }
        while try await client.send(request("/counts")).decoded(as: ServerCounts.self).connections < 2 {}
        waiting.cancel()
        await #expect(throws: HTTPError.cancelled) { try await waiting.value }
    }

    @Test func `a task that is cancelled before it begins sends nothing`() async throws {
        let echo = request("/echo")
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { [client] in
                await #expect(throws: HTTPError.cancelled) { try await client.send(echo) }
            }
        }
        #expect(try await client.send(request("/counts")).decoded(as: ServerCounts.self).requests == 1)
    }

    @Test(
        "HI-1: a name with an inner address is refused after it was resolved",
        arguments: ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "100.64.0.1"]
    )
    func resolvedAddress(_ address: String) async throws {
        let port = server.ports[0]
        let client = try CurlClient(
            userAgent: "synctec/test",
            environment: [:],
            additionalCAFile: nil,
            pinnedNames: ["shop.example.com:\(port):\(address)"]
        )
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: "https://shop.example.com:\(port)/echo?secret", limits: .test()))
        }
        #expect(error?.kind == .refusedAddress)
        #expect(try await self.client.send(request("/counts")).decoded(as: ServerCounts.self).connections == 1)
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
