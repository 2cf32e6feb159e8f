import Catalog
import Reconciliation

/// Quantities of one location that are read, set and read back together.
struct StockBatch: Sendable {
    let location: Int64
    var items: [Numbered]

    /// Cuts corrections into batches by location and by what one call takes.
    static func batches(of items: [Numbered]) -> [StockBatch] {
        var order: [Int64] = []
        var byLocation: [Int64: [Numbered]] = [:]
        for item in items {
            guard let location = item.correction.target.location else { continue }
            if byLocation[location] == nil { order.append(location) }
            byLocation[location, default: []].append(item)
        }
        return order.flatMap { location in
            let all = byLocation[location] ?? []
            return stride(from: 0, to: all.count, by: StoreLimits.quantitiesPerCall).map { start in
                StockBatch(
                    location: location,
                    items: Array(all[start..<min(start + StoreLimits.quantitiesPerCall, all.count)])
                )
            }
        }
    }
}
