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
    let products: RowStorage<ProductRow>
    let variants: RowStorage<VariantRow>
    let levels: LevelTable
    /// nil where titles are not kept.
    private let titles: TitleTable?
    /// Unchecked, as one reader has it and every level looks into it.
    @exclusivity(unchecked) var locations = LocationTable()
    /// Without what is counted of lines and rows as such.
    private var tally = SnapshotTally()
    private let tagSet = TagSetHash()
    private let productIndex: RowIndex<ProductRow>
    private let variantIndex: RowIndex<VariantRow>
    private let requiredOfProduct: LineField.Bits
    private let requiredOfVariant: LineField.Bits
    private let currencyLetters: UInt32

    /// Begins with room for so many variants, which costs nothing where they don't come.
    init(_ reader: SnapshotReader, variants expected: Int = 4096, keepsTitles: Bool = false) {
        self.reader = reader
        titles = keepsTitles ? TitleTable() : nil
        products = RowStorage(capacity: expected / 4)
        variants = RowStorage(capacity: expected)
        levels = LevelTable(capacity: expected * 2)
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
        tally.roots += 1
        tally.onAllProducts &= present
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
        let title = csj_line.text(line, CSJ_TITLE)
        if let place = lines.bytes(of: title, in: line), let offset = UInt16(exactly: place.lowerBound),
            let length = UInt16(exactly: place.count)
        {
            row.titleOffset = offset
            row.titleLength = length
            titles?.append(title)
        } else {
            titles?.append(nil)
        }
        products.append(row)
    }

    /// Adds a variant line.
    func addVariant(_ line: UnsafePointer<csj_line>, from lines: BulkLines) throws(SnapshotError) {
        let present = LineField.present(line)
        try require(requiredOfVariant, in: present, line, lines)
        tally.onAllVariants &= present
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
        if row.sku.isNone { tally.counts.blankSKUs += 1 }
        if row.flags.contains(.tracked) { tally.trackedVariants += 1 }
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

    /// Adds all lines of a file, or of a part of it.
    func addAll(_ lines: BulkLines, progress: (Int) -> Void = { _ in }) throws(SnapshotError) {
        while let line = try lines.next(progress: progress) {
            switch Int(line.pointee.id.kind) {
            case CSJ_KIND_LEVEL: try addLevel(line, from: lines)
            case CSJ_KIND_VARIANT: try addVariant(line, from: lines)
            case CSJ_KIND_PRODUCT: try addProduct(line, from: lines)
            default: throw .unexpectedObject(line: lines.lineNumber, id: line.pointee.id.gid)
            }
        }
    }

    /// Proves the file complete by its counts and closes the rows.
    func finish(
        file: SnapshotFile,
        lines: BulkLines,
        proof: SnapshotProof?
    ) throws(SnapshotError) -> PackedSnapshot {
        let tally = tally(of: lines)
        try proof?.check(.bytes, tally.counts.bytes)
        try proof?.check(.objects, tally.counts.lines)
        try proof?.check(.rootObjects, tally.roots)
        try proof?.check(.products, tally.counts.products)
        try proof?.check(.variants, tally.counts.variants)
        try tally.requireStock(reader.required)
        products.trim()
        variants.trim()
        return closed(tally, file: file)
    }

    /// Closes the rows of a part of a file.
    func finishPortion(file: SnapshotFile, lines: BulkLines) throws(SnapshotError) -> SnapshotPortion {
        let tally = tally(of: lines)
        let portion = SnapshotPortion(rows: closed(tally, file: file), tally: tally)
        try proveLevelsUnique()
        return portion
    }

    private func tally(of lines: BulkLines) -> SnapshotTally {
        var tally = tally
        tally.counts.lines = lines.lineNumber
        tally.counts.bytes = lines.bytesRead
        tally.counts.products = products.count
        tally.counts.variants = variants.count
        tally.counts.levels = levels.count
        return tally
    }

    private func closed(_ tally: SnapshotTally, file: SnapshotFile) -> PackedSnapshot {
        levels.finish(variants: variants.count)
        return PackedSnapshot(
            currency: reader.currency,
            fields: tally.fields,
            locations: locations.ids,
            statistics: tally.counts,
            file: file,
            key: key,
            descriptions: reader.descriptions,
            products: products,
            variants: variants,
            levels: levels,
            titles: titles
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
        try products.buffer.proveUnique(.product)
        try variants.buffer.proveUnique(.variant)
        try proveLevelsUnique()
    }

    private func proveLevelsUnique() throws(SnapshotError) {
        if let repeated = levels.firstRepeated(variants: variants.count) {
            let variant = ResourceID(.variant, variants.rows[repeated.variant].id)
            throw .duplicateID("the level of \(variant) at \(locations.id(repeated.location))")
        }
    }
}
