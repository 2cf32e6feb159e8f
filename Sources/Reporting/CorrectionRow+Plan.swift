import Catalog
public import Pricing
public import Reconciliation

extension CorrectionRow {
    /// The outcome's word for a held item.
    public static let held = "held"
    /// The outcome's word for a refused value.
    public static let refused = "refused"

    /// The row of a planned correction and what became of it.
    public init(_ correction: Correction, outcome: CorrectionOutcome, rate: ExchangeRate?) {
        self.init(correction, outcome: outcome, rateText: Self.text(of: rate))
    }

    /// The row of an item that differs and is not written.
    public init(_ item: HeldItem, rate: ExchangeRate?) {
        self.init(item, rateText: Self.text(of: rate))
    }

    init(_ correction: Correction, outcome: CorrectionOutcome, rateText: String, hasIDs: Bool = true) {
        self.init(
            sku: correction.sku.text,
            product: correction.product,
            field: correction.field,
            source: correction.source.displayText,
            old: correction.old.displayText,
            new: correction.new.displayText,
            verdict: correction.verdict,
            outcome: outcome.word,
            reason: outcome.reason,
            rate: correction.field.isMoney ? rateText : "",
            rule: correction.rule.map(String.init) ?? "",
            productID: hasIDs ? correction.target.product : 0,
            variantID: hasIDs ? correction.target.variant : 0
        )
    }

    init(_ item: HeldItem, rateText: String, hasIDs: Bool = true) {
        let isMoney = item.field?.isMoney ?? false
        self.init(
            sku: item.sku.text,
            product: item.product,
            field: item.field,
            source: item.source,
            old: item.old,
            new: item.wanted,
            verdict: item.verdict,
            outcome: item.reason.isRefusal ? Self.refused : Self.held,
            reason: item.reason.rawValue,
            rate: isMoney ? rateText : "",
            rule: item.rule.map(String.init) ?? "",
            productID: hasIDs ? item.target?.product ?? 0 : 0,
            variantID: hasIDs ? item.target?.variant ?? 0 : 0
        )
    }

    static func text(of rate: ExchangeRate?) -> String {
        guard let rate, !rate.isIdentity else { return "" }
        return rate.description
    }
}

extension CorrectionRow {
    /// A plan as rows, as ``CorrectionRows`` has them.
    public static func rows(of plan: CorrectionPlan, outcomes: [CorrectionOutcome]? = nil) -> [CorrectionRow] {
        CorrectionRows(of: plan, outcomes: outcomes).rows
    }
}

extension CorrectionPlan {
    /// The plan as CSV, with the columns of `corrections.csv`.
    public func csv() -> [UInt8] {
        var csv = CSVWriter()
        csv.header(CorrectionRows.columns)
        CorrectionRows(of: self).write(to: &csv)
        return csv.bytes
    }
}
