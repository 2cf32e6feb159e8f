import Testing
import Transport

@testable import CurlTransport

@Suite struct AddressTests {
    @Test(
        "HI-1: addresses that are not of the public internet",
        arguments: [
            "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
            "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
            "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.1.1.1", "240.0.0.1",
            "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1",
            "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
            "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff:fff::1",
        ]
    )
    func notPublic(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(!address.isPublic)
    }

    @Test(
        "HI-1: addresses of the public internet",
        arguments: [
            "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
            "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::6810:84e5", "2a00:1450:4001::1",
            "64:ff9b::808:808",
        ]
    )
    func isPublic(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("128.0.0.1", false), ("::2", false),
        ("1::1", false), ("::ffff:127.0.0.1", false), ("10.0.0.1", false),
    ])
    func `loopback is 127.0.0.0/8 and ::1`(_ text: String, isLoopback: Bool) throws {
        #expect(try #require(IPAddress(text)).isLoopback == isLoopback)
    }

    @Test(arguments: ["", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "localhost", "[::1]", "fe80::1%lo"])
    func `only the ordinary spelling is an address`(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "HI-1: links that are refused before anything is resolved",
        arguments: [
            "http://shop.example.com/a", "http://8.8.8.8/", "http://localhost:8080/a", "http://127.0.0.1/a",
            "file:///etc/passwd", "ftp://shop.example.com/", "gopher://shop.example.com/", "shop.example.com/a", "",
            "https://", "https:///a", "https:/shop.example.com/a", "https:shop.example.com/a",
            "https://127.0.0.1/", "https://localhost/", "https://LOCALHOST/", "https://a.localhost/", "https://[::1]/",
            "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/", "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/", "https://[fe80::1]/", "https://[fe80::1%25lo]/", "https://0/",
            "https://0.0.0.0/",
            "https://127.1/", "https://127.0.1/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/",
            "https://2130706433/", "https://017700000001/", "https://127.0.0.1.:443/", "https://010.8.8.8/",
            "https://8.8.2056/", "https://%31%32%37.0.0.1/", "https://shop%2eexample.com/",
            "https://１２７.0.0.1/", "https://127。0。0。1/", "https://shöp.example.com/",
            "https://user@shop.example.com/", "https://user:word@shop.example.com/", "https://a@b@shop.example.com/",
            "https://shop.example.com\\@127.0.0.1/", "https://shop.example.com /", "https://shop.example.com\n.evil/",
            "https://shop.example.com:99999/", "https://[0:0:0:0:0:0:0:1]/",
        ]
    )
    func refusedLinks(_ url: String) {
        #expect(throws: HTTPError.self) { try RequestTarget(url, reach: .publicHTTPS) }
    }

    @Test(arguments: [
        ("https://shop.example.com/a?b=c#d", "shop.example.com"), ("https://Shop.Example.com", "shop.example.com"),
        ("HTTPS://shop.example.com:8443/a", "shop.example.com"), ("https://8.8.8.8:443/", "8.8.8.8"),
        ("https://[2606:4700::1111]/a", "2606:4700::1111"),
        ("https://xn--shp-fna.example.com?a", "xn--shp-fna.example.com"),
    ])
    func `an ordinary https link is taken`(_ url: String, host: String) throws {
        #expect(try RequestTarget(url, reach: .publicHTTPS).host == host)
    }

    @Test(arguments: [
        "http://127.0.0.1:1/", "https://127.8.8.8:1/", "http://localhost:1/", "https://[::1]:1/", "http://[::1]/",
        "https://shop.example.com/",
    ])
    func `loopback links are taken where the request reaches so far`(_ url: String) throws {
        #expect(try RequestTarget(url, reach: .publicHTTPSOrLoopback).url == url)
    }

    @Test(arguments: [
        "http://shop.example.com/", "http://10.0.0.1/", "https://10.0.0.1/", "http://127.1/", "http://0x7f.1/",
        "https://169.254.169.254/", "http://0.0.0.0/", "file:///etc/passwd", "http://[::ffff:127.0.0.1]/",
    ])
    func `HI-1: reaching loopback opens nothing else`(_ url: String) {
        #expect(throws: HTTPError.self) { try RequestTarget(url, reach: .publicHTTPSOrLoopback) }
    }

    @Test(arguments: [
        ("http://files.example.com/a/b?signature=secret#x", "http://files.example.com/a/b"),
        ("https://user:secret@files.example.com/a?signature=secret", "…@files.example.com/a"),
    ])
    func `a refusal shows neither query nor user`(_ url: String, shown: String) {
        #expect {
            try RequestTarget(url, reach: .publicHTTPS)
        } throws: { error in
            guard case HTTPError.refusedAddress(shown, _) = error else { return false }
            return !"\(error)".contains("secret")
        }
    }
}
