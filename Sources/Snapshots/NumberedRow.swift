import Catalog

/// A row that is known by the number of an id.
protocol NumberedRow {
    var id: Int64 { get }
}

extension ProductRow: NumberedRow {}
extension VariantRow: NumberedRow {}

extension UnsafeBufferPointer where Element: NumberedRow {
    /// Proves that no id of a kind stands twice; costs nothing where they ascend.
    ///
    /// Else eight bytes a row for a while: the ids are dealt out by their bits, so that those that may be the same are found in
    /// a table that a core's cache holds.
    ///
    /// - Throws: ``SnapshotError/duplicateID(_:)``.
    func proveUnique(_ kind: ResourceID.Kind) throws(SnapshotError) {
        if let repeated = firstRepeatedID() { throw .duplicateID(ResourceID(kind, repeated).gid) }
    }

    private func firstRepeatedID() -> Int64? {
        guard !zip(self, dropFirst()).allSatisfy({ $0.id < $1.id }) else { return nil }
        var bits = 0
        while count >> bits > 2048 { bits += 1 }
        let shift = UInt64(64 - bits)
        // Where the ids of each part begin, then end.
        var ends = [Int](repeating: 0, count: 1 << bits + 1)
        let ids = [Int64](unsafeUninitializedCapacity: count) { ids, initialized in
            ends.withUnsafeMutableBufferPointer { ends in
                for row in self { ends[Int(row.id.mixed >> shift) + 1] += 1 }
                for part in 1..<ends.count { ends[part] += ends[part - 1] }
                for row in self {
                    let part = Int(row.id.mixed >> shift)
                    ids.initializeElement(at: ends[part], to: row.id)
                    ends[part] += 1
                }
            }
            initialized = count
        }
        return ids.withUnsafeBufferPointer { ids in
            var table = IDTable()
            var start = 0
            for end in ends.dropLast() {
                if let repeated = table.firstRepeated(UnsafeBufferPointer<Int64>(rebasing: ids[start..<end])) {
                    return repeated
                }
                start = end
            }
            return nil
        }
    }
}

/// Some thousand ids, hashed to find one that stands twice.
private struct IDTable {
    /// Which of the ids stands there, + 1; 0 where none does.
    private var places: [UInt32] = []

    mutating func firstRepeated(_ ids: UnsafeBufferPointer<Int64>) -> Int64? {
        var size = 16
        while size < ids.count * 2 { size *= 2 }
        if places.count < size {
            places = Array(repeating: 0, count: size)
        }
        return places.withUnsafeMutableBufferPointer { places in
            let mask = size - 1
            places[..<size].update(repeating: 0)
            for (number, id) in ids.enumerated() {
                var place = Int(truncatingIfNeeded: id.mixed) & mask
                while places[place] != 0 {
                    if ids[Int(places[place]) - 1] == id { return id }
                    place = (place + 1) & mask
                }
                places[place] = UInt32(number + 1)
            }
            return nil
        }
    }
}

extension Int64 {
    /// Multiplied by 2⁶⁴ over the golden ratio, with its upper half folded into the lower: ids that count up by any step spread
    /// evenly, by their highest bits as by their lowest.
    @inline(__always) var mixed: UInt64 {
        let product = UInt64(bitPattern: self) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }
}
