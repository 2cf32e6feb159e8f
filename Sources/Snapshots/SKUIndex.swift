import CSimdjson

/// What an index says about a SKU.
public enum SKULookup: Sendable, Hashable {
    /// No variant bears it.
    case none
    /// Just the variant of this row.
    case one(Int)
    /// Several variants; the row is the first of ``SKUIndex/rows(sharingWith:)``.
    case many(first: Int)
}

/// Finds the variants of a snapshot by SKU.
///
/// Open addressing over row numbers, 6 to 12 bytes a row; fingerprints stay in the rows. Blank SKUs are not in it
/// (FAULTS MA-2). Built once per run and shared by all destinations.
///
/// `@unchecked Sendable`: the table is not written any more.
public final class SKUIndex: @unchecked Sendable {
    /// The snapshot it was built on.
    public let snapshot: PackedSnapshot
    /// The rows of each SKU that more than one variant bears, in the order of their first rows (FAULTS MA-1).
    public let duplicates: [[Int]]
    /// How many different SKUs there are.
    public let distinctSKUs: Int

    private let table: SKUTable
    /// The table's.
    private let slots: UnsafeMutableBufferPointer<UInt32>
    private let mask: UInt64
    private let groupOfFirst: [Int: Int]

    /// Builds the index; takes some ten nanoseconds a row.
    public convenience init(_ snapshot: PackedSnapshot) { self.init(of: snapshot.variants.indices, in: snapshot) }

    /// Builds the index of some rows, which are in the order of the file.
    public convenience init(_ snapshot: PackedSnapshot, rows: [Int]) { self.init(of: rows, in: snapshot) }

    private convenience init(of rows: some RandomAccessCollection<Int>, in snapshot: PackedSnapshot) {
        let table = SKUTable(rows: rows.count)
        table.insert(rows, of: snapshot.variants)
        self.init(snapshot, table)
    }

    /// The index of a table of a snapshot's rows.
    init(_ snapshot: PackedSnapshot, _ table: SKUTable) {
        self.snapshot = snapshot
        self.table = table
        slots = table.slots
        mask = UInt64(table.slots.count - 1)
        distinctSKUs = table.distinct
        duplicates = table.groups.values.sorted { $0[0] < $1[0] }
        groupOfFirst = Dictionary(uniqueKeysWithValues: duplicates.enumerated().map { ($0.element[0], $0.offset) })
    }

    /// The variants that bear a SKU; none for ``Fingerprint/none``.
    public func lookup(_ sku: Fingerprint) -> SKULookup {
        guard !sku.isNone else { return .none }
        let variants = snapshot.variants
        var place = Int(sku.low & mask)
        while true {
            let slot = slots[place]
            guard slot != 0 else { return .none }
            let row = Int(slot & ~SKUTable.sharedBit) - 1
            if variants[row].sku == sku {
                return slot & SKUTable.sharedBit == 0 ? .one(row) : .many(first: row)
            }
            place = Int(UInt64(place + 1) & mask)
        }
    }

    /// Brings the slot nearer at which the look-up of a SKU begins.
    func prefetchSlot(of sku: Fingerprint) -> Int {
        let place = Int(sku.low & mask)
        if let start = slots.baseAddress { csj_prefetch(start + place) }
        return place
    }

    /// The row that a slot names, whatever its SKU; -1 for none.
    func row(inSlot place: Int) -> Int { Int(slots[place] & ~SKUTable.sharedBit) - 1 }

    /// All rows that share the SKU of the first of them; just the row itself where it is alone.
    public func rows(sharingWith first: Int) -> [Int] {
        groupOfFirst[first].map { duplicates[$0] } ?? [first]
    }
}
