import Catalog
import Pricing
import Runs
import SimulatedShopify
import Testing

@testable import ShopifyAdmin

/// The writes against the pretend store, over HTTP, each read back.
struct LiveWritingTests {
    private static let lamp = SimulatedProduct(
        handle: "lamp",
        title: "Lamp",
        variants: [
            SimulatedVariant(
                sku: "LAMP-01",
                price: "10.00",
                compareAtPrice: "12.00",
                cost: "4.00",
                weight: SimulatedWeight(value: 0.5, unit: "KILOGRAMS"),
                inventory: ["Amsterdam": 5]
            )
        ]
    )

    /// The numbers of the lamp.
    private struct Ids {
        let product: Int64
        let variant: Int64
        let item: Int64
        let locations: [Int64]

        init(_ live: LiveStore) async throws {
            let truth = try live.truth("LAMP-01")
            product = try LiveStore.number(truth["product"]?["id"]?.text)
            variant = try LiveStore.number(truth["id"]?.text)
            item = try LiveStore.number(truth["inventory_item"]?.text)
            locations = try await live.store.identify().locations.map(\.id.number)
        }
    }

    @Test func `what is written to a variant is read back`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            let weight = try #require(Weight(value: "1.25", unit: .pounds))
            let values: [CatalogField: FieldValue] = [
                .price: .amount(Money(minorUnits: 1999, currency: .eur)), .compareAtPrice: .absent,
                .cost: .amount(Money(minorUnits: 505, currency: .eur)), .barcode: .text("0123456789012"),
                .weight: .weight(weight), .taxable: .flag(false), .requiresShipping: .flag(false),
                .countryOfOrigin: .text("NL"), .hsCode: .text("940520"), .inventoryPolicy: .text("CONTINUE"),
                .tracked: .flag(false),
            ]
            #expect(
                try await live.store.update(
                    variants: [VariantUpdate(variant: ids.variant, values: values)],
                    of: ids.product
                ).isEmpty
            )
            let record = try #require(try await live.store.variants([ids.variant])[ids.variant])
            for (field, value) in values { #expect(record[field] == value, "\(field)") }
        }
    }

    @Test func `what is written to a product is read back`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            let values: [CatalogField: FieldValue] = [
                .title: .text("Lámpara"), .description: .text("<p>Light</p>"), .vendor: .text("Acme"),
                .productType: .text("Lights"), .tags: .tags(["new", "sale"]), .status: .text("DRAFT"),
                .handle: .text("lampara"), .seoTitle: .text("T"), .seoDescription: .text("D"),
            ]
            #expect(try await live.store.update(product: ids.product, to: values).isEmpty)
            let record = try #require(try await live.store.products([ids.product])[ids.product])
            for (field, value) in values { #expect(record[field] == value, "\(field)") }
        }
    }

    @Test func `a refused variant leaves the others be and is told by its place`() async throws {
        let shade = SimulatedProduct(
            handle: "shade",
            title: "Shade",
            options: ["Size"],
            variants: (0..<3).map { SimulatedVariant(sku: "S-\($0)", price: "1.00", optionValues: ["\($0)"]) }
        )
        try await LiveStore.with(LiveStore(products: [shade])) { live in
            let truths = try (0..<3).map { try live.truth("S-\($0)") }
            let product = try LiveStore.number(truths[0]["product"]?["id"]?.text)
            live.simulated.add(
                FaultRule(
                    match: "UpdateVariants",
                    action: .userError(index: 1, field: ["variants", "1", "price"], message: "no", code: "INVALID")
                )
            )
            let refusals = try await live.store.update(
                variants: try truths.map {
                    VariantUpdate(
                        variant: try LiveStore.number($0["id"]?.text),
                        values: [.price: .amount(Money(minorUnits: 250, currency: .eur))]
                    )
                },
                of: product
            )
            #expect(refusals.map(\.index) == [1])
            let prices = try (0..<3).map { try live.truth("S-\($0)")["price"]?.text }
            #expect(prices == ["2.50", "1.00", "2.50"])
        }
    }

    @Test func `stock is set only where the expected quantity is still there`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            let update = StockUpdate(inventoryItem: ids.item, location: ids.locations[0], quantity: 9, expected: 5)
            #expect(
                try await live.store.setStock([update], key: "k-1", reference: "app://run/1").changes == [ids.item: 4]
            )
            let state = try await live.store.stock(items: [ids.item], location: ids.locations[0])
            #expect(state[ids.item] == StockState(tracked: true, available: 9))
            let stale = try await live.store.setStock([update], key: "k-2", reference: "app://run/1").refusals
            #expect(stale.map(\.code) == ["CHANGE_FROM_QUANTITY_STALE"])
            #expect(stale.map(\.index) == [0])
        }
    }

    @Test func `AP-5: a stock write whose answer was lost is repeated under its key and counts once`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            live.simulated.add(FaultRule(match: "SetStock", action: .applyThenDrop))
            let update = StockUpdate(inventoryItem: ids.item, location: ids.locations[0], quantity: 9, expected: 5)
            #expect(
                try await live.store.setStock([update], key: "k-1", reference: "app://run/1").changes == [ids.item: 4]
            )
            #expect(live.simulated.counters.calls["SetStock"] == 2)
            #expect(try await live.store.stock(items: [ids.item], location: ids.locations[0])[ids.item]?.available == 9)
        }
    }

    @Test func `AP-5: a key used for something else is told as a fault of ours`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            let place = ids.locations[0]
            _ = try await live.store.setStock(
                [StockUpdate(inventoryItem: ids.item, location: place, quantity: 9, expected: 5)],
                key: "k",
                reference: "app://run/1"
            )
            let error = await failure { () throws(StoreError) in
                try await live.store.setStock(
                    [StockUpdate(inventoryItem: ids.item, location: place, quantity: 8, expected: 9)],
                    key: "k",
                    reference: "app://run/1"
                )
            }
            #expect(error == .keyMisused(shop: live.store.shop, operation: "SetStock"))
        }
    }

    @Test func `an item is stocked at a location it never had`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            let place = ids.locations[1]
            #expect(try await live.store.stock(items: [ids.item], location: place)[ids.item]?.available == nil)
            let update = StockUpdate(inventoryItem: ids.item, location: place, quantity: 4, expected: 0)
            #expect(try await live.store.activateStock(update, key: "k").isEmpty)
            #expect(try await live.store.stock(items: [ids.item], location: place)[ids.item]?.available == 4)
        }
    }

    @Test func `AP-1: a price write whose answer is lost is told as unknown, and was done once`() async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            live.simulated.add(FaultRule(match: "UpdateVariants", action: .applyThenDrop))
            let error = await failure { () throws(StoreError) in
                try await live.store.update(
                    variants: [
                        VariantUpdate(
                            variant: ids.variant,
                            values: [.price: .amount(Money(minorUnits: 1, currency: .eur))]
                        )
                    ],
                    of: ids.product
                )
            }
            guard case .unknownOutcome = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(live.simulated.counters.calls["UpdateVariants"] == 1)
            #expect(try live.truth("LAMP-01")["price"]?.text == "0.01")
        }
    }

    @Test(arguments: [401, 402, 403, 423])
    func `AP-6: a store that closes in the middle gets no more calls`(status: Int) async throws {
        try await LiveStore.with(LiveStore(products: [Self.lamp])) { live in
            let ids = try await Ids(live)
            live.simulated.add(FaultRule(match: "any", after: 1, times: nil, action: .httpStatus(status)))
            #expect(try await live.store.update(product: ids.product, to: [.vendor: .text("A")]).isEmpty)
            let before = await live.store.counters().mutations
            for _ in 0..<3 {
                #expect(
                    await failure { () throws(StoreError) in
                        try await live.store.update(product: ids.product, to: [.vendor: .text("B")])
                    } != nil
                )
            }
            #expect(await live.store.counters().mutations == before + 1)
            #expect(try live.truth("LAMP-01")["product"]?["vendor"]?.text == "A")
        }
    }
}
