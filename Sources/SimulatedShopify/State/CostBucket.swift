/// The leaky bucket of points that every call draws from (Admin API, "Shopify API limits").
struct CostBucket {
    private(set) var size: SimulatedStoreConfiguration.CostBucketSize
    /// In thousandths of a point, so that refilling by milliseconds is exact.
    private var thousandths: Int64
    private var refilledAt: Int64

    init(_ size: SimulatedStoreConfiguration.CostBucketSize, at milliseconds: Int64) {
        self.size = size
        thousandths = Int64(size.maximum) * 1000
        refilledAt = milliseconds
    }

    /// Changes the size; the bucket keeps what it holds, up to the new size.
    mutating func resize(_ size: SimulatedStoreConfiguration.CostBucketSize, at milliseconds: Int64) {
        refill(at: milliseconds)
        self.size = size
        thousandths = min(thousandths, Int64(size.maximum) * 1000)
    }

    mutating func refill(at milliseconds: Int64) {
        let passed = max(0, milliseconds - refilledAt)
        refilledAt = max(refilledAt, milliseconds)
        thousandths = min(Int64(size.maximum) * 1000, thousandths + passed * Int64(size.restorePerSecond))
    }

    var available: Int { Int(max(0, thousandths / 1000)) }

    /// Takes the points where the bucket holds them.
    mutating func take(_ points: Int) -> Bool {
        guard thousandths >= Int64(points) * 1000 else { return false }
        thousandths -= Int64(points) * 1000
        return true
    }

    mutating func giveBack(_ points: Int) {
        thousandths = min(Int64(size.maximum) * 1000, thousandths + Int64(points) * 1000)
    }

    mutating func empty() { thousandths = 0 }
}
