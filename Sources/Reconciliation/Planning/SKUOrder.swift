import Catalog

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

    /// Sorts in place by the bytes of the SKUs; `precedes` orders the items of one SKU.
    static func sort<Item>(_ items: inout [Item], by sku: (Item) -> SKU, then precedes: (Item, Item) -> Bool) {
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
        move(&items, to: keys)
    }

    /// Puts at each place the item whose number stands there: moved out and back, so that no references are counted.
    private static func move<Item>(_ items: inout [Item], to keys: [Key]) {
        let scratch = UnsafeMutablePointer<Item>.allocate(capacity: keys.count)
        defer { scratch.deallocate() }
        items.withUnsafeMutableBufferPointer { items in
            guard let start = items.baseAddress else { return }
            for (place, key) in keys.enumerated() {
                (scratch + place).moveInitialize(from: start + key.place, count: 1)
            }
            start.moveInitialize(from: scratch, count: keys.count)
        }
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
