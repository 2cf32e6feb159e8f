public import Catalog

/// Writing many products by operations that the store carries out by itself, from a file of inputs to a file of answers.
///
/// Nothing in it is compared before it is set: the caller reads first (``survey(variants:products:fields:in:)``) and keeps what
/// lies in between short.
public protocol BulkWriting: Sendable {
    /// The figures by which a caller chooses between bulk and single calls.
    func pace() async -> StorePace

    /// Reads variants and products by bulk queries over the whole store; what is gone is absent.
    ///
    /// `folder` takes the files meanwhile. Minutes on a large store, and hardly any points.
    func survey(
        variants: Set<Int64>,
        products: Set<Int64>,
        fields: FieldSet,
        in folder: String
    ) async throws(StoreError) -> BulkSurvey

    /// Uploads inputs, starts one operation over them, waits for its end and reads its answers.
    ///
    /// Where the answer to the start is lost, the store is searched for an operation of that name, and none is started twice.
    /// The operation is cancelled as soon as `isStopping` says so; its lines so far are in the answer then.
    ///
    /// - Throws: only where no line can have been carried out; else the answer says what it doesn't know.
    func write(
        _ lines: BulkLines,
        name: BulkName,
        in folder: String,
        isStopping: @escaping @Sendable () -> Bool
    ) async throws(StoreError) -> BulkAnswer

    /// Ends operations of a team that an earlier run left behind: cancels each and waits until it has ended.
    ///
    /// For a caller with the destination's lock: no other run of the team is at work there then.
    ///
    /// - Throws: ``StoreError/unavailable(shop:operation:reason:)`` where one doesn't end.
    func endWrites(of team: TeamID) async throws(StoreError)
}

/// What a store has, as a bulk query found it.
public struct BulkSurvey: Sendable {
    /// The variants that were asked for and are there.
    public let variants: [Int64: LiveVariant]
    /// The products that were asked for and are there.
    public let products: [Int64: ProductRecord]

    /// Puts the parts together.
    public init(variants: [Int64: LiveVariant], products: [Int64: ProductRecord]) {
        self.variants = variants
        self.products = products
    }
}

/// The inputs of one bulk operation, one a line; their order tells them apart in the answer.
public enum BulkLines: Sendable {
    /// Fields of one product each.
    case products([(product: Int64, values: [CatalogField: FieldValue])])
    /// Variants of one product each, at most ``StoreLimits/variantsPerCall``.
    case variants([(product: Int64, updates: [VariantUpdate])])

    /// How many lines there are.
    public var count: Int {
        switch self {
        case .products(let lines): lines.count
        case .variants(let lines): lines.count
        }
    }
}

/// The name an operation bears in its own text, so that the store can be asked whether it was started.
public struct BulkName: Sendable, Hashable {
    /// The team that writes.
    public let team: TeamID
    /// The key of its intent in the journal.
    public let key: String

    /// The name for an intent.
    public init(team: TeamID, key: String) {
        self.team = team
        self.key = key
    }
}

/// What a bulk operation answered, line by line.
public struct BulkAnswer: Sendable {
    /// The lines that were carried out or refused, counted from 0, with what the store would not do of each.
    public var refusals: [Int: [WriteRefusal]] = [:]
    /// The variants as they stood after their line.
    public var variants: [Int64: VariantRecord] = [:]
    /// The products as they stood after their line.
    public var products: [Int64: ProductRecord] = [:]
    /// Why not every line has an answer; empty where each has.
    public var shortfall = ""

    /// Begins with nothing known.
    public init() {}
}
