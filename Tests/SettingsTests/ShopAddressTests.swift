import Catalog
import Settings
import Testing

struct ShopAddressTests {
    // CF-5
    @Test(arguments: [
        "evil.com#.myshopify.com", "x.myshopify.com.evil.com", "user@x.myshopify.com", "x.myshopify.com:443",
        "127.0.0.1", "xn--80ak6aa92e.com", "https://x.myshopify.com", "x.myshopify.com/", "a.b.myshopify.com",
        ".myshopify.com", "-x.myshopify.com", "X.myshopify.com", "x.myshopify.com?", "x_y.myshopify.com",
        "xn--80ak6aa92e.myshopify.com", "x.myshopify.com\\n", "x.myshopify.com ", "é.myshopify.com",
    ])
    func `a strange shop address is refused for a source and for a destination`(address: String) {
        let inSource = refusals(
            "team: SP-TEAM-7KQ2MX\nsource: { shop: \"\(address)\" }\ndestinations: [{ shop: b.myshopify.com }]"
        )
        #expect(inSource.count == 1)
        #expect(inSource.joined().hasPrefix("2:17: source.shop: "))
        let inDestination = refusals(
            "team: SP-TEAM-7KQ2MX\nsource: { shop: b.myshopify.com }\ndestinations: [{ shop: \"\(address)\" }]"
        )
        #expect(inDestination.count == 1)
        #expect(inDestination.joined().hasPrefix("3:24: destinations[0].shop: "))
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "http://127.4.5.6", "http://localhost:1", "http://[::1]:8080",
        "https://proxy.internal:8443",
        "http://127.0.0.1:8080/shops/a",
    ])
    func `another endpoint is taken only with a word of consent`(endpoint: String) throws {
        let without = refusals(minimal(source: ", endpoint: \"\(endpoint)\""))
        #expect(without.count == 1)
        #expect(without.joined().contains("needs allow_insecure_endpoint: true beside it"))
        let store = try parsed(minimal(source: ", endpoint: \"\(endpoint)/\", allow_insecure_endpoint: true")).source
            .store
        #expect(store.baseURL == endpoint)
        #expect(store.allowInsecureEndpoint)
    }

    @Test(arguments: [
        "http://10.0.0.1", "http://evil.example", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
        "http://127.1", "http://2130706433", "http://0x7f.0.0.1", "http://127.0.0.01", "http://user@127.0.0.1",
        "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1/?q", "http://127.0.0.1/#f",
        "http://127.0.0.1/a/../b",
        "ftp://127.0.0.1", "//127.0.0.1", "http://", "http://[::2]", "http://[::1]evil", "https://xn--e1afmkfd.example",
        "http://127.0.0.1\\n", "file:///etc/passwd", "http://169.254.169.254",
    ])
    func `consent opens no other door`(endpoint: String) {
        let lines = refusals(minimal(source: ", endpoint: \"\(endpoint)\", allow_insecure_endpoint: true"))
        #expect(lines.count == 1)
        #expect(lines.joined().contains("source.endpoint: "))
    }

    @Test
    func `the shop's own address needs no consent, another shop's is refused`() throws {
        let own = minimal(source: ", endpoint: https://northwind-supply.myshopify.com")
        #expect(try parsed(own).source.store.baseURL == "https://northwind-supply.myshopify.com")
        #expect(try parsed(minimal()).source.store.baseURL == "https://northwind-supply.myshopify.com")
        let other = refusals(minimal(source: ", endpoint: https://x.myshopify.com, allow_insecure_endpoint: true"))
        #expect(
            other == [
                "2:59: source.endpoint: x.myshopify.com is another shop than \"northwind-supply.myshopify.com\"; remove it"
            ]
        )
    }

    @Test
    func `consent without an endpoint is refused`() {
        #expect(
            refusals(minimal(source: ", allow_insecure_endpoint: true")) == [
                "2:74: source.allow_insecure_endpoint: there is no endpoint to allow; remove it, or add the endpoint"
            ]
        )
    }

    /// CF-4: all ways to give two shops the three places.
    @Test(arguments: ["a", "b"], ["aa", "ab", "ba", "bb", "a", "b"])
    func `each shop has one role`(source: String, destinations: String) {
        let list = destinations.map { "{ shop: \($0).myshopify.com }" }.joined(separator: ", ")
        let lines = refusals(
            "team: SP-TEAM-7KQ2MX\nsource: { shop: \(source).myshopify.com }\ndestinations: [\(list)]"
        )
        let clashes =
            ([source] + destinations.map { String($0) }).count - Set([source] + destinations.map { String($0) }).count
        #expect(lines.count == clashes)
        #expect(lines.allSatisfy { $0.hasSuffix(" already; each shop once") })
    }
}
