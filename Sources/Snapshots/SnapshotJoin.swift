import Catalog

/// Makes one snapshot of a file's portions, of all of their variants or of those that somebody has to look at.
///
/// Portions are appended in the order of the file. Of variants that are left out it keeps what tells where they are, and that
/// no id stands twice. Not Sendable: one thread at a time.
public final class SnapshotJoin {
    private let file: PortionedFile
    private let products = RowStorage<ProductRow>()
    private let variants = RowStorage<VariantRow>(capacity: 4096)
    private let levels = LevelTable()
    private var locations = LocationTable()
    private var tally = SnapshotTally()
    private var kept = KeptRows()
    /// All variants of the file, where only some are kept.
    private let traces = RowStorage<VariantTrace>(capacity: 1)
    private let traceProducts = RowStorage<UInt32>(capacity: 1)
    /// The titles of products of which a variant was kept because somebody has to look at it.
    private let titles = TitleTable()
    /// The SKUs of portions that were added with all of their variants.
    private let skus = SKUTable(rows: 0)

    /// Begins with nothing.
    public init(_ file: PortionedFile) {
        self.file = file
    }

    /// Adds a portion with all of its variants.
    ///
    /// - Throws: ``SnapshotError/tooMany(_:limit:)``.
    public func append(_ portion: SnapshotPortion) throws(SnapshotError) {
        let (rows, numbers) = (portion.rows, try locationNumbers(portion.rows))
        let (firstRow, firstProduct) = (variants.count, UInt32(products.count))
        if variants.isEmpty {
            variants.reserve(expected(rows.variants.count))
            skus.reserve(rows: expected(rows.variants.count))
            levels.reserve(variants: expected(rows.variants.count), levels: expected(rows.levelTable.count))
        }
        try addProducts(portion)
        for row in rows.variants { variants.append(row.moved(by: firstProduct)) }
        levels.append(rows.levelTable, from: firstRow, variants: rows.variants.count, locations: numbers)
        skus.insert(firstRow..<variants.count, of: variants.buffer)
    }

    /// Adds a portion with some of its variants, in the order of its rows.
    ///
    /// - Returns: The numbers that the first of these variants and the portion's first product have here.
    /// - Throws: ``SnapshotError/tooMany(_:limit:)``.
    public func append(
        _ portion: SnapshotPortion,
        keeping chosen: [Int]
    ) throws(SnapshotError) -> (firstRow: Int, firstProduct: Int) {
        let (rows, numbers) = (portion.rows, try locationNumbers(portion.rows))
        let (firstRow, firstProduct) = (variants.count, UInt32(products.count))
        let firstPlace = traces.count
        if traces.isEmpty {
            traces.reserve(expected(rows.variants.count))
            traceProducts.reserve(expected(rows.variants.count))
        }
        try addProducts(portion)
        for row in rows.variants {
            traces.append(VariantTrace(id: row.id, place: row.place))
            traceProducts.append(row.product + firstProduct)
        }
        if let known = rows.titles {
            titles.append(known, of: rows.products, keeping: chosen.lazy.map { Int(rows.variants[$0].product) })
        }
        for index in chosen {
            let row = UInt32(variants.count)
            variants.append(rows.variants[index].moved(by: firstProduct))
            kept.append(place: firstPlace + index)
            for level in rows.levels(ofVariant: index) {
                let location = numbers.isEmpty ? level.location : numbers[Int(level.location)]
                levels.append(LevelRow(available: level.available, location: location), variant: row)
            }
        }
        return (firstRow, Int(firstProduct))
    }

    /// Takes a variant in after all that was left out, to be named in a report: its id, its product, and the SKU it shares
    /// with another row.
    ///
    /// Its other values are not known, and not to be asked for.
    public func takeIn(place: Int, sharingSKUOf other: Int) {
        guard kept.row(atPlace: place) == nil, let row = kept.row(atPlace: other) else { return }
        var named = VariantRow()
        named.id = traces.rows[place].id
        named.place = traces.rows[place].place
        named.product = traceProducts.rows[place]
        named.sku = variants.rows[row].sku
        kept.append(late: place, row: variants.count)
        variants.append(named)
    }

    /// The number of the product of a variant, by the variant's place in the file, whether it was kept or not.
    public func product(atPlace place: Int) -> Int { Int(traceProducts.rows[place]) }

    /// The snapshot, whose statistics are those of the whole file, and what is left to be proven of it.
    ///
    /// Nothing may be appended after it.
    ///
    /// - Throws: ``SnapshotError/stockAbsent(variants:)``.
    public func finished() throws(SnapshotError) -> (snapshot: PackedSnapshot, ids: UniqueIDs) {
        try tally.requireStock(file.reader.required)
        products.trim()
        variants.trim()
        levels.finish(variants: variants.count)
        let snapshot = PackedSnapshot(
            currency: file.reader.currency,
            fields: tally.fields,
            locations: locations.ids,
            statistics: tally.counts,
            file: file.file,
            key: file.reader.key,
            descriptions: file.reader.descriptions,
            products: products,
            variants: variants,
            levels: levels,
            kept: traces.isEmpty ? nil : kept,
            titles: titles
        )
        return (snapshot, UniqueIDs(products: products, variants: variants, traces: traces))
    }

    /// As ``finished()``, with the index of all variants; for portions that were added with all of theirs.
    public func indexed() throws(SnapshotError) -> (index: SKUIndex, ids: UniqueIDs) {
        precondition(traces.isEmpty, "an index knows all variants or none")
        let (snapshot, ids) = try finished()
        return (SKUIndex(snapshot, skus), ids)
    }

    private func addProducts(_ portion: SnapshotPortion) throws(SnapshotError) {
        if products.isEmpty { products.reserve(expected(portion.rows.products.count)) }
        tally.add(portion.tally)
        let limit = Int(UInt32.max >> 1)
        let counts = tally.counts
        guard counts.products < limit, counts.variants < limit, counts.levels < limit else {
            throw .tooMany("products, variants or inventory levels", limit: limit)
        }
        products.append(contentsOf: portion.rows.products)
    }

    /// How many rows the file may have in all where its first portion has so many.
    ///
    /// Room for them costs nothing before they come, and is not copied as they do. For what is beyond some millions the kernel moves pages, so no guess is needed.
    private func expected(_ count: Int) -> Int { min(count * file.count + count / 8, 1 << 22) }

    /// The numbers here of a portion's locations; empty where they are the same.
    private func locationNumbers(_ rows: PackedSnapshot) throws(SnapshotError) -> [UInt16] {
        let numbers = try rows.locations.map { location throws(SnapshotError) in
            guard let number = locations.index(of: location.number) else {
                throw SnapshotError.tooMany("locations", limit: LocationTable.limit)
            }
            return number
        }
        return numbers.enumerated().allSatisfy { $0.offset == Int($0.element) } ? [] : numbers
    }
}

/// The ids of a file's products and variants, of which it is left to be proven that none stands twice.
///
/// `@unchecked Sendable`: made of rows that are never written again.
public struct UniqueIDs: @unchecked Sendable {
    fileprivate let products: RowStorage<ProductRow>
    fileprivate let variants: RowStorage<VariantRow>
    /// All variants, where rows are only some.
    fileprivate let traces: RowStorage<VariantTrace>

    /// Proves it.
    ///
    /// - Throws: ``SnapshotError/duplicateID(_:)``.
    public func prove() throws(SnapshotError) {
        try products.buffer.proveUnique(.product)
        if traces.isEmpty {
            try variants.buffer.proveUnique(.variant)
        } else {
            try traces.buffer.proveUnique(.variant)
        }
    }
}

/// What is kept of a variant that is in step.
struct VariantTrace: NumberedRow {
    let id: Int64
    let place: LinePlace
}

/// Which of a file's variants a snapshot has, by their places in the file.
struct KeptRows: Sendable {
    /// The places of the rows that were kept when they were read, ascending.
    private var places: [UInt32] = []
    /// The rows that were taken in later, by their places.
    private var late: [Int: Int] = [:]

    mutating func append(place: Int) { places.append(UInt32(place)) }

    mutating func append(late place: Int, row: Int) { late[place] = row }

    /// The row at a place; nil where it was left out.
    func row(atPlace place: Int) -> Int? {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(places[middle]) < place { low = middle + 1 } else { high = middle }
        }
        return low < places.count && Int(places[low]) == place ? low : late[place]
    }

    /// The place of a row that was kept when it was read.
    func place(ofRow row: Int) -> Int { Int(places[row]) }
}

extension VariantRow {
    /// The same where products have other numbers.
    fileprivate func moved(by products: UInt32) -> VariantRow {
        var row = self
        row.product += products
        return row
    }
}
