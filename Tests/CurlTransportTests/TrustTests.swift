import Foundation
import Testing
import Transport

@testable import CurlTransport

@Suite struct TrustTests {
    func client(_ certificates: TestCertificates, environment: [String: String] = [:], pinned: [String] = []) throws
        -> CurlClient
    {
        try CurlClient(
            userAgent: "synctec/test",
            environment: environment,
            additionalCAFile: certificates.authority,
            pinnedNames: pinned
        )
    }

    func request(_ url: String, _ method: HTTPRequest.Method = .get, headers: [HTTPHeader] = []) -> HTTPRequest {
        HTTPRequest(method, url: url, headers: headers, limits: .test(), reach: .publicHTTPSOrLoopback)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func `a certificate that fits is trusted, and the connection kept`(_ host: String) async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestServer(certificates.server(.good))
        let client = try client(certificates)
        for _ in 1...3 { _ = try await client.send(request("https://\(host):\(server.ports[0])/echo", .post)) }
        let counts: ServerCounts = try await client.send(request("https://\(host):\(server.ports[0])/counts")).decoded()
        #expect(counts.requests == 4)
        #expect(counts.connections == 1)
    }

    @Test(
        "HI-3: a bad certificate or an old protocol is refused, nothing sent",
        arguments: [
            (.selfSigned, false), (.ofStranger, false), (.expired, false), (.otherHost, false), (.good, true),
        ] as [(TestCertificates.Kind, Bool)]
    )
    func badCertificate(_ kind: TestCertificates.Kind, old: Bool) async throws {
        let certificates = try TestCertificates(kind)
        let server = try TestServer(certificates.server(kind, old: old))
        let error = await #expect(throws: HTTPError.self) {
            try await client(certificates).send(request("https://localhost:\(server.ports[0])/echo", .post))
        }
        #expect(error?.kind == .untrusted)
        #expect(error?.mayHaveActed == false)
    }

    @Test func `HI-3: without the additional file its authority is not trusted`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestServer(certificates.server(.good))
        let client = try CurlClient(userAgent: "synctec/test", environment: [:])
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(request("https://localhost:\(server.ports[0])/echo"))
        }
        #expect(error?.kind == .untrusted)
    }

    @Test func `a server that speaks plain HTTP where TLS is asked is not trusted`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestServer("plain")
        let error = await #expect(throws: HTTPError.self) {
            try await client(certificates).send(request("https://localhost:\(server.ports[0])/echo"))
        }
        #expect(error?.kind == .untrusted)
    }

    @Test func `certificates that cannot be read are an error, not less trust`() {
        #expect(throws: HTTPError.file(path: "/nowhere/ca.pem", reason: "No such file or directory")) {
            try CurlClient(userAgent: "synctec/test", environment: [:], additionalCAFile: "/nowhere/ca.pem")
        }
    }

    @Test func `the additional file stands beside the system's certificates`() throws {
        let certificates = try TestCertificates(.good)
        let trusted = try TrustedCertificates(adding: certificates.authority)
        let count = String(decoding: trusted.pem, as: UTF8.self).components(separatedBy: "BEGIN CERTIFICATE").count - 1
        #expect(count > 50)
    }

    @Test func `HI-1: a connection kept to loopback is not used by a request that may not go there`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestServer(certificates.server(.good))
        let port = server.ports[0]
        let url = "https://shop.example.test:\(port)/echo"
        let client = try client(certificates, pinned: ["shop.example.test:\(port):127.0.0.1"])
        _ = try await client.send(request(url))
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: url, limits: .test()))
        }
        #expect(error?.kind == .refusedAddress)
        let counts: ServerCounts = try await client.send(
            request("https://shop.example.test:\(port)/counts")
        ).decoded()
        #expect(counts.requests == 2)
    }

    @Test func `a proxy carries TLS without seeing inside`() async throws {
        let certificates = try TestCertificates(.good)
        let server = try TestServer("proxy", certificates.server(.good))
        let client = try client(certificates, environment: ["https_proxy": "http://127.0.0.1:\(server.ports[0])"])
        let url = "https://shop.example.test:\(server.ports[1])/echo"
        let headers = [HTTPHeader("X-Shopify-Access-Token", "secret")]
        let answer = try await client.send(HTTPRequest(.post, url: url, headers: headers, limits: .test()))
        let echo: Echo = try answer.decoded()
        #expect(echo.header("x-shopify-access-token") == ["secret"])
        let told = try await client.send(request(server.url("/told"))).text
        #expect(told == #"[["shop.example.test:\#(server.ports[1])", ["host", "proxy-connection", "user-agent"]]]"#)
    }
}
