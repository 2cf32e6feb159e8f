public import Catalog
import Pricing
public import Runs
public import Settings
public import Transport

/// A Shopify store over its Admin GraphQL API: the adapter of the port `Store`.
///
/// One value per store and run: its calls share the store's bucket of query cost, the budget of repetitions, the circuit
/// breaker and the token. Copies share them too.
///
/// It knows the API and nothing of matching, prices or plans. Start reading at `GraphQLClient` (the way of one call: pace,
/// send, judge, repeat), then `CatalogExporter` (how a whole catalogue is pulled and proven) and `StoreWriter` (the narrow
/// writes). Every GraphQL document is a file under `Documents`.
public struct ShopifyStore: Store {
    private let endpoint: AdminEndpoint
    private let client: GraphQLClient
    private let currency = CurrencyMemory()

    /// Binds a store; nothing is sent yet.
    public init(
        address: StoreAddress,
        credential: StoreCredential,
        transport: any HTTPExchanging,
        clock: AdminClock,
        limits: AdminLimits = AdminLimits()
    ) {
        endpoint = AdminEndpoint(address)
        client = GraphQLClient(
            endpoint: endpoint,
            token: AdminToken(
                endpoint: endpoint,
                credential: credential,
                transport: transport,
                clock: clock,
                limits: limits
            ),
            transport: transport,
            clock: clock,
            limits: limits,
            bucket: CostBucket(clock: clock, requestsInFlight: limits.requestsInFlight),
            health: StoreHealth(shop: address.shop, limits: limits)
        )
    }

    /// The permanent address.
    public var shop: ShopDomain { endpoint.shop }

    /// Who answers; the store is given up where that is another shop or another version.
    public func identify() async throws(StoreError) -> StoreIdentity {
        let identity: StoreIdentity
        do throws(StoreError) {
            identity = try await IdentityReader(client: client).read()
        } catch {
            // Whoever answers at this address is not the store: nothing more may be sent there.
            switch error {
            case .otherShop, .otherVersion: await client.health.stop(with: error)
            default: break
            }
            throw error
        }
        await currency.keep(identity.currency)
        return identity
    }

    /// Pulls the catalogue by a bulk operation, or page by page where that cannot serve.
    public func exportCatalog(
        into folder: String,
        resuming: ExportTicket?,
        started: @escaping @Sendable (ExportTicket) async throws -> Void,
        progress: @escaping @Sendable (ExportProgress) -> Void
    ) async throws(StoreError) -> CatalogExport {
        let exporter = CatalogExporter(
            client: client,
            bulk: bulk(.catalog, started: started, progress: progress),
            pages: CatalogPages(client: client, progress: progress)
        )
        return try await exporter.export(to: "\(folder)/\(BulkQuery.catalog.fileName)", resuming: resuming)
    }

    /// Pulls the members of all collections by a bulk operation.
    public func exportCollections(into folder: String) async throws(StoreError) -> CatalogExport {
        let exporter = CollectionExporter(
            client: client,
            bulk: bulk(.collections, started: { _ in }, progress: { _ in })
        )
        return try await exporter.export(to: "\(folder)/\(BulkQuery.collections.fileName)")
    }

    /// Reads variants in batches, several at a time.
    public func variants(_ numbers: [Int64]) async throws(StoreError) -> [Int64: VariantRecord] {
        guard !numbers.isEmpty else { return [:] }
        return try await RecordReader(client: client).variants(numbers, currency: try await shopCurrency())
    }

    /// Reads fields of variants in batches, several at a time, and no more than is asked for.
    public func variants(_ numbers: [Int64], fields: FieldSet) async throws(StoreError) -> [Int64: LiveVariant] {
        guard !numbers.isEmpty else { return [:] }
        let currency = try await shopCurrency()
        return try await RecordReader(client: client).variants(numbers, fields: fields, currency: currency)
    }

    /// Reads products in batches, several at a time.
    public func products(_ numbers: [Int64]) async throws(StoreError) -> [Int64: ProductRecord] {
        try await RecordReader(client: client).products(numbers)
    }

    /// Reads the available quantities of items at one location in batches, several at a time.
    public func stock(items: [Int64], location: Int64) async throws(StoreError) -> [Int64: StockState] {
        try await RecordReader(client: client).stock(items: items, location: location)
    }

    /// Sends `productUpdate` with the given fields.
    public func update(
        product: Int64,
        to values: [CatalogField: FieldValue]
    ) async throws(StoreError) -> [WriteRefusal] {
        try await StoreWriter(client: client).update(product: product, to: values)
    }

    /// Sends `productVariantsBulkUpdate` with the given fields, partial updates allowed.
    public func update(variants: [VariantUpdate], of product: Int64) async throws(StoreError) -> [WriteRefusal] {
        guard !variants.isEmpty else { return [] }
        let currency = try await shopCurrency()
        return try await StoreWriter(client: client).update(variants: variants, of: product, currency: currency)
    }

    /// Sends `inventorySetQuantities` with the expected quantities and the key.
    public func setStock(
        _ updates: [StockUpdate],
        key: String,
        reference: String
    ) async throws(StoreError) -> StockAnswer {
        try await StoreWriter(client: client).setStock(updates, key: key, reference: reference)
    }

    /// Sends `inventoryActivate` with the key.
    public func activateStock(_ update: StockUpdate, key: String) async throws(StoreError) -> [WriteRefusal] {
        try await StoreWriter(client: client).activateStock(update, key: key)
    }

    /// Writes by `bulkOperationRunMutation`.
    public var bulk: (any BulkWriting)? {
        BulkWriteStore(client: client, currency: { () async throws(StoreError) in try await shopCurrency() })
    }

    /// What was sent so far.
    ///
    /// Starting an export changes nothing in the store and counts as a query.
    public func counters() async -> StoreCounters {
        await client.health.counters
    }

    private func bulk(
        _ query: BulkQuery,
        started: @escaping @Sendable (ExportTicket) async throws -> Void,
        progress: @escaping @Sendable (ExportProgress) -> Void
    ) -> BulkExporter {
        BulkExporter(
            client: client,
            starter: BulkStarter(client: client, query: query, started: started),
            download: ResultDownload(endpoint: endpoint, transport: client.transport, progress: progress),
            progress: progress
        )
    }

    /// The currency all amounts of the store are in; asked for where ``identify()`` was not called before.
    private func shopCurrency() async throws(StoreError) -> Currency {
        if let known = await currency.known { return known }
        return try await identify().currency
    }
}

/// The store's currency, once it is known.
private actor CurrencyMemory {
    private(set) var known: Currency?

    func keep(_ currency: Currency) {
        known = currency
    }
}
