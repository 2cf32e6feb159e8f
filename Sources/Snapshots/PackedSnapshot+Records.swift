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

    /// Reads many products back, in the order asked for; the file is read from front to back.
    ///
    /// - Throws: As ``productRecord(_:)``.
    public func records(ofProducts indices: [Int]) throws(SnapshotError) -> [ProductRecord] {
        let rows = products
        return try records(indices, offset: { rows[$0].place.offset }) { records, index throws(SnapshotError) in
            try records.product(rows[index])
        }
    }

    /// Reads many products back as ``records(ofProducts:)`` does, with no more than their titles.
    ///
    /// - Throws: As ``productRecord(_:)``.
    public func titles(ofProducts indices: [Int]) throws(SnapshotError) -> [ProductRecord] {
        let rows = products
        return try records(indices, offset: { rows[$0].place.offset }) { records, index throws(SnapshotError) in
            try records.title(rows[index])
        }
    }

    /// Reads many variants back, in the order asked for; the file is read from front to back.
    ///
    /// - Throws: As ``productRecord(_:)``.
    public func records(ofVariants indices: [Int]) throws(SnapshotError) -> [VariantRecord] {
        let rows = variants
        let products = products
        return try records(indices, offset: { rows[$0].place.offset }) { records, index throws(SnapshotError) in
            try records.variant(rows[index], product: products[Int(rows[index].product)].id)
        }
    }

    /// Reads a variant's SKU back: `nil` where the store has null.
    ///
    /// - Throws: As ``productRecord(_:)``.
    public func skuText(ofVariant index: Int) throws(SnapshotError) -> String? {
        try lineRecords().sku(variants[index])
    }

    private func lineRecords() throws(SnapshotError) -> LineRecords {
        guard let file else { throw .noFile }
        return try LineRecords(file, currency: currency)
    }

    private func records<Record>(
        _ indices: [Int],
        offset: (Int) -> Int,
        read: (LineRecords, Int) throws(SnapshotError) -> Record
    ) throws(SnapshotError) -> [Record] {
        guard !indices.isEmpty else { return [] }
        let lines = try lineRecords()
        let order = indices.indices.sorted { offset(indices[$0]) < offset(indices[$1]) }
        var found: [(place: Int, record: Record)] = []
        found.reserveCapacity(indices.count)
        for place in order { found.append((place, try read(lines, indices[place]))) }
        found.sort { $0.place < $1.place }
        return found.map(\.record)
    }
}
