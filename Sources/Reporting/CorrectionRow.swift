public import Catalog
public import Reconciliation

/// One line of `corrections.csv` and of the ledger's table: one field of one SKU that changed or drifted.
public struct CorrectionRow: Sendable, Hashable {
    public let sku: String
    public let product: String
    public let field: CatalogField?
    /// The source's own value, in the source's currency for money.
    public let source: String
    /// What the destination had.
    public let old: String
    /// What it was set to, or would be.
    public let new: String
    public let verdict: Verdict
    /// ``CorrectionOutcome/word``, or `held` or `refused`.
    public let outcome: String
    public let reason: String
    /// The rate with its date and origin, for money between currencies.
    public let rate: String
    /// The price rule's number, or empty.
    public let rule: String
    /// Numbers of the destination's product and variant; 0 where there is none.
    public let productID: Int64
    public let variantID: Int64

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
