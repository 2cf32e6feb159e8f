import CSimdjson
import Catalog
import Glibc
import Pricing

/// Reads lines of a snapshot's file again, as full values.
///
/// Keeps its parser and memory from line to line. Not Sendable.
final class LineRecords {
    private let file: SnapshotFile
    private let currency: Currency
    private let key: FingerprintKey
    private let scratch = CanonicalScratch()
    private let parser: OpaquePointer
    private var memory: UnsafeMutableRawBufferPointer
    /// The part of the file in memory.
    private var window = 0..<0

    /// Where the lines end that are wanted next and near: they are read in one go.
    private var wantedEnd = 0

    /// A gap that costs about as much to copy as another call of the kernel does, in bytes.
    private static let nearBytes = 4096
    /// The most that is read at once for the sake of lines that follow, in bytes.
    private static let windowBytes = 1 << 16

    init(_ file: SnapshotFile, currency: Currency, key: FingerprintKey) throws(SnapshotError) {
        guard let parser = csj_create() else { throw .file(path: file.path, reason: "there is no memory for a parser") }
        self.file = file
        self.currency = currency
        self.key = key
        self.parser = parser
        memory = .allocate(byteCount: 1 << 14, alignment: 64)
    }

    deinit {
        csj_destroy(parser)
        memory.deallocate()
    }

    /// The line of a row, valid until the next call.
    ///
    /// - Throws: ``SnapshotError/lineChanged(path:offset:)`` where it isn't the line that was read before.
    private func line(
        _ place: LinePlace,
        id: Int64,
        kind: Int
    ) throws(SnapshotError) -> UnsafePointer<csj_line> {
        if let bytes = try bytes(place).baseAddress {
            // With its newline, so that templates of earlier lines may read it.
            csj_begin(parser, bytes, place.length + 1)
            if csj_next(parser) == 0, let line = csj_current(parser), line.pointee.id.number == id,
                line.pointee.id.kind == UInt32(kind), line.pointee.length == place.length
            {
                return line
            }
        }
        throw .lineChanged(path: file.path, offset: place.offset)
    }

    /// The bytes at a place with the one behind them, valid until the next call; none where the file has become shorter.
    private func bytes(_ place: LinePlace) throws(SnapshotError) -> UnsafeBufferPointer<UInt8> {
        let end = place.offset + place.length + 1
        if lacks(place) { try load(from: place.offset, to: end) }
        guard end <= window.upperBound, let start = memory.baseAddress else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        let first = (start + (place.offset - window.lowerBound)).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: first, count: place.length + 1)
    }

    /// Tells which lines are read next, in the order of the file.
    func expect(_ places: some Sequence<LinePlace>) {
        var begin: Int?
        for place in places {
            let start = begin ?? place.offset
            if begin != nil, place.offset - wantedEnd > Self.nearBytes || place.offset - start > Self.windowBytes {
                return
            }
            begin = start
            wantedEnd = place.offset + place.length + 1
        }
    }

    /// Whether a line is outside of what is in memory.
    func lacks(_ place: LinePlace) -> Bool {
        place.offset < window.lowerBound || place.offset + place.length + 1 > window.upperBound
    }

    /// Brings a line into memory, and with it those that were said to follow and are near.
    private func load(from offset: Int, to end: Int) throws(SnapshotError) {
        let count = max(end, wantedEnd) - offset
        wantedEnd = 0
        if count + Int(CSJ_PADDING) > memory.count {
            memory.deallocate()
            memory = .allocate(byteCount: count + Int(CSJ_PADDING), alignment: 64)
        }
        let part = UnsafeMutableRawBufferPointer(rebasing: memory[0..<count])
        window = 0..<0
        let filled = try file.read(into: part, at: offset)
        window = offset..<offset + filled
        if let start = memory.baseAddress { memset(start + filled, 0x20, Int(CSJ_PADDING)) }
    }

    /// The product of a row with these fields; others are empty or absent.
    func product(_ row: ProductRow, fields: FieldSet = .all) throws(SnapshotError) -> ProductRecord {
        if fields == FieldSet(.title) { return ProductRecord(row, title: try title(row)) }
        csj_leave_descriptions(parser, fields.contains(.description) ? 0 : 1)
        let line = try line(row.place, id: row.id, kind: CSJ_KIND_PRODUCT)
        func wanted(_ field: CatalogField, _ position: Int) -> String? {
            fields.contains(field) ? text(line, position) : nil
        }
        let tags = UnsafeBufferPointer(start: line.pointee.tags, count: Int(line.pointee.tag_count))
        return ProductRecord(
            id: ResourceID(.product, row.id),
            handle: wanted(.handle, CSJ_HANDLE) ?? "",
            title: wanted(.title, CSJ_TITLE) ?? "",
            descriptionHTML: wanted(.description, CSJ_DESCRIPTION) ?? "",
            vendor: wanted(.vendor, CSJ_VENDOR) ?? "",
            productType: wanted(.productType, CSJ_PRODUCT_TYPE) ?? "",
            tags: fields.contains(.tags) ? tags.map(\.string) : [],
            status: wanted(.status, CSJ_STATUS) ?? "",
            seoTitle: wanted(.seoTitle, CSJ_SEO_TITLE),
            seoDescription: wanted(.seoDescription, CSJ_SEO_DESCRIPTION)
        )
    }

    /// The title of a row's product: just its bytes where they stand in the line as they are, and proven by their fingerprint.
    private func title(_ row: ProductRow) throws(SnapshotError) -> String {
        guard let place = row.titlePlace else {
            return text(try line(row.place, id: row.id, kind: CSJ_KIND_PRODUCT), CSJ_TITLE) ?? ""
        }
        let title = UnsafeBufferPointer(rebasing: try bytes(place).dropLast())
        guard TextFingerprint(key.hash(scratch.canonical(title, form: .text))) == row.title else {
            throw .lineChanged(path: file.path, offset: row.place.offset)
        }
        return String(decoding: title, as: UTF8.self)
    }

    /// The description of a row's product in canonical form.
    func description(_ row: ProductRow) throws(SnapshotError) -> TextFingerprint {
        csj_leave_descriptions(parser, 0)
        let line = try line(row.place, id: row.id, kind: CSJ_KIND_PRODUCT)
        let text = csj_line.text(line, CSJ_DESCRIPTION)
        return text.isEmpty ? .none : TextFingerprint(key.hash(scratch.canonical(text, form: .html)))
    }

    /// The variant of a row with its ids and SKU, and with these fields; others are empty, false or absent.
    func variant(_ row: VariantRow, product: Int64, fields: FieldSet = .all) throws(SnapshotError) -> VariantRecord {
        let line = try line(row.place, id: row.id, kind: CSJ_KIND_VARIANT)
        return VariantRecord(
            id: ResourceID(.variant, row.id),
            product: ResourceID(.product, product),
            inventoryItem: ResourceID(.inventoryItem, line.pointee.item.number),
            title: fields == .all ? text(line, CSJ_TITLE) ?? "" : "",
            sku: text(line, CSJ_SKU),
            barcode: fields.contains(.barcode) ? text(line, CSJ_BARCODE) : nil,
            price: fields.contains(.price) ? amount(line, CSJ_PRICE) : .absent,
            compareAtPrice: fields.contains(.compareAtPrice) ? amount(line, CSJ_COMPARE_AT_PRICE) : .absent,
            cost: fields.contains(.cost) ? amount(line, CSJ_COST_AMOUNT) : .absent,
            taxable: line.pointee.taxable != 0,
            inventoryPolicy: fields.contains(.inventoryPolicy) ? text(line, CSJ_INVENTORY_POLICY) ?? "" : "",
            tracked: line.pointee.tracked != 0,
            requiresShipping: line.pointee.requires_shipping != 0,
            countryOfOrigin: fields.contains(.countryOfOrigin) ? text(line, CSJ_COUNTRY) : nil,
            hsCode: fields.contains(.hsCode) ? text(line, CSJ_HS_CODE) : nil,
            weight: fields.contains(.weight) ? weight(line) : nil
        )
    }

    /// The SKU of a row as the store has it.
    func sku(_ row: VariantRow) throws(SnapshotError) -> String? {
        text(try line(row.place, id: row.id, kind: CSJ_KIND_VARIANT), CSJ_SKU)
    }

    private func text(_ line: UnsafePointer<csj_line>, _ position: Int) -> String? {
        guard line.pointee.seen & ~line.pointee.nulls & LineField.bit(position) != 0 else { return nil }
        return String(decoding: csj_line.text(line, position), as: UTF8.self)
    }

    private func amount(_ line: UnsafePointer<csj_line>, _ position: Int) -> FieldValue {
        guard let text = text(line, position) else { return .absent }
        do {
            return .amount(try Money(parsing: text, as: currency))
        } catch {
            return .unreadable(text)
        }
    }

    private func weight(_ line: UnsafePointer<csj_line>) -> Weight? {
        guard let value = text(line, CSJ_WEIGHT_VALUE),
            let unit = PackedWeight.unit(csj_line.text(line, CSJ_WEIGHT_UNIT))
        else { return nil }
        return Weight(value: value, unit: unit)
    }
}

extension ProductRecord {
    /// The product of a row with no more than its title.
    convenience init(_ row: ProductRow, title: String) {
        self.init(
            id: ResourceID(.product, row.id),
            handle: "",
            title: title,
            descriptionHTML: "",
            vendor: "",
            productType: "",
            tags: [],
            status: "",
            seoTitle: nil,
            seoDescription: nil
        )
    }
}

extension ProductRow {
    /// Where these fields are read back from: the title alone where it stands, all others in the whole line.
    func place(of fields: FieldSet) -> LinePlace {
        fields == FieldSet(.title) ? titlePlace ?? place : place
    }

    /// Where the title alone is read back; nil where it has to be taken from the whole line.
    fileprivate var titlePlace: LinePlace? {
        titleLength == 0 ? nil : LinePlace(offset: place.offset + Int(titleOffset), length: Int(titleLength))
    }
}
