import Catalog
import Runs
import Snapshots
import Testing
import Transport

@testable import ShopifyAdmin

struct CatalogPagesTests {
    /// Bulk fails for good, so that pages are read.
    private static func script(_ pages: [String: [ScriptedStore.Reply]], products: Int = 1, variants: Int = 1)
        -> ScriptedStore
    {
        ScriptedStore(
            [
                "ExportStatus": [ScriptedStore.export("CANCELED", url: nil)],
                "CatalogCounts": [ScriptedStore.counts(products: products, variants: variants)],
            ].merging(pages) { $1 }
        )
    }

    @Test func `writes the same lines as a bulk export`() async throws {
        let test = try TestStore(Self.script(Pages.small))
        let export = try await test.export()
        #expect(
            try TestStore.lines(of: export.path) == [
                #"{"id":"gid://shopify/Product/1","handle":"p1","title":"P"}"#,
                #"{"id":"gid://shopify/ProductVariant/2","sku":"S2","inventoryItem":{"id":"gid://shopify/InventoryItem/2","tracked":true},"__parentId":"gid://shopify/Product/1"}"#,
                #"{"id":"gid://shopify/InventoryLevel/3?inventory_item_id=2","location":{"id":"gid://shopify/Location/1"},"quantities":[{"name":"available","quantity":4}],"__parentId":"gid://shopify/ProductVariant/2"}"#,
            ]
        )
        #expect(export.proof.bytes == (try TestStore.lines(of: export.path)).reduce(0) { $0 + $1.utf8.count + 1 })
    }

    @Test func `reads on where an item has more levels than a page shows`() async throws {
        let levels = (1...3).map { Pages.level($0, of: 2) }.joined(separator: ",")
        let test = try TestStore(
            Self.script([
                "CatalogProductsPage": [Pages.page("products", [Pages.product(1)])],
                "CatalogVariantsPage": [
                    Pages.page("productVariants", [Pages.variant(2, of: 1, levels: [1], more: true)])
                ],
                "InventoryLevelsPage": [
                    .data(
                        #"{"inventoryItem":{"id":"gid://shopify/InventoryItem/2","inventoryLevels":{"nodes":[\#(levels)],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}"#
                    )
                ],
            ])
        )
        #expect(try await test.export().proof.objects == 5)
    }

    @Test(arguments: [
        "page 2 fails", "cursor repeats", "empty for ever", "less than counted", "its last page does not say so",
    ])
    func `SN-4: half a list is never used`(how: String) async throws {
        let first = Pages.page("products", [Pages.product(1)], next: "a")
        let rest: [ScriptedStore.Reply] =
            switch how {
            case "page 2 fails": [.status(500, "oops")]
            case "cursor repeats": [Pages.page("products", [Pages.product(2)], next: "a")]
            case "empty for ever": [Pages.page("products", [], next: "b")]
            case "less than counted": [Pages.page("products", [Pages.product(1)])]
            default: [.data(#"{"products":{"nodes":[{"id":"gid://shopify/Product/2"}]}}"#)]
            }
        let script = Self.script(
            Pages.small.merging(["CatalogProductsPage": [first] + rest]) { $1 },
            products: 2
        )
        let test = try TestStore(script)
        let error = await failure { () throws(StoreError) in try await test.export() }
        guard case .incomplete = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(test.files.isEmpty)
        #expect(test.script.calls.count < 40)
    }

    @Test func `a catalogue past 25,000 is not read by pages`() async throws {
        let test = try TestStore(Self.script(Pages.small, products: 25_001, variants: 25_001))
        let error = await failure { () throws(StoreError) in try await test.export() }
        #expect("\(String(describing: error))".contains("too large to be read by pages"))
    }
}
