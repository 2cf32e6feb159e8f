import Catalog
import Pricing
import Runs
import Testing

@testable import ShopifyAdmin

struct WriteTests {
    private static let updated = ScriptedStore.Reply.data(
        #"{"productVariantsBulkUpdate":{"product":{"id":"gid://shopify/Product/1"},"userErrors":[]}}"#
    )

    private func sent(_ values: [CatalogField: FieldValue]) async throws -> String {
        let test = try TestStore(ScriptedStore(["UpdateVariants": [Self.updated]]))
        _ = try await test.store.update(variants: [VariantUpdate(variant: 2, values: values)], of: 1)
        let call = try #require(test.script.calls.last)
        #expect(call.variables["product"] == "gid://shopify/Product/1")
        return String(decoding: try #require(call.variables["variants"]?.elements?.first).bytes, as: UTF8.self)
    }

    @Test func `sends just the given fields of a variant, money as decimal text, the weight to the digit`() async throws
    {
        let weight = try #require(Weight(value: "0.50", unit: .pounds))
        #expect(
            try await sent([
                .price: .amount(Money(minorUnits: 1999, currency: .eur)), .compareAtPrice: .absent,
                .cost: .amount(Money(minorUnits: 5, currency: .eur)), .weight: .weight(weight), .taxable: .flag(false),
                .barcode: .text("4\"0"), .tracked: .flag(true), .countryOfOrigin: .absent, .hsCode: .text("851220"),
                .inventoryPolicy: .text("CONTINUE"), .requiresShipping: .flag(true),
            ])
                == #"{"id":"gid://shopify/ProductVariant/2","price":"19.99","compareAtPrice":null,"barcode":"4\"0","taxable":false,"inventoryPolicy":"CONTINUE","inventoryItem":{"cost":"0.05","measurement":{"weight":{"value":0.50,"unit":"POUNDS"}},"requiresShipping":true,"countryCodeOfOrigin":null,"harmonizedSystemCode":"851220","tracked":true}}"#
        )
        #expect(
            try await sent([.taxable: .flag(true)]) == #"{"id":"gid://shopify/ProductVariant/2","taxable":true}"#
        )
    }

    @Test(arguments: [
        (CatalogField.price, FieldValue.amount(Money(minorUnits: 1, currency: .usd))), (.price, .absent),
        (.price, .unreadable("x")), (.cost, .text("1.00")), (.inventory, .quantity(1)), (.title, .text("t")),
        (.taxable, .absent), (.weight, .text("1 kg")),
    ])
    func `a value that does not fit its field is refused before anything is sent`(
        field: CatalogField,
        value: FieldValue
    ) async throws {
        let test = try TestStore(ScriptedStore())
        let error = await failure { () throws(StoreError) in
            try await test.store.update(variants: [VariantUpdate(variant: 2, values: [field: value])], of: 1)
        }
        guard case .refused(_, "UpdateVariants", "UNSENDABLE", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!test.script.operations.contains("UpdateVariants"))
    }

    @Test func `sends just the given fields of a product`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "UpdateProduct": [
                    .data(#"{"productUpdate":{"product":{"id":"gid://shopify/Product/1"},"userErrors":[]}}"#)
                ]
            ])
        )
        let refusals = try await test.store.update(
            product: 1,
            to: [
                .title: .text("T"), .description: .text("<p>"), .tags: .tags(["a", "b"]), .status: .text("DRAFT"),
                .seoTitle: .absent, .seoDescription: .text("d"), .handle: .text("h"), .vendor: .text("V"),
                .productType: .text(""),
            ]
        )
        #expect(refusals.isEmpty)
        #expect(
            test.script.calls.last.map { String(decoding: $0.variables.bytes, as: UTF8.self) }
                == #"{"product":{"id":"gid://shopify/Product/1","title":"T","descriptionHtml":"<p>","vendor":"V","productType":"","tags":["a","b"],"status":"DRAFT","handle":"h","seo":{"title":null,"description":"d"}}}"#
        )
    }

    @Test func `nothing to write is nothing to send`() async throws {
        let test = try TestStore(ScriptedStore())
        #expect(try await test.store.update(product: 1, to: [:]).isEmpty)
        #expect(try await test.store.update(variants: [], of: 1).isEmpty)
        #expect(try await test.store.setStock([], key: "k", reference: "app://run/1").refusals.isEmpty)
        #expect(test.script.calls.isEmpty)
    }

    @Test func `refusals tell which of the list, where and why`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "UpdateVariants": [
                    .data(
                        #"{"productVariantsBulkUpdate":{"product":null,"userErrors":[{"field":["variants","3","price"],"message":"Price must be positive","code":"GREATER_THAN_OR_EQUAL_TO"},{"field":null,"message":"No such product","code":null}]}}"#
                    )
                ]
            ])
        )
        let refusals = try await test.store.update(
            variants: (1...5).map { VariantUpdate(variant: $0, values: [.taxable: .flag(true)]) },
            of: 1
        )
        #expect(
            refusals == [
                WriteRefusal(
                    index: 3,
                    path: "variants.3.price",
                    code: "GREATER_THAN_OR_EQUAL_TO",
                    message: "Price must be positive"
                ),
                WriteRefusal(index: nil, path: "", code: "", message: "No such product"),
            ]
        )
    }

    @Test func `sets stock with the expected quantity, the reason and the key`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "SetStock": [
                    .data(
                        #"{"inventorySetQuantities":{"inventoryAdjustmentGroup":null,"userErrors":[{"field":["input","quantities","1","changeFromQuantity"],"message":"stale","code":"CHANGE_FROM_QUANTITY_STALE"}]}}"#
                    )
                ]
            ])
        )
        let refusals = try await test.store.setStock(
            [
                StockUpdate(inventoryItem: 1, location: 2, quantity: 3, expected: 0),
                StockUpdate(inventoryItem: 4, location: 2, quantity: 0, expected: -1),
            ],
            key: "run-1",
            reference: "app://run/1"
        ).refusals
        #expect(refusals.map(\.index) == [1])
        #expect(refusals.map(\.code) == ["CHANGE_FROM_QUANTITY_STALE"])
        #expect(
            test.script.calls.last.map { String(decoding: $0.variables.bytes, as: UTF8.self) }
                == #"{"input":{"name":"available","reason":"correction","referenceDocumentUri":"app://run/1","quantities":[{"inventoryItemId":"gid://shopify/InventoryItem/1","locationId":"gid://shopify/Location/2","quantity":3,"changeFromQuantity":0},{"inventoryItemId":"gid://shopify/InventoryItem/4","locationId":"gid://shopify/Location/2","quantity":0,"changeFromQuantity":-1}]},"key":"run-1"}"#
        )
    }

    @Test func `tells which quantities the store changed, as it lists them itself`() async throws {
        func change(_ item: Int, at location: Int) -> String {
            #"{"delta":-2,"item":{"id":"gid://shopify/InventoryItem/\#(item)"},"location":{"id":"gid://shopify/Location/\#(location)"}}"#
        }
        let changes =
            "\(change(1, at: 2)),\(change(4, at: 9)),"
            + #"{"delta":1,"item":null,"location":null}"#
        let test = try TestStore(
            ScriptedStore([
                "SetStock": [
                    .data(
                        #"{"inventorySetQuantities":{"inventoryAdjustmentGroup":{"id":"gid://shopify/InventoryAdjustmentGroup/1","changes":[\#(changes)]},"userErrors":[]}}"#
                    )
                ]
            ])
        )
        let answer = try await test.store.setStock(
            [
                StockUpdate(inventoryItem: 1, location: 2, quantity: 3, expected: 5),
                StockUpdate(inventoryItem: 4, location: 2, quantity: 0, expected: 2),
            ],
            key: "run-1",
            reference: "app://run/1"
        )
        #expect(answer == StockAnswer(refusals: [], changes: [1: -2]))
    }

    @Test func `stocks an item at a new location`() async throws {
        let test = try TestStore(
            ScriptedStore([
                "ActivateStock": [
                    .data(
                        #"{"inventoryActivate":{"inventoryLevel":{"id":"gid://shopify/InventoryLevel/1","quantities":[]},"userErrors":[]}}"#
                    )
                ]
            ])
        )
        let update = StockUpdate(inventoryItem: 1, location: 2, quantity: 3, expected: 0)
        #expect(try await test.store.activateStock(update, key: "k").isEmpty)
        #expect(
            test.script.calls.last.map { String(decoding: $0.variables.bytes, as: UTF8.self) }
                == #"{"item":"gid://shopify/InventoryItem/1","location":"gid://shopify/Location/2","available":3,"key":"k"}"#
        )
    }

    @Test func `an answer that neither refuses nor shows what was written is of unknown outcome`() async throws {
        let test = try TestStore(
            ScriptedStore(["UpdateProduct": [.data(#"{"productUpdate":{"product":null,"userErrors":[]}}"#)]])
        )
        let error = await failure { () throws(StoreError) in
            try await test.store.update(product: 1, to: [.title: .text("x")])
        }
        guard case .unknownOutcome = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `more than one call takes is refused before anything is sent`() async throws {
        let test = try TestStore(ScriptedStore())
        let updates = (1...251).map { StockUpdate(inventoryItem: $0, location: 1, quantity: 1, expected: 0) }
        #expect(
            await failure { () throws(StoreError) in
                try await test.store.setStock(updates, key: "k", reference: "app://run/1")
            } != nil
        )
        #expect(test.script.calls.isEmpty)
    }
}
