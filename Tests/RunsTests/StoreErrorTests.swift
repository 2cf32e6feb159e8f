import Catalog
import Runs
import Testing

/// What a person reads of a store's failure.
@Suite struct StoreErrorTests {
    @Test(arguments: [
        ("ShopIdentity", "the call 'shop identity'"), ("StartBulkWrite", "the call 'start bulk write'"),
        ("the token request", "the token request"), ("a bulk operation", "a bulk operation"),
    ])
    func `an operation is told in words, whatever it is called inside`(operation: String, words: String) throws {
        let shop = try #require(ShopDomain("lumen-home.myshopify.com"))
        let error = StoreError.unavailable(shop: shop, operation: operation, reason: "no connection")
        #expect("\(error)" == "\(shop): \(words) got no useful answer: no connection; try again later")
    }
}
