import Catalog
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        "a.myshopify.com", "northwind-supply.myshopify.com", "1-2.myshopify.com", "xn-a--b.myshopify.com",
    ])
    func `a plain shop address is taken: CF-5`(text: String) {
        #expect(ShopDomain(text)?.text == text)
    }

    @Test(arguments: [
        "", ".myshopify.com", "a.b.myshopify.com", "x.myshopify.com.evil.com", "evil.com#.myshopify.com",
        "user@x.myshopify.com", "x.myshopify.com:443", "X.myshopify.com", "-x.myshopify.com", "x-.myshopify.com",
        "xn\u{E9}.myshopify.com", "xn--80ak6aa92e.myshopify.com", "xn--.myshopify.com", "x.myshopify.com/",
        "x.myshopify.com ", "x\u{0}.myshopify.com", "127.0.0.1",
        String(repeating: "a", count: 61) + ".myshopify.com",
    ])
    func `a strange shop address is refused: CF-5`(text: String) {
        #expect(ShopDomain(text) == nil)
    }

    @Test(arguments: [
        "SP-TEAM-7KQ2M", "SP-TEAM-7KQ2MXX", "SP-TEAM-7kq2mx", "SP-TEAM-0KQ2MX", "TEAM-7KQ2MX", "SP-TEAM-7KQ2M\u{301}X",
    ])
    func `another form is no Team ID: HI-4`(text: String) {
        #expect(TeamID(text) == nil)
    }

    @Test func `a drawn Team ID is one: HI-4`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            let id = TeamID.random(using: &generator)
            #expect(TeamID(id.text) == id)
        }
    }

    @Test func `an id is its type and number`() {
        #expect(ResourceID(gid: "gid://shopify/Product/7", as: .product) == ResourceID(.product, 7))
        #expect(ResourceID(gid: "gid://shopify/Location/7?x=1", as: .location)?.number == 7)
        #expect(ResourceID(.variant, 9).gid == "gid://shopify/ProductVariant/9")
    }

    @Test(arguments: [
        "", "7", "gid://shopify/Product/", "gid://shopify/Product/-7", "gid://shopify/Product/7a",
        "gid://shopify/ProductVariant/7",
        "gid://other/Product/7", "gid://shopify/Product/99999999999999999999",
    ])
    func `another form or type is no product's id`(text: String) {
        #expect(ResourceID(gid: text, as: .product) == nil)
    }
}
