import CurlTransport
import Foundation
import Synchronization
import Testing
import Transport

@Suite struct DownloadTests {
    let server: TestServer
    let client: CurlClient
    let folder: TemporaryFolder

    init() throws {
        server = try TestServer("plain")
        client = try CurlClient(userAgent: "synctec/test", environment: [:])
        folder = try TemporaryFolder()
    }

    func request(_ path: String, limits: HTTPLimits = .test(bytes: 100 << 20)) -> HTTPRequest {
        HTTPRequest(url: server.url(path), limits: limits, reach: .publicHTTPSOrLoopback)
    }

    @Test func `50 MB go to disk while memory stays flat`() async throws {
        // In a process of its own, where nothing else takes memory.
        await #expect(processExitsWith: .success) {
            let server = try TestServer("plain")
            let folder = try TemporaryFolder()
            let client = try CurlClient(userAgent: "synctec/test", environment: [:])
            func request(_ count: Int) -> HTTPRequest {
                HTTPRequest(
                    url: server.url("/bytes?n=\(count)"),
                    limits: .test(bytes: 100 << 20),
                    reach: .publicHTTPSOrLoopback
                )
            }
            _ = try await client.download(request(1 << 20), to: folder.file("first")) { _ in }
            let before = try peakKilobytes()
            let count = 50 << 20
            let download = try await client.download(request(count), to: folder.file("a")) { _ in }
            #expect(try peakKilobytes() - before < 4 << 10)
            #expect(download.status == 200)
            #expect(download.bytes == count)
            #expect(download.headers["content-length"] == "\(count)")
            let facts = try FileManager.default.attributesOfItem(atPath: folder.file("a"))
            #expect(facts[.size] as? Int == count)
            #expect(facts[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `the file holds the body, decompressed`() async throws {
        let download = try await client.download(request("/gzip?n=70000"), to: folder.file("a")) { _ in }
        #expect(download.bytes == 70_000)
        #expect(try Data(contentsOf: URL(filePath: folder.file("a"))) == Data(repeating: 0, count: 70_000))
    }

    @Test func `an empty body makes an empty file`() async throws {
        #expect(try await client.download(request("/bytes?n=0"), to: folder.file("a")) { _ in }.bytes == 0)
        #expect(try folder.names == ["a"])
    }

    @Test(arguments: [404, 302, 204, 500])
    func `an answer that is no 200 leaves no file`(_ status: Int) async throws {
        let download = try await client.download(request("/status?n=\(status)"), to: folder.file("a")) { _ in }
        #expect(download.status == status)
        #expect(download.bytes == 0)
        #expect(try folder.names == [])
    }

    @Test func `a file that stands there is neither touched nor asked for`() async throws {
        try "kept".write(toFile: folder.file("a"), atomically: false, encoding: .utf8)
        try await expectFileRefusal()
        #expect(try String(contentsOfFile: folder.file("a"), encoding: .utf8) == "kept")
    }

    @Test(arguments: ["target", "/dev/null"])
    func `a link that stands there is not followed`(_ target: String) async throws {
        try FileManager.default.createSymbolicLink(atPath: folder.file("a"), withDestinationPath: target)
        try await expectFileRefusal()
        #expect(try folder.names == ["a"])
    }

    @Test func `a folder that is missing is not made`() async throws {
        await #expect(throws: HTTPError.self) {
            try await client.download(request("/bytes?n=10"), to: folder.file("missing/a")) { _ in }
        }
        #expect(try folder.names == [])
    }

    @Test(
        "HI-2: a download that fails leaves no file",
        arguments: ["/breaks", "/stalls", "/gzip?n=50000000", "/bytes?n=2000000", "/not-gzip"]
    )
    func failure(_ path: String) async throws {
        let limits = HTTPLimits.test(idle: .milliseconds(500), bytes: 1 << 20)
        await #expect(throws: HTTPError.self) {
            try await client.download(request(path, limits: limits), to: folder.file("a")) { _ in }
        }
        #expect(try folder.names == [])
    }

    @Test(.timeLimit(.minutes(1)))
    func `progress grows, and cancelling removes the file`() async throws {
        let (progress, told) = AsyncStream.makeStream(of: Int.self)
        let download = Task { [client, request = request("/trickles"), file = folder.file("a")] in
            try await client.download(request, to: file) { told.yield($0) }
        }
        var bytes: [Int] = []
        for await count in progress {
            bytes.append(count)
            if bytes.count == 2 { break }
        }
        #expect(bytes[0] > 0 && bytes[1] > bytes[0])
        #expect(try folder.names == ["a"])
        download.cancel()
        await #expect(throws: HTTPError.cancelled) { try await download.value }
        #expect(try folder.names == [])
    }

    private func expectFileRefusal() async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await client.download(request("/bytes?n=10"), to: folder.file("a")) { _ in }
        }
        #expect(error?.kind == .file)
        #expect(try await client.send(request("/counts")).decoded(as: ServerCounts.self).requests == 1)
    }
}

/// The most memory this process ever had.
private func peakKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber)))
}
