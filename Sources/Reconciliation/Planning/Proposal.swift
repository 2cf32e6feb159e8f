import Catalog

/// A field of a pair that is being decided on.
struct Proposal {
    let field: CatalogField
    let pair: PairRecord
    let verdict: Verdict
    /// The source's own value is another one than at the last good run.
    let sourceMoved: Bool
    let target: CorrectionTarget

    init(field: CatalogField, pair: PairRecord, verdict: Verdict, sourceMoved: Bool, target: CorrectionTarget? = nil) {
        self.field = field
        self.pair = pair
        self.verdict = verdict
        self.sourceMoved = sourceMoved
        self.target = target ?? pair.target
    }
}
