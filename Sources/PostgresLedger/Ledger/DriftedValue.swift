public import Catalog
public import Reconciliation
public import Runs

/// What one run found of one field of a SKU, and what became of it.
public struct DriftedValue: Sendable, Hashable {
    /// The run.
    public let run: RunID
    /// When it started.
    public let startedAt: Timestamp
    /// `plan`, `run` or `apply`.
    public let command: String
    /// The destination.
    public let shop: ShopDomain
    /// The product's title there.
    public let product: String
    /// The field; `nil` where the whole SKU was held.
    public let field: CatalogField?
    /// Who moved.
    public let verdict: Verdict
    /// The source's own value.
    public let source: String
    /// What the destination had.
    public let old: String
    /// What it was set to, or would have been.
    public let new: String
    /// What became of it, as in `corrections.csv`.
    public let outcome: String
    /// Why, as in `corrections.csv`.
    public let reason: String
    /// The first of the runs one after the other that each found ``old`` there; not before the span that was asked for.
    public let since: Timestamp
}
