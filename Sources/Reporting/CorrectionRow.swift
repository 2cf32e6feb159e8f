public import Catalog
public import Reconciliation

/// One line of `corrections.csv` and of the ledger's table: one field of one SKU that changed or drifted.
public struct CorrectionRow: Sendable, Hashable {
    /// The SKU as the source has it.
    public var sku: String
    /// The title of the destination's product.
    public var product: String
    /// The field; `nil` where the whole SKU is held.
    public var field: CatalogField?
    /// The source's own value, in the source's currency for money.
    public var source: String
    /// What the destination had.
    public var old: String
    /// What it was set to, or would be.
    public var new: String
    /// Who moved.
    public var verdict: Verdict
    /// ``CorrectionOutcome/word``, or `held` or `refused`.
    public var outcome: String
    /// Why, for people; empty where the outcome says all.
    public var reason: String
    /// The rate with its date and origin, for money between currencies.
    public var rate: String
    /// The price rule's number, or empty.
    public var rule: String
    /// The number of the destination's product; 0 where there is none.
    public var productID: Int64
    /// The number of the destination's variant; 0 where there is none.
    public var variantID: Int64

    /// A row.
    public init(
        sku: String,
        product: String,
        field: CatalogField?,
        source: String,
        old: String,
        new: String,
        verdict: Verdict,
        outcome: String,
        reason: String,
        rate: String,
        rule: String,
        productID: Int64,
        variantID: Int64
    ) {
        self.sku = sku
        self.product = product
        self.field = field
        self.source = source
        self.old = old
        self.new = new
        self.verdict = verdict
        self.outcome = outcome
        self.reason = reason
        self.rate = rate
        self.rule = rule
        self.productID = productID
        self.variantID = variantID
    }
}
