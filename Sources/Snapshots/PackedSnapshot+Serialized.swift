import CXxhash
import Catalog
import Pricing

/// The stored form: the rows of the last good run, by which the next run tells who changed a value.
///
/// A header with a version, the rows with what they share left out, and a checksum over all of it. Without the places in the
/// file and without watched tags, which belong to one run's rules. About 40 bytes a variant.
extension PackedSnapshot {
    private static let magic: UInt64 = 0x3350_414E_5353_4E59  // "YNSSNAP3" from the lowest byte
    private static let checksumBytes = 8

    /// The rows as bytes, to be kept in the ledger; their descriptions have to be in canonical form.
    public func serialized() -> [UInt8] { serialized(mark: Self.magic) }

    /// As ``serialized()``, under the mark of another version where a test needs that.
    package func serialized(mark: UInt64) -> [UInt8] {
        precondition(descriptions == .canonical, "rows are kept to be compared with other files")
        var writer = StoredBytesWriter()
        writer.write(fixed: mark)
        for letter in currency.code.utf8 { writer.write(UInt64(letter)) }
        writer.write(UInt64(fields.rawValue))
        for count in [statistics.lines, statistics.bytes, statistics.blankSKUs] { writer.write(UInt64(count)) }
        writer.write(UInt64(locations.count))
        for location in locations { writer.write(signed: location.number) }
        writeProducts(&writer)
        writeVariants(&writer)
        writeLevels(&writer)
        writer.write(fixed: Self.checksum(writer.bytes[...]))
        return writer.bytes
    }

    /// Takes the bytes of ``serialized()``.
    ///
    /// - Throws: ``SnapshotError/storedFormDamaged(reason:)``, ``SnapshotError/storedFormOfAnotherVersion``.
    public convenience init(serialized bytes: [UInt8]) throws(SnapshotError) {
        guard bytes.count > 2 * Self.checksumBytes else { throw .storedFormDamaged(reason: "it ends early") }
        let content = bytes.dropLast(Self.checksumBytes)
        var tail = StoredBytesReader(bytes.suffix(Self.checksumBytes))
        guard try tail.fixed() == Self.checksum(content) else {
            throw .storedFormDamaged(reason: "its checksum is wrong")
        }
        var reader = StoredBytesReader(content)
        guard try reader.fixed() == Self.magic else { throw .storedFormOfAnotherVersion }
        var code = ""
        for _ in 0..<3 { code.unicodeScalars.append(Unicode.Scalar(UInt8(try reader.number(below: 128)))) }
        guard let currency = Currency(code: code) else {
            throw .storedFormDamaged(reason: "its currency \(code) is unknown")
        }
        let fields = FieldSet(rawValue: UInt32(try reader.number(below: 1 << 32)))
        var statistics = SnapshotStatistics()
        statistics.lines = Int(try reader.number(below: 1 << 62))
        statistics.bytes = Int(try reader.number(below: 1 << 62))
        statistics.blankSKUs = Int(try reader.number(below: 1 << 62))
        var locations: [ResourceID] = []
        for _ in 0..<(try reader.count(leastBytes: 1)) { locations.append(ResourceID(.location, try reader.signed())) }
        let products = try Self.readProducts(&reader)
        let variants = try Self.readVariants(&reader, products: products.count)
        let levels = try Self.readLevels(&reader, variants: variants.count, locations: locations.count)
        guard reader.remaining == 0 else { throw .storedFormDamaged(reason: "something follows the rows") }
        statistics.products = products.count
        statistics.variants = variants.count
        statistics.levels = levels.count
        self.init(
            currency: currency,
            fields: fields,
            locations: locations,
            statistics: statistics,
            file: nil,
            key: nil,
            descriptions: .canonical,
            products: products,
            variants: variants,
            levels: levels
        )
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBytes { XXH3_64bits($0.baseAddress, $0.count) }
    }
}

extension PackedSnapshot {
    private func writeProducts(_ writer: inout StoredBytesWriter) {
        var columns = FingerprintColumns()
        var previous: Int64 = 0
        writer.write(UInt64(products.count))
        for row in products {
            writer.write(signed: row.id &- previous)
            previous = row.id
            writer.write(UInt64(row.status.rawValue))
            columns.write(row.title, column: 0, to: &writer)
            columns.write(row.description, column: 1, to: &writer)
            columns.write(row.vendor, column: 2, to: &writer)
            columns.write(row.productType, column: 3, to: &writer)
            columns.write(row.tags, column: 4, to: &writer)
            columns.write(row.handle, column: 5, to: &writer)
            columns.write(row.seoTitle, column: 6, to: &writer)
            columns.write(row.seoDescription, column: 7, to: &writer)
        }
    }

    private static func readProducts(_ reader: inout StoredBytesReader) throws(SnapshotError) -> RowStorage<ProductRow>
    {
        var columns = FingerprintColumns()
        var previous: Int64 = 0
        let count = try reader.count(leastBytes: 2 + FingerprintColumns.count)
        let rows = RowStorage<ProductRow>(capacity: count)
        for _ in 0..<count {
            var row = ProductRow()
            previous = previous &+ (try reader.signed())
            row.id = previous
            row.status = ProductStatus(rawValue: UInt32(try reader.number(below: 1 << 32)))
            row.title = try columns.read(column: 0, from: &reader)
            row.description = try columns.read(column: 1, from: &reader)
            row.vendor = try columns.read(column: 2, from: &reader)
            row.productType = try columns.read(column: 3, from: &reader)
            row.tags = try columns.read(column: 4, from: &reader)
            row.handle = try columns.read(column: 5, from: &reader)
            row.seoTitle = try columns.read(column: 6, from: &reader)
            row.seoDescription = try columns.read(column: 7, from: &reader)
            rows.append(row)
        }
        return rows
    }

    private func writeVariants(_ writer: inout StoredBytesWriter) {
        var previous = VariantRow()
        writer.write(UInt64(variants.count))
        for row in variants {
            writer.write(signed: row.id &- previous.id)
            writer.write(signed: Int64(row.product) - Int64(previous.product))
            for number in [row.price, row.compareAtPrice, row.cost, row.weightMilligrams] {
                writer.write(optional: number)
            }
            writer.write(UInt64(row.country))
            writer.write(UInt64(row.flags.rawValue))
            let texts = [row.barcode, row.hsCode]
            writer.write(
                texts.enumerated().reduce(row.sku.isNone ? 0 : 1) {
                    $0 | ($1.element.isNone ? 0 : 2 << UInt64($1.offset))
                }
            )
            if !row.sku.isNone { writer.write(row.sku) }
            for text in texts where !text.isNone { writer.write(fixed: text.bits) }
            previous = row
        }
    }

    private static func readVariants(
        _ reader: inout StoredBytesReader,
        products: Int
    ) throws(SnapshotError) -> RowStorage<VariantRow> {
        let count = try reader.count(leastBytes: 10)
        let rows = RowStorage<VariantRow>(capacity: count)
        var row = VariantRow()
        for _ in 0..<count {
            row.id = row.id &+ (try reader.signed())
            let product = Int64(row.product) &+ (try reader.signed())
            guard product >= 0, product < products else {
                throw .storedFormDamaged(reason: "a variant has no product")
            }
            row.product = UInt32(product)
            row.price = try reader.optional()
            row.compareAtPrice = try reader.optional()
            row.cost = try reader.optional()
            row.weightMilligrams = try reader.optional()
            row.country = UInt16(try reader.number(below: 1 << 16))
            row.flags = VariantRow.Flags(rawValue: UInt16(try reader.number(below: 1 << 16)))
            let texts = try reader.number(below: 8)
            row.sku = texts & 1 == 0 ? .none : try reader.fingerprint()
            row.barcode = texts & 2 == 0 ? .none : TextFingerprint(bits: try reader.fixed())
            row.hsCode = texts & 4 == 0 ? .none : TextFingerprint(bits: try reader.fixed())
            rows.append(row)
        }
        return rows
    }

    private func writeLevels(_ writer: inout StoredBytesWriter) {
        for variant in 0..<variants.count {
            let levels = levels(ofVariant: variant)
            writer.write(UInt64(levels.count))
            for level in levels {
                writer.write(UInt64(level.location))
                writer.write(signed: Int64(level.available))
            }
        }
    }

    private static func readLevels(
        _ reader: inout StoredBytesReader,
        variants: Int,
        locations: Int
    ) throws(SnapshotError) -> LevelTable {
        let levels = LevelTable(capacity: variants + 1)
        for variant in 0..<variants {
            for _ in 0..<(try reader.count(leastBytes: 2)) {
                let location = UInt16(truncatingIfNeeded: try reader.number(below: UInt64(locations)))
                guard let available = Int32(exactly: try reader.signed()) else {
                    throw .storedFormDamaged(reason: "a quantity is out of its range")
                }
                levels.append(LevelRow(available: available, location: location), variant: UInt32(variant))
            }
        }
        levels.finish(variants: variants)
        return levels
    }
}

/// Writes a fingerprint that stood in its column before as a number: vendors, types and tags of a catalogue are few.
private struct FingerprintColumns {
    /// The texts of a product.
    static let count = 8

    private var places: [[TextFingerprint: UInt64]] = Array(repeating: [:], count: count)
    private var texts: [[TextFingerprint]] = Array(repeating: [], count: count)

    /// 0 for none, 1 and the fingerprint where it is new, else 2 and more for one that came before.
    mutating func write(_ text: TextFingerprint, column: Int, to writer: inout StoredBytesWriter) {
        if text.isNone {
            writer.write(0)
        } else if let place = places[column][text] {
            writer.write(place + 2)
        } else {
            places[column][text] = UInt64(places[column].count)
            writer.write(1)
            writer.write(fixed: text.bits)
        }
    }

    mutating func read(column: Int, from reader: inout StoredBytesReader) throws(SnapshotError) -> TextFingerprint {
        let code = try reader.number()
        switch code {
        case 0: return .none
        case 1:
            let text = TextFingerprint(bits: try reader.fixed())
            texts[column].append(text)
            return text
        default:
            guard code - 2 < UInt64(texts[column].count) else {
                throw .storedFormDamaged(reason: "a text refers to nothing")
            }
            return texts[column][Int(code - 2)]
        }
    }
}
