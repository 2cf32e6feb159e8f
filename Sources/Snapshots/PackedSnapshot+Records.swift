public import Catalog

extension PackedSnapshot {
    /// Whether rows can be read back: true but for a snapshot made from stored bytes.
    public var hasFile: Bool { file != nil }

    /// Reads a product back from the file.
    ///
    /// - Throws: ``SnapshotError/noFile``, ``SnapshotError/lineChanged(path:offset:)``, ``SnapshotError/file(path:reason:)``.
    public func productRecord(_ index: Int) throws(SnapshotError) -> ProductRecord {
        try lineRecords().product(products[index])
    }

    /// Reads a variant back from the file.
    ///
    /// Values of fields that are not among ``fields`` are empty, false or absent, and mean nothing.
    ///
    /// - Throws: As ``productRecord(_:)``.
    public func variantRecord(_ index: Int) throws(SnapshotError) -> VariantRecord {
        let row = variants[index]
        return try lineRecords().variant(row, product: products[Int(row.product)].id)
    }

    /// A variant's SKU as its row has it; `nil` for a blank one, one of more than fifteen bytes, and where the snapshot has no file.
    public func packedSKU(ofVariant index: Int) -> String? { key?.skuText(of: variants[index].sku) }

    /// A variant's SKU, read back where its row doesn't have it: `nil` where the store has null.
    ///
    /// - Throws: As ``productRecord(_:)``.
    public func skuText(ofVariant index: Int) throws(SnapshotError) -> String? {
        if let packed = packedSKU(ofVariant: index) { return packed }
        return try lineRecords().sku(variants[index])
    }

    fileprivate func lineRecords() throws(SnapshotError) -> LineRecords {
        guard let file, let key else { throw .noFile }
        return try LineRecords(file, currency: currency, key: key)
    }
}

/// Reads many rows of one snapshot back, with one parser and one piece of memory from call to call.
///
/// Not Sendable: one thread, one source of records.
public final class RecordSource {
    private let snapshot: PackedSnapshot
    private var opened: LineRecords?

    /// Reads rows of this snapshot; opens nothing yet.
    public init(_ snapshot: PackedSnapshot) {
        self.snapshot = snapshot
    }

    /// Reads products back, in the order asked for; the file is read from front to back.
    ///
    /// - Throws: ``SnapshotError/noFile``, ``SnapshotError/lineChanged(path:offset:)``, ``SnapshotError/file(path:reason:)``.
    public func products(_ indices: [Int]) throws(SnapshotError) -> [ProductRecord] {
        try products(indices.map { ($0, .all) })
    }

    /// Reads products back as ``products(_:)-([Int])`` does, each with its id and the fields that are wanted of it.
    ///
    /// Others mean nothing. A title alone costs the least.
    ///
    /// - Throws: As ``products(_:)-([Int])``.
    public func products(_ wanted: [(row: Int, fields: FieldSet)]) throws(SnapshotError) -> [ProductRecord] {
        let (rows, titles) = (snapshot.products, snapshot.titles)
        return try records(wanted, place: { rows[$0.row].place(of: $0.fields) }) {
            lines,
            wanted throws(SnapshotError) in
            let row = rows[wanted.row]
            if wanted.fields == FieldSet(.title), let title = titles?.title(ofProduct: wanted.row, row) {
                return ProductRecord(row, title: String(decoding: title, as: UTF8.self))
            }
            return try lines.product(row, fields: wanted.fields)
        }
    }

    /// The SKUs of variants, of which only long ones are read back; `nil` for blank ones.
    ///
    /// - Throws: As ``products(_:)-([Int])``.
    public func skus(_ indices: [Int]) throws(SnapshotError) -> [SKU?] {
        let rows = snapshot.variants
        let packed = indices.map { snapshot.packedSKU(ofVariant: $0) }
        let long = zip(indices, packed).filter { $1 == nil && !rows[$0].sku.isNone }.map(\.0)
        var found = try variants(long.map { ($0, FieldSet()) }).makeIterator()
        return zip(indices, packed).map { index, text in
            SKU(text ?? (rows[index].sku.isNone ? nil : found.next()?.sku))
        }
    }

    /// The fingerprints of products' descriptions in canonical form, whichever ``DescriptionForm`` their rows have.
    ///
    /// - Throws: As ``products(_:)-([Int])``.
    public func descriptions(_ indices: [Int]) throws(SnapshotError) -> [TextFingerprint] {
        let rows = snapshot.products
        return try records(indices, place: { rows[$0].place }) { lines, index throws(SnapshotError) in
            try lines.description(rows[index])
        }
    }

    /// Reads variants back, in the order asked for; the file is read from front to back.
    ///
    /// Values of fields that are not among ``PackedSnapshot/fields`` are empty, false or absent, and mean nothing.
    ///
    /// - Throws: As ``products(_:)-([Int])``.
    public func variants(_ indices: [Int]) throws(SnapshotError) -> [VariantRecord] {
        try variants(indices.map { ($0, .all) })
    }

    /// Reads variants back as ``variants(_:)-([Int])`` does, each with its ids, its SKU and the fields that are wanted of it;
    /// others mean nothing.
    ///
    /// - Throws: As ``products(_:)-([Int])``.
    public func variants(_ wanted: [(row: Int, fields: FieldSet)]) throws(SnapshotError) -> [VariantRecord] {
        let (rows, products) = (snapshot.variants, snapshot.products)
        return try records(wanted, place: { rows[$0.row].place }) { lines, wanted throws(SnapshotError) in
            let row = rows[wanted.row]
            return try lines.variant(row, product: products[Int(row.product)].id, fields: wanted.fields)
        }
    }

    private func lines() throws(SnapshotError) -> LineRecords {
        if let opened { return opened }
        let lines = try snapshot.lineRecords()
        opened = lines
        return lines
    }

    private func records<Wanted, Record>(
        _ indices: [Wanted],
        place: (Wanted) -> LinePlace,
        read: (LineRecords, Wanted) throws(SnapshotError) -> Record
    ) throws(SnapshotError) -> [Record] {
        guard !indices.isEmpty else { return [] }
        let lines = try lines()
        let places = indices.map(place)
        let ascends = zip(places, places.dropFirst()).allSatisfy { $0.offset <= $1.offset }
        guard ascends else {
            let order = places.indices.sorted { places[$0].offset < places[$1].offset }
            let sorted = try records(order, place: { places[$0] }) { lines, number throws(SnapshotError) in
                try read(lines, indices[number])
            }
            return zip(order, sorted).sorted { $0.0 < $1.0 }.map(\.1)
        }
        var found: [Record] = []
        found.reserveCapacity(indices.count)
        for (number, wanted) in indices.enumerated() {
            if lines.lacks(places[number]) { lines.expect(places[number...]) }
            found.append(try read(lines, wanted))
        }
        return found
    }
}
