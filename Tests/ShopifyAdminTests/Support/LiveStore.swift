import Catalog
import CurlTransport
import Foundation
import Glibc
import Runs
import Settings
import SimulatedShopify
import Testing

@testable import ShopifyAdmin

/// The adapter against a pretend store, over real HTTP; waits jump for both.
final class LiveStore: Sendable {
    let simulated: SimulatedStore
    let store: ShopifyStore
    let clock: JumpingClock
    let folder: String
    private let server: SimulatedServer

    /// Starts a store with a generated catalogue.
    init(
        variants: Int = 60,
        currency: String = "EUR",
        bucket: SimulatedStoreConfiguration.CostBucketSize = .init(),
        products: [SimulatedProduct] = []
    ) async throws {
        let clock = JumpingClock()
        let locations = ["Amsterdam", "Utrecht"]
        let generated = CatalogueGenerator(variants: variants, seed: 7).products(digits: 2, locations: locations)
        var configuration = SimulatedStoreConfiguration(
            shop: "lumen-home.myshopify.com",
            currency: currency,
            products: products + generated,
            locations: locations.map { SimulatedLocation(name: $0) },
            now: {
                Date(timeIntervalSince1970: (JumpingClock.start + clock.elapsed - Timestamp(seconds: 0)) / .seconds(1))
            }
        )
        configuration.bucket = bucket
        simulated = try SimulatedStore(configuration)
        server = try await SimulatedServer.start([simulated])
        self.clock = clock
        folder = try TestStore.makeFolder()
        store = ShopifyStore(
            address: StoreAddress(
                shop: try #require(ShopDomain("lumen-home.myshopify.com")),
                endpoint: server.baseURL(of: simulated),
                allowInsecureEndpoint: true
            ),
            credential: .token(Secret("shpat_simulated")),
            transport: try CurlClient(userAgent: "synctec-tests", environment: [:]),
            clock: clock.clock
        )
    }

    deinit {
        for name in ["catalog.jsonl", "collections.jsonl"] { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    /// Does the work, then stops the server.
    static func with(
        _ live: LiveStore,
        _ work: (LiveStore) async throws -> Void
    ) async throws {
        do {
            try await work(live)
        } catch {
            await live.server.stop()
            throw error
        }
        await live.server.stop()
    }

    func export() async throws(StoreError) -> CatalogExport {
        try await store.exportCatalog(into: folder, resuming: nil, started: { _ in }, progress: { _ in })
    }

    /// The variant that bears the SKU, as the simulated store holds it.
    func truth(_ sku: String) throws -> SimulatedShopify.JSONValue {
        try #require(simulated.variants(sku: sku).first)
    }

    /// The number in an id that the simulated store told.
    static func number(_ id: String?) throws -> Int64 {
        try #require(id?.split(separator: "/").last.flatMap { Int64($0) })
    }
}
