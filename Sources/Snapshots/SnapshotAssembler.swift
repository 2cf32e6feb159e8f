import CSimdjson
import Catalog
import Pricing

/// Turns lines into rows while one file is read.
///
/// No allocation per line: texts are hashed where the parser left them, or in scratch memory. Not Sendable.
final class SnapshotAssembler {
    let reader: SnapshotReader
    let key: FingerprintKey
    let scratch = CanonicalScratch()
    let products = RowStorage<ProductRow>()
    let variants = RowStorage<VariantRow>(capacity: 4096)
    let levels = LevelTable()
    /// Unchecked, as one reader has it and every level looks into it.
    @exclusivity(unchecked) var locations = LocationTable()
    var blankSKUs = 0
    var trackedVariants = 0
    private var roots = 0
    private let tagSet = TagSetHash()
    private let productIndex: RowIndex<ProductRow>
    private let variantIndex: RowIndex<VariantRow>
    private let requiredOfProduct: LineField.Bits
    private let requiredOfVariant: LineField.Bits
    private var seenOnAllProducts = ~LineField.Bits(0)
    private var seenOnAllVariants = ~LineField.Bits(0)
    private let currencyLetters: UInt32

    init(_ reader: SnapshotReader) {
        self.reader = reader
        key = reader.key
        currencyLetters = reader.currency.code.utf8.reduce(0) { $0 << 8 | UInt32($1) }
        productIndex = RowIndex(products)
        variantIndex = RowIndex(variants)
        requiredOfProduct = LineField.id | LineField.bits(of: reader.required, owner: .product)
        requiredOfVariant = LineField.variantEssentials | LineField.bits(of: reader.required, owner: .variant)
    }

    /// Adds a product line.
    func addProduct(_ line: UnsafePointer<csj_line>, from lines: BulkLines) throws(SnapshotError) {
        let present = LineField.present(line)
        try require(requiredOfProduct, in: present, line, lines)
        guard line.pointee.seen & LineField.parent == 0 else {
            throw .unexpectedObject(line: lines.lineNumber, id: line.pointee.id.gid)
        }
        guard products.count < UInt32.max >> 1 else { throw .tooMany("products", limit: products.count) }
        roots += 1
        seenOnAllProducts &= present
        var row = ProductRow()
        row.id = line.pointee.id.number
        row.title = fingerprint(line, CSJ_TITLE, .text)
        row.description = description(line)
        row.vendor = fingerprint(line, CSJ_VENDOR, .text)
        row.productType = fingerprint(line, CSJ_PRODUCT_TYPE, .text)
        row.handle = fingerprint(line, CSJ_HANDLE, .exact)
        row.seoTitle = fingerprint(line, CSJ_SEO_TITLE, .text)
        row.seoDescription = fingerprint(line, CSJ_SEO_DESCRIPTION, .text)
        row.status = ProductStatus(csj_line.text(line, CSJ_STATUS), key: key)
        addTags(line, to: &row)
        row.place = LinePlace(offset: lines.fileOffset(of: line), length: line.pointee.length)
        if let title = lines.bytes(of: csj_line.text(line, CSJ_TITLE), in: line),
            let offset = UInt16(exactly: title.lowerBound), let length = UInt16(exactly: title.count)
        {
            row.titleOffset = offset
            row.titleLength = length
        }
        products.append(row)
    }

    /// Adds a variant line.
    func addVariant(_ line: UnsafePointer<csj_line>, from lines: BulkLines) throws(SnapshotError) {
        let present = LineField.present(line)
        try require(requiredOfVariant, in: present, line, lines)
        seenOnAllVariants &= present
        guard variants.count < UInt32.max >> 1 else { throw .tooMany("variants", limit: variants.count) }
        var row = VariantRow()
        row.id = line.pointee.id.number
        row.product = UInt32(try parent(of: line, lines, kind: CSJ_KIND_PRODUCT, in: productIndex, as: .product))
        let values = VariantFields(
            line,
            present: present,
            currency: reader.currency,
            currencyLetters: currencyLetters
        )
        try values.fill(&row, key: key, scratch: scratch, from: lines)
        if row.sku.isNone { blankSKUs += 1 }
        if row.flags.contains(.tracked) { trackedVariants += 1 }
        row.place = LinePlace(offset: lines.fileOffset(of: line), length: line.pointee.length)
        variants.append(row)
    }

    /// Adds an inventory level line.
    func addLevel(_ line: UnsafePointer<csj_line>, from lines: BulkLines) throws(SnapshotError) {
        try require(LineField.levelEssentials, in: LineField.present(line), line, lines)
        guard line.pointee.location.kind == UInt32(CSJ_KIND_LOCATION) else {
            throw .unexpectedObject(line: lines.lineNumber, id: line.pointee.location.gid)
        }
        guard let available = Int32(exactly: line.pointee.available) else {
            throw .unexpectedValue(
                line: lines.lineNumber,
                offset: lines.fileOffset(of: line),
                name: LineField.name(CSJ_AVAILABLE)
            )
        }
        guard levels.count < UInt32.max >> 1 else { throw .tooMany("inventory levels", limit: levels.count) }
        let variant = UInt32(try parent(of: line, lines, kind: CSJ_KIND_VARIANT, in: variantIndex, as: .variant))
        guard let location = locations.index(of: line.pointee.location.number) else {
            throw .tooMany("locations", limit: LocationTable.limit)
        }
        levels.append(LevelRow(available: available, location: location), variant: variant)
    }

    /// Proves the file complete by its counts and closes the rows.
    func finish(
        file: SnapshotFile,
        lines: BulkLines,
        proof: SnapshotProof?
    ) throws(SnapshotError) -> PackedSnapshot {
        try proof?.check(.bytes, lines.bytesRead)
        try proof?.check(.objects, lines.lineNumber)
        try proof?.check(.rootObjects, roots)
        try proof?.check(.products, products.count)
        try proof?.check(.variants, variants.count)
        var fields = LineField.fields(in: seenOnAllProducts, owner: .product)
        fields.formUnion(LineField.fields(in: seenOnAllVariants, owner: .variant))
        if levels.count > 0 || variants.isEmpty || (fields.contains(.tracked) && trackedVariants == 0) {
            fields.insert(.inventory)
        } else if reader.required.contains(.inventory) {
            throw .stockAbsent(variants: variants.count)
        }
        var statistics = SnapshotStatistics()
        statistics.lines = lines.lineNumber
        statistics.products = products.count
        statistics.variants = variants.count
        statistics.levels = levels.count
        statistics.bytes = lines.bytesRead
        statistics.blankSKUs = blankSKUs
        products.trim()
        variants.trim()
        levels.finish(variants: variants.count)
        return PackedSnapshot(
            currency: reader.currency,
            fields: fields,
            locations: locations.ids,
            statistics: statistics,
            file: file,
            key: key,
            descriptions: reader.descriptions,
            products: products,
            variants: variants,
            levels: levels
        )
    }

    @inline(__always)
    private func fingerprint(_ line: UnsafePointer<csj_line>, _ position: Int, _ form: CanonicalForm)
        -> TextFingerprint
    {
        let text = csj_line.text(line, position)
        return text.isEmpty ? .none : TextFingerprint(key.hash(scratch.canonical(text, form: form)))
    }

    private func description(_ line: UnsafePointer<csj_line>) -> TextFingerprint {
        switch reader.descriptions {
        case .canonical: fingerprint(line, CSJ_DESCRIPTION, .html)
        case .asWritten: TextFingerprint(key.hash(line.pointee.raw_description.buffer))
        }
    }

    private func addTags(_ line: UnsafePointer<csj_line>, to row: inout ProductRow) {
        guard let tags = line.pointee.tags else { return }
        for place in 0..<Int(line.pointee.tag_count) {
            let tag = key.hash(scratch.canonical(tags[place].buffer, form: .tags))
            tagSet.insert(tag)
            for (bit, watched) in reader.watchedTags.enumerated() where watched == tag {
                row.watchedTags |= 1 << UInt64(bit)
            }
        }
        row.tags = TextFingerprint(tagSet.finish(key: key))
    }

    @inline(__always)
    private func require(
        _ needed: LineField.Bits,
        in present: LineField.Bits,
        _ line: UnsafePointer<csj_line>,
        _ lines: BulkLines
    ) throws(SnapshotError) {
        let missing = needed & ~present
        guard missing != 0 else { return }
        throw .fieldAbsent(
            name: LineField.name(ofLowest: missing),
            line: lines.lineNumber,
            id: line.pointee.id.gid
        )
    }

    @inline(__always)
    private func parent<Row>(
        of line: UnsafePointer<csj_line>,
        _ lines: BulkLines,
        kind: Int,
        in index: RowIndex<Row>,
        as resource: ResourceID.Kind
    ) throws(SnapshotError) -> Int {
        let parent = line.pointee.parent
        do {
            if parent.kind == UInt32(kind), let row = try index.find(parent.number) { return row }
        } catch {
            throw .duplicateID(ResourceID(resource, error.id).gid)
        }
        throw .parentMissing(
            line: lines.lineNumber,
            id: line.pointee.id.gid,
            parent: parent.gid
        )
    }

    /// Proves of closed rows that no id stands twice, and that no variant has two levels at one location.
    func proveUnique() throws(SnapshotError) {
        try requireUnique(productIndex, .product)
        try requireUnique(variantIndex, .variant)
        if let repeated = levels.firstRepeated(variants: variants.count) {
            let variant = ResourceID(.variant, variants.rows[repeated.variant].id)
            throw .duplicateID("the level of \(variant) at \(locations.id(repeated.location))")
        }
    }

    private func requireUnique<Row>(
        _ index: RowIndex<Row>,
        _ kind: ResourceID.Kind
    ) throws(SnapshotError) {
        do {
            try index.requireUnique()
        } catch {
            throw .duplicateID(ResourceID(kind, error.id).gid)
        }
    }
}
