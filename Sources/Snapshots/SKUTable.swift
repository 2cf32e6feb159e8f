import CSimdjson

/// Open addressing over row numbers by SKU, which a ``SKUIndex`` is made of.
///
/// Takes rows as they come, so that they may still be in a cache. Not Sendable by itself: filled by one thread at a time, then frozen into
/// an index.
final class SKUTable {
    /// Row number + 1, with ``sharedBit`` set where the SKU has several rows; 0 is free.
    @exclusivity(unchecked) private(set) var slots: UnsafeMutableBufferPointer<UInt32>
    /// How many different SKUs there are.
    private(set) var distinct = 0
    /// By the first of the rows that share a SKU, all of them.
    private(set) var groups: [Int: [Int]] = [:]

    static let sharedBit: UInt32 = 1 << 31
    private static let rowsAhead = 16

    /// Begins with room for so many rows.
    init(rows expected: Int) {
        slots = Self.allocate(rows: expected)
    }

    deinit {
        slots.deallocate()
    }

    /// Makes room for so many rows while there are none.
    func reserve(rows expected: Int) {
        guard distinct == 0, Self.capacity(rows: expected) > slots.count else { return }
        slots.deallocate()
        slots = Self.allocate(rows: expected)
    }

    /// Adds rows that follow those added before; blank SKUs are left out (FAULTS MA-2).
    func insert(_ rows: some RandomAccessCollection<Int>, of variants: UnsafeBufferPointer<VariantRow>) {
        if Self.capacity(rows: distinct + rows.count) > slots.count { grow(to: distinct + rows.count, of: variants) }
        let mask = UInt64(slots.count - 1)
        var ahead = rows.dropFirst(Self.rowsAhead).makeIterator()
        for row in rows {
            let sku = variants[row].sku
            // The slots are all over the place: those of rows to come are on their way meanwhile.
            if let next = ahead.next(), let start = slots.baseAddress {
                csj_prefetch(start + Int(variants[next].sku.low & mask))
            }
            guard !sku.isNone else { continue }
            var place = Int(sku.low & mask)
            while true {
                let slot = slots[place]
                if slot == 0 {
                    slots[place] = UInt32(row + 1)
                    distinct += 1
                    break
                }
                let holder = Int(slot & ~Self.sharedBit) - 1
                if variants[holder].sku == sku {
                    slots[place] |= Self.sharedBit
                    groups[holder, default: [holder]].append(row)
                    break
                }
                place = Int(UInt64(place + 1) & mask)
            }
        }
    }

    /// Puts what is there into a larger table.
    private func grow(to rows: Int, of variants: UnsafeBufferPointer<VariantRow>) {
        let old = slots
        // More than is needed now: more is to come.
        slots = Self.allocate(rows: max(rows, distinct * 2))
        let mask = UInt64(slots.count - 1)
        for slot in old where slot != 0 {
            var place = Int(variants[Int(slot & ~Self.sharedBit) - 1].sku.low & mask)
            while slots[place] != 0 { place = Int(UInt64(place + 1) & mask) }
            slots[place] = slot
        }
        old.deallocate()
    }

    /// A power of two of which rows take two thirds at most.
    private static func capacity(rows: Int) -> Int {
        var capacity = 16
        while capacity * 2 < rows * 3 { capacity *= 2 }
        return capacity
    }

    /// Free slots, written once: a page that is read before it is written is asked for twice.
    private static func allocate(rows: Int) -> UnsafeMutableBufferPointer<UInt32> {
        let slots = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: capacity(rows: rows))
        slots.initialize(repeating: 0)
        return slots
    }
}
