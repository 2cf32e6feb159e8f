import Testing
import Transport

@testable import CurlTransport

@Suite struct ProxySettingsTests {
    @Test(
        arguments: [
            ([:], nil), (["https_proxy": "http://p:1"], "http://p:1"), (["HTTPS_PROXY": "http://p:2"], "http://p:2"),
            (["https_proxy": "http://p:1", "HTTPS_PROXY": "http://p:2"], "http://p:1"),
            (["all_proxy": "socks5://p:3"], "socks5://p:3"), (["ALL_PROXY": "p:4", "https_proxy": "p:1"], "p:1"),
            (["http_proxy": "http://p:5"], nil), (["https_proxy": ""], nil),
        ] as [([String: String], String?)]
    )
    func `the proxy for https is the one the environment names`(environment: [String: String], proxy: String?) throws {
        let target = try RequestTarget("https://shop.example.com/", reach: .publicHTTPS)
        #expect(ProxySettings(environment: environment).proxy(for: target) == proxy)
    }

    @Test(arguments: [
        ("*", "https://shop.example.com/", false), ("example.com", "https://shop.example.com/", false),
        (".example.com", "https://shop.example.com/", false), ("EXAMPLE.com", "https://shop.example.COM/", false),
        ("ample.com", "https://shop.example.com/", true),
        ("a.test, shop.example.com", "https://shop.example.com/", false),
        ("a.test b.test", "https://shop.example.com/", true), ("8.8.0.0/16", "https://8.8.4.4/", false),
        ("8.8.4.4", "https://8.8.4.4/", false), ("8.9.0.0/16", "https://8.8.4.4/", true),
        ("8.8.4", "https://8.8.4.4/", true), ("8.8.0.0/99", "https://8.8.4.4/", true),
        ("2600::/8", "https://8.8.4.4/", true), ("2606:4700::/32", "https://[2606:4700::1]/", false),
    ])
    func `no_proxy makes exceptions`(_ exceptions: String, url: String, isProxied: Bool) throws {
        let settings = ProxySettings(environment: ["https_proxy": "p:1", "no_proxy": exceptions])
        #expect((settings.proxy(for: try RequestTarget(url, reach: .publicHTTPS)) != nil) == isProxied)
    }

    @Test(arguments: ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://localhost/", "https://[::1]/"])
    func `loopback is never asked of a proxy`(_ url: String) throws {
        let settings = ProxySettings(environment: ["https_proxy": "p:1", "http_proxy": "p:1", "all_proxy": "p:1"])
        #expect(settings.proxy(for: try RequestTarget(url, reach: .publicHTTPSOrLoopback)) == nil)
    }
}
