import Runs
import Testing
import Transport

@testable import ShopifyAdmin

struct ResultLinkTests {
    private static let bad = [
        "http://storage.googleapis.com/x", "https://169.254.169.254/latest", "http://169.254.169.254/",
        "file:///etc/passwd",
        "https://evil.example/storage.googleapis.com", "https://storage.googleapis.com.evil.example/",
        "https://storage.googleapis.com@evil.example/", "https://evilgoogleapis.com/", "https://2130706433/",
        "https://0x7f.1/", "https://127.1/", "https://[::ffff:127.0.0.1]/", "https://10.0.0.1/", "https://[fe80::1]/",
        "https://storage.googleapis.com:8443/", "https:///x", "https://", "//storage.googleapis.com/", "",
        "https://storage.googleapis.com\\@evil.example/", "https://storage.googleapis.com/ x",
        "ftp://storage.googleapis.com/",
        "https://stor\u{430}ge.googleapis.com/", "https://storage.googleapis.com./x",
        "https://storage.googleapis.com:/",
    ]

    @Test(arguments: [
        "https://storage.googleapis.com/shopify/x.jsonl?Signature=a%2Fb", "https://STORAGE.googleapis.com/x",
        "https://shopify-staged.storage.googleapis.com/x", "https://cdn.shopify.com:443/x",
        "https://files.shopifycdn.com/x",
    ])
    func `HI-1: takes links to the hosts of results`(url: String) throws {
        #expect(try ResultLink(url, allowsLoopback: false).url == url)
    }

    @Test(arguments: bad, [true, false])
    func `HI-1: refuses every other link, whatever the settings allow`(url: String, allowsLoopback: Bool) {
        #expect(throws: ResultLink.Refusal.self) { try ResultLink(url, allowsLoopback: allowsLoopback) }
    }

    @Test(arguments: ["http://127.0.0.1:8080/x", "https://localhost:1/x", "http://[::1]:99/x", "http://127.8.9.10/x"])
    func `HI-1: takes this machine only where the settings allow it`(url: String) throws {
        #expect(try ResultLink(url, allowsLoopback: true).isLoopback)
        #expect(throws: ResultLink.Refusal.self) { try ResultLink(url, allowsLoopback: false) }
    }

    @Test func `HI-1: a link to an inner address is never fetched and makes the snapshot incomplete`() async throws {
        let test = try TestStore(
            ScriptedStore(["ExportStatus": [ScriptedStore.export("COMPLETED", url: "http://169.254.169.254/latest")]])
        )
        guard case .incomplete = await failure(of: { () throws(StoreError) in try await test.export() }) else {
            Issue.record("taken")
            return
        }
        #expect(test.script.downloads.isEmpty)
    }
}
