import Catalog
import Pricing
import Runs
import Testing

@testable import ShopifyAdmin

struct RecordTests {
    private static func variant(
        price: String = "10.00",
        compareAt: String = "null",
        cost: String = "null",
        weight: String = "null"
    ) -> ScriptedStore.Reply {
        .data(
            #"""
            {"nodes":[null,{"__typename":"ProductVariant","id":"gid://shopify/ProductVariant/7","title":"Red","sku":"L-1","barcode":null,"price":"\#(price)","compareAtPrice":\#(compareAt),"taxable":true,"inventoryPolicy":"DENY","product":{"id":"gid://shopify/Product/3"},"inventoryItem":{"id":"gid://shopify/InventoryItem/9","tracked":true,"requiresShipping":false,"countryCodeOfOrigin":"NL","harmonizedSystemCode":null,"unitCost":\#(cost),"measurement":{"weight":\#(weight)}}}]}
            """#
        )
    }

    private static func read(_ reply: ScriptedStore.Reply) async throws -> VariantRecord {
        let test = try TestStore(ScriptedStore(["VariantStates": [reply]]))
        let found = try await test.store.variants([5, 7])
        #expect(found.count == 1)
        return try #require(found[7])
    }

    @Test func `reads a variant; one that is gone is absent`() async throws {
        let record = try await Self.read(
            Self.variant(compareAt: #""12.50""#, cost: #"{"amount":"4.5","currencyCode":"EUR"}"#)
        )
        #expect(record.price == .amount(Money(minorUnits: 1000, currency: .eur)))
        #expect(record.compareAtPrice == .amount(Money(minorUnits: 1250, currency: .eur)))
        #expect(record.cost == .amount(Money(minorUnits: 450, currency: .eur)))
        #expect(record.product == ResourceID(.product, 3))
        #expect(record.inventoryItem == ResourceID(.inventoryItem, 9))
        #expect(record.barcode == nil)
        #expect(record.weight == nil)
    }

    @Test(arguments: ["10.005", "abc", "1e2"])
    func `MO-2: an amount that the currency cannot hold stays text`(price: String) async throws {
        #expect(try await Self.read(Self.variant(price: price)).price == .unreadable(price))
    }

    @Test func `MO-8: a cost in another currency is no amount`() async throws {
        let record = try await Self.read(Self.variant(cost: #"{"amount":"4.5","currencyCode":"USD"}"#))
        #expect(record.cost == .unreadable("4.5 USD"))
    }

    @Test(arguments: ["0.1", "500.0", "0.30000000000000004", "1e-3"])
    func `a weight keeps the text of its number`(number: String) async throws {
        let record = try await Self.read(Self.variant(weight: #"{"unit":"KILOGRAMS","value":\#(number)}"#))
        #expect(record.weight?.value == number)
        #expect(record.weight?.unit == .kilograms)
    }

    @Test func `reads products`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "ProductStates": [
                    .data(
                        #"""
                        {"nodes":[{"__typename":"Product","id":"gid://shopify/Product/3","handle":"h","title":"T","descriptionHtml":"<p>","vendor":"V","productType":"","tags":["b","a"],"status":"ACTIVE","seo":{"title":null,"description":"d"}}]}
                        """#
                    )
                ]
            ])
        )
        let record = try #require(try await test.store.products([3])[3])
        #expect(record.tags == ["b", "a"])
        #expect(record.seoTitle == nil)
        #expect(record.seoDescription == "d")
    }

    @Test(arguments: [
        (level: "null", available: nil),
        (
            level: #"{"id":"gid://shopify/InventoryLevel/1","quantities":[{"name":"available","quantity":-3}]}"#,
            available: -3
        ),
    ])
    func `reads stock; never stocked is not zero`(level: String, available: Int64?) async throws {
        let test = try TestStore(
            ScriptedStore([
                "StockStates": [
                    .data(
                        #"{"nodes":[{"__typename":"InventoryItem","id":"gid://shopify/InventoryItem/3","sku":"x","tracked":true,"inventoryLevel":\#(level)}]}"#
                    )
                ]
            ])
        )
        #expect(
            try await test.store.stock(items: [3], location: 4)[3] == StockState(tracked: true, available: available)
        )
        #expect(test.script.calls.last?.variables["location"]?.text == "gid://shopify/Location/4")
    }

    @Test func `asks for at most as many at a time as a list may have, each once`() async throws {
        let clock = JumpingClock()
        let leaky = LeakyStore(clock: clock, maximum: 2000, rate: 100, cost: 10)
        let found = try await RecordReader(client: leaky.client(clock)).products(Array(1...600) + Array(1...600))
        #expect(found.isEmpty)
        #expect(leaky.requests == 3)
    }
}
