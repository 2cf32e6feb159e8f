import Catalog
import Runs
import Snapshots
import Synchronization

/// Counts what a process does to the outside, and pulls its plug at the n-th thing (FAULTS AP-3).
final class Power: Sendable {
    private let state: Mutex<(left: Int?, used: Int)>
    private let counting: @Sendable () -> Void

    /// - Parameters:
    ///   - left: how many things happen before the power is gone; `nil` for all.
    ///   - counting: called at every thing.
    init(left: Int? = nil, counting: @escaping @Sendable () -> Void = {}) {
        state = Mutex((left, 0))
        self.counting = counting
    }

    var used: Int { state.withLock { $0.used } }

    /// Whether the next thing still happens.
    func spend() -> Bool {
        counting()
        return state.withLock { state in
            state.used += 1
            guard let left = state.left else { return true }
            return state.used <= left
        }
    }

    var isOn: Bool { state.withLock { state in state.left.map { state.used <= $0 } ?? true } }
}

/// A store whose calls end with the power: a write may have been carried out although its answer never comes.
struct PoweredStore: Store {
    let base: any Store
    let power: Power

    var shop: ShopDomain { base.shop }

    private var off: StoreError { .unavailable(shop: shop, operation: "any", reason: "the power is off") }

    private func reading<Value>(_ body: () async throws(StoreError) -> Value) async throws(StoreError) -> Value {
        guard power.spend() else { throw off }
        return try await body()
    }

    /// Two things happen at a write: it is carried out, and its answer comes.
    private func writing<Value>(_ body: () async throws(StoreError) -> Value) async throws(StoreError) -> Value {
        guard power.spend() else { throw off }
        let value = try await body()
        guard power.spend() else { throw off }
        return value
    }

    func identify() async throws(StoreError) -> StoreIdentity {
        try await reading { () throws(StoreError) in try await base.identify() }
    }

    func exportCatalog(
        into folder: String,
        resuming: ExportTicket?,
        started: @escaping @Sendable (ExportTicket) async throws -> Void,
        progress: @escaping @Sendable (ExportProgress) -> Void
    ) async throws(StoreError) -> CatalogExport {
        try await reading { () throws(StoreError) in
            try await base.exportCatalog(into: folder, resuming: resuming, started: started, progress: progress)
        }
    }

    func exportCollections(into folder: String) async throws(StoreError) -> CatalogExport {
        try await reading { () throws(StoreError) in try await base.exportCollections(into: folder) }
    }

    func variants(_ numbers: [Int64]) async throws(StoreError) -> [Int64: VariantRecord] {
        try await reading { () throws(StoreError) in try await base.variants(numbers) }
    }

    func products(_ numbers: [Int64]) async throws(StoreError) -> [Int64: ProductRecord] {
        try await reading { () throws(StoreError) in try await base.products(numbers) }
    }

    func stock(items: [Int64], location: Int64) async throws(StoreError) -> [Int64: StockState] {
        try await reading { () throws(StoreError) in try await base.stock(items: items, location: location) }
    }

    func update(product: Int64, to values: [CatalogField: FieldValue]) async throws(StoreError) -> [WriteRefusal] {
        try await writing { () throws(StoreError) in try await base.update(product: product, to: values) }
    }

    func update(variants: [VariantUpdate], of product: Int64) async throws(StoreError) -> [WriteRefusal] {
        try await writing { () throws(StoreError) in try await base.update(variants: variants, of: product) }
    }

    func setStock(_ updates: [StockUpdate], key: String, reference: String) async throws(StoreError) -> StockAnswer {
        try await writing { () throws(StoreError) in try await base.setStock(updates, key: key, reference: reference) }
    }

    func activateStock(_ update: StockUpdate, key: String) async throws(StoreError) -> [WriteRefusal] {
        try await writing { () throws(StoreError) in try await base.activateStock(update, key: key) }
    }

    func counters() async -> StoreCounters { await base.counters() }
}
