import Catalog
import Runs
import Snapshots

/// A store at whose first direct read another run takes the lock over.
struct TakingStore: Store {
    actor Trigger {
        private let ledger: MemoryLedger
        private let scope: LockScope
        private var isDone = false

        init(ledger: MemoryLedger, scope: LockScope) {
            self.ledger = ledger
            self.scope = scope
        }

        func pull() async {
            guard !isDone else { return }
            isDone = true
            await ledger.takeOver(scope)
        }
    }

    let base: any Store
    let trigger: Trigger

    var shop: ShopDomain { base.shop }

    func identify() async throws(StoreError) -> StoreIdentity { try await base.identify() }

    func exportCatalog(
        into folder: String,
        resuming: ExportTicket?,
        started: @escaping @Sendable (ExportTicket) async throws -> Void,
        progress: @escaping @Sendable (ExportProgress) -> Void
    ) async throws(StoreError) -> CatalogExport {
        try await base.exportCatalog(into: folder, resuming: resuming, started: started, progress: progress)
    }

    func exportCollections(into folder: String) async throws(StoreError) -> CatalogExport {
        try await base.exportCollections(into: folder)
    }

    func variants(_ numbers: [Int64]) async throws(StoreError) -> [Int64: VariantRecord] {
        await trigger.pull()
        return try await base.variants(numbers)
    }

    func products(_ numbers: [Int64]) async throws(StoreError) -> [Int64: ProductRecord] {
        try await base.products(numbers)
    }

    func stock(items: [Int64], location: Int64) async throws(StoreError) -> [Int64: StockState] {
        try await base.stock(items: items, location: location)
    }

    func update(product: Int64, to values: [CatalogField: FieldValue]) async throws(StoreError) -> [WriteRefusal] {
        try await base.update(product: product, to: values)
    }

    func update(variants: [VariantUpdate], of product: Int64) async throws(StoreError) -> [WriteRefusal] {
        try await base.update(variants: variants, of: product)
    }

    func setStock(_ updates: [StockUpdate], key: String, reference: String) async throws(StoreError) -> StockAnswer {
        try await base.setStock(updates, key: key, reference: reference)
    }

    func activateStock(_ update: StockUpdate, key: String) async throws(StoreError) -> [WriteRefusal] {
        try await base.activateStock(update, key: key)
    }

    func counters() async -> StoreCounters { await base.counters() }
}
