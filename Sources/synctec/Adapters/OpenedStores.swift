import Catalog
import Runs
import Synchronization

/// The stores that a command opened, for what they were asked in all.
final class OpenedStores: Sendable {
    private let stores = Mutex<[any Store]>([])

    /// Notes a store that was opened.
    func add(_ store: any Store) { stores.withLock { $0.append(store) } }

    /// What each shop was asked so far, in the order of their names; the stores are then forgotten.
    func takeSums() async -> [(shop: ShopDomain, sum: StoreCounters)] {
        var sums: [ShopDomain: StoreCounters] = [:]
        let taken = stores.withLock { stores in
            defer { stores = [] }
            return stores
        }
        for store in taken {
            let counters = await store.counters()
            sums[store.shop, default: StoreCounters()].queries += counters.queries
            sums[store.shop, default: StoreCounters()].mutations += counters.mutations
            sums[store.shop, default: StoreCounters()].throttled += counters.throttled
            sums[store.shop, default: StoreCounters()].points += counters.points
        }
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
