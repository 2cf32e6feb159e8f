@testable import ShopifyAdmin

/// Pages of a catalogue as the script gives them.
enum Pages {
    /// One product with one variant at one location.
    static let small: [String: [ScriptedStore.Reply]] = [
        "CatalogProductsPage": [page("products", [product(1)])],
        "CatalogVariantsPage": [page("productVariants", [variant(2, of: 1, levels: [3])])],
    ]

    static func page(_ connection: String, _ nodes: [String], next: String? = nil) -> ScriptedStore.Reply {
        let list = nodes.joined(separator: ",")
        return .data(
            #"{"\#(connection)":{"nodes":[\#(list)],"pageInfo":{"hasNextPage":\#(next != nil),"endCursor":"\#(next ?? "end")"}}}"#
        )
    }

    static func product(_ number: Int) -> String {
        #"{"id":"gid://shopify/Product/\#(number)","handle":"p\#(number)","title":"P"}"#
    }

    static func variant(_ number: Int, of product: Int, levels: [Int], more: Bool = false) -> String {
        let nodes = levels.map { level($0, of: number) }.joined(separator: ",")
        return #"""
            {"id":"gid://shopify/ProductVariant/\#(number)","sku":"S\#(number)","product":{"id":"gid://shopify/Product/\#(product)"},"inventoryItem":{"id":"gid://shopify/InventoryItem/\#(number)","tracked":true,"inventoryLevels":{"nodes":[\#(nodes)],"pageInfo":{"hasNextPage":\#(more),"endCursor":"x"}}}}
            """#
    }

    static func level(_ number: Int, of item: Int) -> String {
        #"{"id":"gid://shopify/InventoryLevel/\#(number)?inventory_item_id=\#(item)","location":{"id":"gid://shopify/Location/1"},"quantities":[{"name":"available","quantity":4}]}"#
    }
}
