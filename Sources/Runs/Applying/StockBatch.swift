import Catalog
import Reconciliation

/// Quantities of one location that are read, set and read back together.
struct StockBatch: Sendable {
    let location: Int64
    var items: [Numbered]
    /// Whether the precondition is not in the call itself, so that the items are read before.
    let isScreened: Bool

    /// Cuts corrections into batches by location and by what one call takes.
    ///
    /// `unsettled` are items whose tracking the same run was to switch.
    static func batches(of items: [Numbered], unsettled: Set<Int64>) -> [StockBatch] {
        var order: [Int64] = []
        var byLocation: [Int64: [Numbered]] = [:]
        for item in items {
            guard let location = item.correction.target.location else { continue }
            if byLocation[location] == nil { order.append(location) }
            byLocation[location, default: []].append(item)
        }
        return order.flatMap { location in
            let all = byLocation[location] ?? []
            func needsLook(_ item: Numbered) -> Bool {
                item.correction.target.activates || unsettled.contains(item.correction.target.inventoryItem)
            }
            return [true, false].flatMap { isScreened in
                let part = all.filter { needsLook($0) == isScreened }
                return stride(from: 0, to: part.count, by: StoreLimits.quantitiesPerCall).map { start in
                    StockBatch(
                        location: location,
                        items: Array(part[start..<min(start + StoreLimits.quantitiesPerCall, part.count)]),
                        isScreened: isScreened
                    )
                }
            }
        }
    }
}
