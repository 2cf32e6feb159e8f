public import Catalog

/// One store as a run needs it: what it is, what it holds, and the narrow writes.
///
/// An implementation waits out throttling, retries what may be retried under its own limits, and never repeats a call
/// whose effect is unknown: it throws ``StoreError/unknownOutcome(shop:operation:reason:)`` and the caller looks first.
public protocol Store: Sendable {
    /// The permanent address.
    var shop: ShopDomain { get }

    /// Who answers, in which version, with which rights: asked before anything else.
    ///
    /// - Throws: ``StoreError`` also where another shop or another API version answers.
    func identify() async throws(StoreError) -> StoreIdentity

    /// Pulls the whole catalogue into a new file of bulk JSONL in `folder`, proven against the platform's numbers.
    ///
    /// `resuming` names an export an earlier run started; where it is still good it is awaited instead of a new one.
    /// `started` is told of a new export before it is waited for. Minutes on a large store.
    func exportCatalog(
        into folder: String,
        resuming: ExportTicket?,
        started: @escaping @Sendable (ExportTicket) async throws -> Void,
        progress: @escaping @Sendable (ExportProgress) -> Void
    ) async throws(StoreError) -> CatalogExport

    /// Pulls the members of all collections into a new file of bulk JSONL in `folder`.
    func exportCollections(into folder: String) async throws(StoreError) -> CatalogExport

    /// Reads variants by number; one that is gone is absent from the answer.
    func variants(_ numbers: [Int64]) async throws(StoreError) -> [Int64: VariantRecord]

    /// Reads some fields of variants by number; one that is gone is absent from the answer.
    func variants(_ numbers: [Int64], fields: FieldSet) async throws(StoreError) -> [Int64: LiveVariant]

    /// Reads products by number; one that is gone is absent from the answer.
    func products(_ numbers: [Int64]) async throws(StoreError) -> [Int64: ProductRecord]

    /// Reads the available quantity of inventory items at a location; an item that is gone is absent.
    func stock(items: [Int64], location: Int64) async throws(StoreError) -> [Int64: StockState]

    /// Sets fields of one product.
    ///
    /// Empty refusals mean that the store accepted all.
    func update(product: Int64, to values: [CatalogField: FieldValue]) async throws(StoreError) -> [WriteRefusal]

    /// Sets fields of variants of one product; refused ones leave the others be.
    ///
    /// At most ``StoreLimits/variantsPerCall`` at once.
    func update(variants: [VariantUpdate], of product: Int64) async throws(StoreError) -> [WriteRefusal]

    /// Sets available quantities, all or none, each only where the store still has the expected one.
    ///
    /// At most ``StoreLimits/quantitiesPerCall`` at once. The key makes a repetition harmless for 24 hours.
    func setStock(_ updates: [StockUpdate], key: String, reference: String) async throws(StoreError) -> StockAnswer

    /// Stocks an item at a location it never had, with a quantity.
    func activateStock(_ update: StockUpdate, key: String) async throws(StoreError) -> [WriteRefusal]

    /// How to write many products at once; `nil` where the store has no such way.
    var bulk: (any BulkWriting)? { get }

    /// What was sent so far in this process.
    func counters() async -> StoreCounters
}

/// Documented limits of one call (Shopify Admin API, "Array input limits").
public enum StoreLimits {
    /// Variants of one product in one update.
    public static let variantsPerCall = 250
    /// Quantities in one setting of stock.
    public static let quantitiesPerCall = 250
    /// Objects that are read by number, journalled and written as one batch.
    public static let idsPerRead = 100
    /// Entries of any list in a call.
    public static let idsPerCall = 250
}

/// What a store was asked so far.
public struct StoreCounters: Sendable, Hashable {
    /// Queries sent, repetitions included.
    public var queries = 0
    /// Mutations sent, repetitions included.
    public var mutations = 0
    /// Answers that said to come back later.
    public var throttled = 0
    /// Cost of the answered calls, in the points of the platform's budget.
    public var points = 0

    /// Begins at nothing.
    public init() {}
}
