public import Snapshots

/// What the last good run knew of one matched SKU.
public struct LinkRow: Sendable, Hashable {
    /// The source's SKU.
    public var sku: Fingerprint
    /// The pair of variants it stood for (FAULTS MA-4).
    public var sourceVariant: Int64
    public var destinationVariant: Int64
    /// The amounts the destination was left with, in minor units of its currency; ``VariantRow/noNumber`` for none.
    public var price: Int64
    public var compareAtPrice: Int64
    public var cost: Int64
    /// The stock the destination was left with, over all location groups; ``VariantRow/noNumber`` where it is not written.
    public var stock: Int64

    public init(
        sku: Fingerprint, sourceVariant: Int64, destinationVariant: Int64, price: Int64, compareAtPrice: Int64,
        cost: Int64, stock: Int64
    ) {
        self.sku = sku
        self.sourceVariant = sourceVariant
        self.destinationVariant = destinationVariant
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        self.stock = stock
    }
}

/// The links of one destination, looked up by SKU.
public struct LinkTable: Sendable {
    /// In no particular order; a SKU occurs once.
    public let rows: [LinkRow]
    private let slots: [UInt32]
    private let mask: Int

    /// Indexes the rows; of two with one SKU the later counts.
    public init(_ rows: [LinkRow]) {
        self.rows = rows
        var size = 16
        while size < rows.count * 2 { size *= 2 }
        mask = size - 1
        var slots = [UInt32](repeating: 0, count: size)
        for (index, row) in rows.enumerated() {
            var slot = Int(truncatingIfNeeded: row.sku.low) & mask
            while slots[slot] != 0, rows[Int(slots[slot]) - 1].sku != row.sku { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
        self.slots = slots
    }

    /// No links: a destination's first run.
    public static let empty = LinkTable([])

    /// The link of a SKU.
    public subscript(sku: Fingerprint) -> LinkRow? {
        guard !rows.isEmpty else { return nil }
        var slot = Int(truncatingIfNeeded: sku.low) & mask
        while slots[slot] != 0 {
            let row = rows[Int(slots[slot]) - 1]
            if row.sku == sku { return row }
            slot = (slot + 1) & mask
        }
        return nil
    }
}

extension LinkTable {
    private static let mark: [UInt8] = Array("SYNCLNK1".utf8)
    private static let numbersPerRow = 8

    /// The rows as bytes: a mark, then eight little-endian 64-bit numbers each.
    public func serialized() -> [UInt8] {
        var bytes = Self.mark
        bytes.reserveCapacity(Self.mark.count + rows.count * Self.numbersPerRow * 8)
        for row in rows {
            let numbers = [
                row.sku.high, row.sku.low, UInt64(bitPattern: row.sourceVariant), UInt64(bitPattern: row.destinationVariant),
                UInt64(bitPattern: row.price), UInt64(bitPattern: row.compareAtPrice), UInt64(bitPattern: row.cost),
                UInt64(bitPattern: row.stock),
            ]
            for number in numbers {
                withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return bytes
    }

    /// Reads ``serialized()`` back; `nil` where the bytes are of another form.
    public init?(serialized bytes: [UInt8]) {
        let width = Self.numbersPerRow * 8
        guard bytes.starts(with: Self.mark), (bytes.count - Self.mark.count).isMultiple(of: width) else { return nil }
        var rows: [LinkRow] = []
        rows.reserveCapacity((bytes.count - Self.mark.count) / width)
        bytes.withUnsafeBytes { raw in
            var offset = Self.mark.count
            func next() -> UInt64 {
                defer { offset += 8 }
                return UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            while offset < raw.count {
                let sku = Fingerprint(high: next(), low: next())
                rows.append(
                    LinkRow(
                        sku: sku, sourceVariant: Int64(bitPattern: next()), destinationVariant: Int64(bitPattern: next()),
                        price: Int64(bitPattern: next()), compareAtPrice: Int64(bitPattern: next()),
                        cost: Int64(bitPattern: next()), stock: Int64(bitPattern: next())))
            }
        }
        self.init(rows)
    }
}
