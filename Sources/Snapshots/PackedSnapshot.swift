public import Catalog
public import Pricing

/// One whole store read at one time and proven complete, as packed rows.
///
/// Rows are in the order of the file; of all of it, unless ``SnapshotJoin`` has left variants out. The file stays open, so that
/// rows that differ can be read back as full values, and may be deleted meanwhile. Made by ``SnapshotReader``, or from the bytes of ``serialized()``.
///
/// `@unchecked Sendable`: everything is set before `init` returns and never written again; reading back uses `pread`,
/// which moves no shared position.
public final class PackedSnapshot: @unchecked Sendable {
    /// The currency of all amounts.
    public let currency: Currency
    /// The fields that every line had.
    public let fields: FieldSet
    /// The locations that levels name; the index is ``LevelRow/location``.
    public let locations: [ResourceID]
    /// What was counted.
    public let statistics: SnapshotStatistics

    /// What the fingerprints of descriptions are of.
    public let descriptions: DescriptionForm

    let file: SnapshotFile?
    /// The key of the fingerprints; nil where there is no file.
    let key: FingerprintKey?
    private let productStorage: RowStorage<ProductRow>
    private let variantStorage: RowStorage<VariantRow>
    let levelTable: LevelTable
    /// Which of the file's variants the rows are; nil for all.
    private let kept: KeptRows?
    /// The titles that were kept; nil for none.
    let titles: TitleTable?

    init(
        currency: Currency,
        fields: FieldSet,
        locations: [ResourceID],
        statistics: SnapshotStatistics,
        file: SnapshotFile?,
        key: FingerprintKey?,
        descriptions: DescriptionForm,
        products: RowStorage<ProductRow>,
        variants: RowStorage<VariantRow>,
        levels: LevelTable,
        kept: KeptRows? = nil,
        titles: TitleTable? = nil
    ) {
        self.currency = currency
        self.fields = fields
        self.locations = locations
        self.statistics = statistics
        self.file = file
        self.key = key
        self.descriptions = descriptions
        productStorage = products
        variantStorage = variants
        levelTable = levels
        self.kept = kept
        self.titles = titles
    }

    /// The row of the variant at a place in the file, counted in variants, which has to be one that was kept.
    public func row(atPlace place: Int) -> Int {
        guard let kept else { return place }
        guard let row = kept.row(atPlace: place) else {
            preconditionFailure("the variant at place \(place) was left out")
        }
        return row
    }

    /// The place in the file of a row, counted in variants.
    public func place(ofRow row: Int) -> Int { kept?.place(ofRow: row) ?? row }

    /// The products, without a copy or a count of references.
    ///
    /// Valid only while the snapshot lives: fetch it once before a loop, from a snapshot that a stored property or a parameter
    /// holds, or inside `withExtendedLifetime`; never from the result of a call, which ends with the expression.
    public var products: UnsafeBufferPointer<ProductRow> { productStorage.buffer }

    /// The variants, as ``products``.
    public var variants: UnsafeBufferPointer<VariantRow> { variantStorage.buffer }

    /// The levels of a variant, in the order of the file.
    public func levels(ofVariant index: Int) -> some Collection<LevelRow> {
        levelTable.range(ofVariant: index).lazy.map { [levelTable] in levelTable.level($0) }
    }

    /// The sum of a variant's available units over some locations, and how many levels it has there.
    ///
    /// No level at all (`levels` is 0) is not the same as none available.
    public func available(ofVariant index: Int, at selection: LocationSelection) -> (sum: Int64, levels: Int) {
        var sum: Int64 = 0
        var count = 0
        for place in levelTable.range(ofVariant: index) {
            let row = levelTable.level(place)
            if case .only(let set) = selection, !set.contains(Int(row.location)) { continue }
            sum += Int64(row.available)
            count += 1
        }
        return (sum, count)
    }

    func prefetchLevelRange(ofVariant index: Int) { levelTable.prefetchRange(ofVariant: index) }

    func prefetchLevels(ofVariant index: Int) { levelTable.prefetchLevels(ofVariant: index) }

    /// The id of a product.
    public func productID(_ index: Int) -> ResourceID { ResourceID(.product, products[index].id) }

    /// The id of a variant.
    public func variantID(_ index: Int) -> ResourceID { ResourceID(.variant, variants[index].id) }
}
