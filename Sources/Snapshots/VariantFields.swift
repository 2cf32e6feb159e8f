import CSimdjson
import Catalog
import Pricing

/// Reads the values of a variant line into a row.
struct VariantFields {
    private let line: UnsafePointer<csj_line>
    private let present: LineField.Bits
    private let currency: Currency
    /// The three letters of ``currency``, the first in the highest byte: compared for every line that has a cost.
    private let currencyLetters: UInt32

    init(
        _ line: UnsafePointer<csj_line>,
        present: LineField.Bits,
        currency: Currency,
        currencyLetters: UInt32
    ) {
        self.line = line
        self.present = present
        self.currency = currency
        self.currencyLetters = currencyLetters
    }

    /// Fills in everything but the ids and the place in the file.
    ///
    /// - Throws: ``SnapshotError/otherCurrency(line:id:found:expected:)``, ``SnapshotError/unexpectedValue(line:offset:name:)``.
    func fill(
        _ row: inout VariantRow,
        key: FingerprintKey,
        scratch: CanonicalScratch,
        from lines: BulkLines
    ) throws(SnapshotError) {
        let sku = text(CSJ_SKU)
        if !sku.isBlank { row.sku = key.fingerprint(ofSKU: sku) }
        row.barcode = TextFingerprint(key.hash(scratch.canonical(text(CSJ_BARCODE), form: .code)))
        let hsCode = text(CSJ_HS_CODE)
        if !hsCode.isEmpty { row.hsCode = TextFingerprint(key.hash(scratch.canonical(hsCode, form: .code))) }
        var flags: VariantRow.Flags = []
        if line.pointee.taxable != 0 { flags.insert(.taxable) }
        if line.pointee.tracked != 0 { flags.insert(.tracked) }
        if line.pointee.requires_shipping != 0 { flags.insert(.requiresShipping) }
        try readPolicy(into: &flags, from: lines)
        row.price = amount(CSJ_PRICE, unreadable: .priceUnreadable, &flags)
        row.compareAtPrice = amount(CSJ_COMPARE_AT_PRICE, unreadable: .compareAtPriceUnreadable, &flags)
        if present & ~line.pointee.nulls & LineField.cost != 0 {
            try requireCurrency(from: lines)
            row.cost = amount(CSJ_COST_AMOUNT, unreadable: .costUnreadable, &flags)
        }
        if present & ~line.pointee.nulls & LineField.weight != 0 {
            row.weightMilligrams = weight(&flags)
        }
        row.country = country(&flags)
        row.flags = flags
    }

    @inline(__always)
    private func text(_ position: Int) -> UnsafeBufferPointer<UInt8> { csj_line.text(line, position) }

    private func readPolicy(into flags: inout VariantRow.Flags, from lines: BulkLines) throws(SnapshotError) {
        let policy = text(CSJ_INVENTORY_POLICY)
        if policy.isEmpty || policy.equals("DENY") { return }
        guard policy.equals("CONTINUE") else {
            throw .unexpectedValue(
                line: lines.lineNumber,
                offset: lines.fileOffset(of: line),
                name: LineField.name(CSJ_INVENTORY_POLICY)
            )
        }
        flags.insert(.continuesSelling)
    }

    @inline(__always)
    private func amount(
        _ position: Int,
        unreadable: VariantRow.Flags,
        _ flags: inout VariantRow.Flags
    ) -> Int64 {
        let text = text(position)
        var units: Int64 = 0
        // Nearly every amount is a short positive one; what counts for the others is Money.
        if csj_decimal(text.baseAddress, text.count, Int32(currency.minorUnits), &units) { return units }
        guard line.pointee.seen & ~line.pointee.nulls & LineField.bit(position) != 0 else { return VariantRow.noNumber }
        do {
            return try Money(parsing: text, as: currency).minorUnits
        } catch {
            flags.insert(unreadable)
            return VariantRow.noNumber
        }
    }

    private func requireCurrency(from lines: BulkLines) throws(SnapshotError) {
        let code = text(CSJ_COST_CURRENCY)
        if code.count == 3, UInt32(code[0]) << 16 | UInt32(code[1]) << 8 | UInt32(code[2]) == currencyLetters { return }
        throw .otherCurrency(
            line: lines.lineNumber,
            id: line.pointee.id.gid,
            found: String(decoding: code, as: UTF8.self),
            expected: currency
        )
    }

    private func weight(_ flags: inout VariantRow.Flags) -> Int64 {
        let unitText = text(CSJ_WEIGHT_UNIT)
        guard let unit = PackedWeight.unit(unitText),
            let milligrams = PackedWeight.milligrams(text(CSJ_WEIGHT_VALUE), unit: unit)
        else {
            flags.insert(.weightUnreadable)
            return VariantRow.noNumber
        }
        return milligrams
    }

    private func country(_ flags: inout VariantRow.Flags) -> UInt16 {
        let text = text(CSJ_COUNTRY).trimmed
        guard !text.isEmpty else { return 0 }
        guard text.count == 2, text[0].isASCIILetter, text[1].isASCIILetter else {
            flags.insert(.countryUnreadable)
            return 0
        }
        return UInt16(text[0] & ~0x20) << 8 | UInt16(text[1] & ~0x20)
    }
}
