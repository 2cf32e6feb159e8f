import Catalog
import Dispatch

/// Sorts items of a plan by SKU.
///
/// The items are large and their SKUs alike in the first signs, so numbers made of the first sixteen bytes are sorted instead, and
/// texts are compared only where those are equal.
enum SKUOrder {
    private struct Key {
        let head: UInt64
        let next: UInt64
        let place: Int
    }

    /// Into how many shares lists are cut, and the fewest items worth it.
    private static let shares = 8
    private static let leastItems = 1 << 12

    /// Sorts in place by the bytes of the SKUs; `precedes` orders the items of one SKU.
    static func sort<Item>(_ items: inout [Item], by sku: (Item) -> SKU, then precedes: (Item, Item) -> Bool) {
        items.withUnsafeMutableBufferPointer { sort($0, by: sku, then: precedes) }
    }

    /// The items of sorted lists in one sorted list, made on all cores; equal ones in the order of their lists.
    ///
    /// Every list is cut at the same SKUs, so that what lies between two of them is a share of its own.
    static func merged<Item: Sendable>(
        _ lists: [[Item]],
        by sku: @Sendable (Item) -> SKU,
        then precedes: @Sendable (Item, Item) -> Bool
    ) -> [Item] {
        let total = lists.reduce(0) { $0 + $1.count }
        let longest = lists.max { $0.count < $1.count } ?? []
        let shares = total < leastItems ? 1 : shares
        // Where each share begins in each list.
        let starts = (0...shares).map { share in
            guard share > 0, share < shares else { return lists.map { share == 0 ? 0 : $0.count } }
            let cut = sku(longest[longest.count * share / shares])
            return lists.map { firstPlace(in: $0) { sku($0) < cut } }
        }
        return [Item](unsafeUninitializedCapacity: total) { memory, count in
            let memory = ShareMemory(items: memory)
            DispatchQueue.concurrentPerform(iterations: shares) { share in
                let places = starts[share].reduce(0, +)..<starts[share + 1].reduce(0, +)
                let part = UnsafeMutableBufferPointer(rebasing: memory.items[places])
                var filled = 0
                for (number, list) in lists.enumerated() {
                    let items = list[starts[share][number]..<starts[share + 1][number]]
                    filled = part[filled...].initialize(fromContentsOf: items)
                }
                sort(part, by: sku, then: precedes)
            }
            count = total
        }
    }

    /// Memory in which each share is written by one thread.
    private struct ShareMemory<Item>: @unchecked Sendable {
        let items: UnsafeMutableBufferPointer<Item>
    }

    /// The place of the first item that does not stand before something, by halving.
    private static func firstPlace<Item>(in items: [Item], standsBefore: (Item) -> Bool) -> Int {
        var (low, high) = (0, items.count)
        while low < high {
            let middle = (low + high) / 2
            if standsBefore(items[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func sort<Item>(
        _ items: UnsafeMutableBufferPointer<Item>,
        by sku: (Item) -> SKU,
        then precedes: (Item, Item) -> Bool
    ) {
        guard items.count > 1 else { return }
        var keys: [Key] = []
        keys.reserveCapacity(items.count)
        for (place, item) in items.enumerated() {
            let (head, next) = leadingBytes(of: sku(item))
            keys.append(Key(head: head, next: next, place: place))
        }
        keys.sort { left, right in
            if left.head != right.head { return left.head < right.head }
            if left.next != right.next { return left.next < right.next }
            let (first, second) = (sku(items[left.place]), sku(items[right.place]))
            if first != second { return first < second }
            if precedes(items[left.place], items[right.place]) { return true }
            return !precedes(items[right.place], items[left.place]) && left.place < right.place
        }
        move(items, to: keys)
    }

    /// Puts at each place the item whose number stands there: moved out and back, so that no references are counted.
    private static func move<Item>(_ items: UnsafeMutableBufferPointer<Item>, to keys: [Key]) {
        guard let start = items.baseAddress else { return }
        let scratch = UnsafeMutablePointer<Item>.allocate(capacity: keys.count)
        defer { scratch.deallocate() }
        for (place, key) in keys.enumerated() {
            (scratch + place).moveInitialize(from: start + key.place, count: 1)
        }
        start.moveInitialize(from: scratch, count: keys.count)
    }

    /// The first sixteen bytes as two numbers that order as the bytes do; what a short text lacks counts as zero bytes.
    private static func leadingBytes(of sku: SKU) -> (UInt64, UInt64) {
        var words: (UInt64, UInt64) = (0, 0)
        var count = 0
        for byte in sku.text.utf8.prefix(16) {
            if count < 8 {
                words.0 |= UInt64(byte) << UInt64(56 - 8 * count)
            } else {
                words.1 |= UInt64(byte) << UInt64(120 - 8 * count)
            }
            count += 1
        }
        return words
    }
}
