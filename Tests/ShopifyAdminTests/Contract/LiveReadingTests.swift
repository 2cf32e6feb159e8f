import Catalog
import Pricing
import Runs
import SimulatedShopify
import Snapshots
import Testing

@testable import ShopifyAdmin

/// The adapter against the pretend store, over HTTP.
struct LiveReadingTests {
    @Test func `tells who the store is`() async throws {
        try await LiveStore.with(LiveStore()) { live in
            let identity = try await live.store.identify()
            #expect(identity.domain.text == "lumen-home.myshopify.com")
            #expect(identity.currency == .eur)
            #expect(identity.locations.map(\.name) == ["Amsterdam", "Utrecht"])
            #expect(identity.scopes.isSuperset(of: ["read_inventory", "read_locations", "write_products"]))
        }
    }

    @Test func `pulls the catalogue whole, in bulk`() async throws {
        try await LiveStore.with(LiveStore(variants: 500)) { live in
            let export = try await live.export()
            let lines = try TestStore.lines(of: export.path)
            #expect(lines.count == export.proof.objects)
            #expect(export.proof.variants == 500)
            #expect(lines.filter { !$0.contains("__parentId") }.count == export.proof.products)
        }
    }

    @Test func `SN-1: pages hold the very lines of a bulk export`() async throws {
        try await LiveStore.with(LiveStore(variants: 200)) { live in
            let bulk = try Self.canonical(try await live.export().path)
            live.simulated.add(FaultRule(match: "bulkQuery", times: nil, action: .bulkFailed(errorCode: "TIMEOUT")))
            let paged = try await live.export()
            #expect(try Self.canonical(paged.path) == bulk)
            #expect(paged.proof.variants == 200)
        }
    }

    @Test(arguments: [
        FaultAction.bulkCompletedWithoutURL, .bulkEmpty, .resultURL("http://169.254.169.254/latest/meta-data"),
        .resultURL("https://evil.example/catalog.jsonl"),
    ])
    func `SN-2, HI-1: a bulk export that cannot be believed is incomplete`(fault: FaultAction) async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.add(FaultRule(match: "bulkQuery", times: nil, action: fault))
            guard case .incomplete = await failure(of: { () throws(StoreError) in try await live.export() }) else {
                Issue.record("believed")
                return
            }
        }
    }

    @Test(arguments: [
        FaultAction.truncate(lines: 30), .truncate(bytes: -1), .truncate(bytes: 900, isAnnounced: false),
        .dropBeforeApply,
        .httpStatus(503),
    ])
    func `SN-3: a result that comes cut is fetched again, three times at most`(fault: FaultAction) async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.add(FaultRule(match: "download", times: 2, action: fault))
            let export = try await live.export()
            #expect(export.proof.variants == 60)
            live.simulated.add(FaultRule(match: "download", times: nil, action: fault))
            guard case .incomplete = await failure(of: { () throws(StoreError) in try await live.export() }) else {
                Issue.record("believed")
                return
            }
        }
    }

    @Test func `SN-6: links that are refused mean one new export`() async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.add(FaultRule(match: "download", times: 2, action: .httpStatus(403)))
            let export = try await live.export()
            #expect(export.proof.variants == 60)
            #expect(live.simulated.counters.calls["StartBulkQuery"] == 2)
        }
    }

    @Test func `SN-9: a bucket of a tenth the usual size is paced`() async throws {
        let small = SimulatedStoreConfiguration.CostBucketSize(maximum: 200, restorePerSecond: 10)
        try await LiveStore.with(LiveStore(variants: 400, bucket: small)) { live in
            let export = try await live.export()
            let numbers = try Self.variantNumbers(export.path)
            #expect(try await live.store.variants(numbers).count == 400)
            let counters = await live.store.counters()
            let served = counters.queries - counters.throttled
            #expect(counters.queries * 2 <= served * 3)
        }
    }

    @Test func `finds the export whose start was answered into the void`() async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.add(FaultRule(match: "StartBulkQuery", action: .applyThenDrop))
            let export = try await live.export()
            #expect(export.proof.variants == 60)
            #expect(live.simulated.counters.calls["StartBulkQuery"] == 1)
        }
    }

    @Test(arguments: ["inventoryItem", "price", "productsCount", "pageInfo"])
    func `SN-8: an absent field is never a default`(field: String) async throws {
        try await LiveStore.with(LiveStore()) { live in
            let numbers = try Self.variantNumbers(try await live.export().path)
            live.simulated.add(FaultRule(match: "any", times: nil, action: .omitField(field)))
            live.simulated.add(FaultRule(match: "bulkQuery", times: nil, action: .bulkCanceled))
            let error =
                field == "productsCount" || field == "pageInfo"
                ? await failure { () throws(StoreError) in try await live.export() }
                : await failure { () throws(StoreError) in try await live.store.variants(numbers) }
            guard case .incomplete = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `SN-7: another version stops the store`() async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.add(FaultRule(match: "any", times: nil, action: .otherVersion("2026-10")))
            let error = await failure(of: live.store.identify)
            #expect(error == .otherVersion(shop: live.store.shop, asked: "2026-07", answered: "2026-10"))
        }
    }

    @Test(arguments: [
        (granted: ["read_products", "read_locations"], operation: "StockStates"),
        (granted: ["read_locations"], operation: "CatalogCounts"),
        (granted: ["read_products", "read_locations", "read_inventory"], operation: "UpdateProduct"),
    ])
    func `CF-3: a missing right is named by the store's own words`(granted: [String], operation: String) async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.setScopes(granted)
            let error = await failure { () throws(StoreError) in
                switch operation {
                case "StockStates":
                    _ = try await live.store.stock(items: try Self.ids(live).items, location: 1)
                case "CatalogCounts":
                    _ = try await live.export()
                default:
                    _ = try await live.store.update(product: try Self.ids(live).products[0], to: [.vendor: .text("x")])
                }
            }
            guard case .missingScope(_, operation, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("access scope"))
        }
    }

    @Test func `CF-3: a store whose locations may not be seen still tells its rights`() async throws {
        try await LiveStore.with(LiveStore()) { live in
            live.simulated.setScopes(["read_products", "read_inventory"])
            let identity = try await live.store.identify()
            #expect(identity.locations.isEmpty)
            #expect(identity.scopes == ["read_products", "read_inventory"])
        }
    }

    @Test func `pulls the collections`() async throws {
        let product = SimulatedProduct(
            title: "Lamp",
            variants: [SimulatedVariant(sku: "L", price: "1.00")],
            collections: ["new"]
        )
        try await LiveStore.with(LiveStore(variants: 10, products: [product])) { live in
            let export = try await live.store.exportCollections(into: live.folder)
            #expect(try TestStore.lines(of: export.path).count == export.proof.objects)
            #expect((export.proof.rootObjects ?? 0) > 0)
        }
    }

    /// The lines of a file as JSON with sorted members, sorted themselves.
    private static func canonical(_ path: String) throws -> [String] {
        try TestStore.lines(of: path).map { line in
            String(decoding: sorted(try ShopifyAdmin.JSONValue(reading: Array(line.utf8))).bytes, as: UTF8.self)
        }.sorted()
    }

    private static func sorted(_ value: ShopifyAdmin.JSONValue) -> ShopifyAdmin.JSONValue {
        switch value {
        case .array(let elements): .array(elements.map(sorted))
        case .object(let members):
            .object(members.sorted { $0.name < $1.name }.map { JSONMember($0.name, sorted($0.value)) })
        default: value
        }
    }

    /// The numbers of the first product and of its first item, as the simulated store tells them.
    private static func ids(_ live: LiveStore) throws(StoreError) -> (products: [Int64], items: [Int64]) {
        let product = live.simulated.catalogue["products"]?.elements?.first
        guard let number = ResourceID(gid: product?["id"]?.text ?? "", as: .product)?.number,
            let text = product?["variants"]?.elements?.first?["inventory_item"]?.text,
            let item = ResourceID(gid: text, as: .inventoryItem)?.number
        else { throw .file(path: "the simulated store", reason: "holds no product") }
        return ([number], [item])
    }

    private static func variantNumbers(_ path: String) throws -> [Int64] {
        try TestStore.lines(of: path).compactMap { line in
            let id = try ShopifyAdmin.JSONValue(reading: Array(line.utf8))["id"]?.text ?? ""
            return ResourceID(gid: id, as: .variant)?.number
        }
    }
}
