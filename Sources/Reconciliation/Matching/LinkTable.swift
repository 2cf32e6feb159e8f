public import Catalog
public import Snapshots

/// What the last good run knew of one matched SKU.
public struct LinkRow: Sendable, Hashable {
    /// The source's SKU.
    public var sku: Fingerprint
    /// The pair of variants it stood for (FAULTS MA-4).
    public var sourceVariant: Int64
    /// The destination's variant of that pair.
    public var destinationVariant: Int64
    /// The amounts the destination was left with, in minor units of its currency; ``VariantRow/noNumber`` for none, and
    /// for a price that differed at first sight and was not written.
    public var price: Int64
    /// As ``price``, for the compare-at price.
    public var compareAtPrice: Int64
    /// As ``price``, for the cost.
    public var cost: Int64
    /// The stock the destination was left with, over all location groups; ``VariantRow/noNumber`` where it is not written.
    public var stock: Int64
    /// The fields that differed and were not corrected, by who had moved: so that the next run still knows.
    public var open: OpenFields

    /// A link of these values.
    public init(
        sku: Fingerprint,
        sourceVariant: Int64,
        destinationVariant: Int64,
        price: Int64,
        compareAtPrice: Int64,
        cost: Int64,
        stock: Int64,
        open: OpenFields = OpenFields()
    ) {
        self.sku = sku
        self.sourceVariant = sourceVariant
        self.destinationVariant = destinationVariant
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.cost = cost
        self.stock = stock
        self.open = open
    }

    /// Whether it is about just this pair of variants.
    func joins(_ source: VariantRow, _ destination: VariantRow) -> Bool {
        sourceVariant == source.id && destinationVariant == destination.id
    }
}

/// Fields of a SKU that a run found to differ and left as they were: held, braked, refused or not reached.
///
/// Fingerprints alone cannot tell later who moved: a source's new title that was not written looks like a destination's drift.
public struct OpenFields: Sendable, Hashable {
    /// The source had moved.
    public var sourceMoved = FieldSet()
    /// The destination had moved.
    public var destinationMoved = FieldSet()
    /// Nobody knew, since there was no last good run.
    public var unknown = FieldSet()

    /// No open field.
    public init() {}

    /// Notes a field with what was known.
    public mutating func note(_ field: CatalogField, _ verdict: Verdict) {
        switch verdict {
        case .sourceChanged: sourceMoved.insert(field)
        case .destinationDrifted: destinationMoved.insert(field)
        case .both:
            sourceMoved.insert(field)
            destinationMoved.insert(field)
        case .firstSight: unknown.insert(field)
        }
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
        index(of: sku).map { rows[$0] }
    }

    /// As ``index(of:)``, tried at a place first: links are in the order of the destination of the run before.
    func index(of sku: Fingerprint, tryingFirst guess: Int) -> Int? {
        guess < rows.count && rows[guess].sku == sku ? guess : index(of: sku)
    }

    /// The place of a SKU's link among ``rows``.
    func index(of sku: Fingerprint) -> Int? {
        guard !rows.isEmpty else { return nil }
        var slot = Int(truncatingIfNeeded: sku.low) & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if rows[place].sku == sku { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }
}

extension LinkTable {
    private static let mark: [UInt8] = Array("SYNCLNK3".utf8)
    private static let numbersPerRow = 10

    /// The rows as bytes: a mark, then ten little-endian 64-bit numbers each.
    public func serialized() -> [UInt8] {
        var bytes = Self.mark
        bytes.reserveCapacity(Self.mark.count + rows.count * Self.numbersPerRow * 8)
        func write(_ number: UInt64) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for row in rows {
            write(row.sku.high)
            write(row.sku.low)
            write(UInt64(bitPattern: row.sourceVariant))
            write(UInt64(bitPattern: row.destinationVariant))
            write(UInt64(bitPattern: row.price))
            write(UInt64(bitPattern: row.compareAtPrice))
            write(UInt64(bitPattern: row.cost))
            write(UInt64(bitPattern: row.stock))
            write(UInt64(row.open.sourceMoved.rawValue) << 32 | UInt64(row.open.destinationMoved.rawValue))
            write(UInt64(row.open.unknown.rawValue))
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
                var row = LinkRow(
                    sku: sku,
                    sourceVariant: Int64(bitPattern: next()),
                    destinationVariant: Int64(bitPattern: next()),
                    price: Int64(bitPattern: next()),
                    compareAtPrice: Int64(bitPattern: next()),
                    cost: Int64(bitPattern: next()),
                    stock: Int64(bitPattern: next())
                )
                let moved = next()
                row.open.sourceMoved = FieldSet(rawValue: UInt32(truncatingIfNeeded: moved >> 32))
                row.open.destinationMoved = FieldSet(rawValue: UInt32(truncatingIfNeeded: moved))
                row.open.unknown = FieldSet(rawValue: UInt32(truncatingIfNeeded: next()))
                rows.append(row)
            }
        }
        self.init(rows)
    }
}
