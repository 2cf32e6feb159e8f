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

    fileprivate init(_ correction: Correction, outcome: CorrectionOutcome, rateText: String) {
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
            productID: correction.target.product,
            variantID: correction.target.variant
        )
    }

    fileprivate init(_ item: HeldItem, rateText: String) {
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
            productID: item.target?.product ?? 0,
            variantID: item.target?.variant ?? 0
        )
    }

    fileprivate static func text(of rate: ExchangeRate?) -> String {
        guard let rate, !rate.isIdentity else { return "" }
        return rate.description
    }
}

extension CorrectionRow {
    /// A plan as rows, corrections and held items together, sorted by SKU, then field.
    ///
    /// `outcomes` holds one outcome per correction, in the plan's order; left out, every correction counts as planned.
    public static func rows(of plan: CorrectionPlan, outcomes: [CorrectionOutcome]? = nil) -> [CorrectionRow] {
        let rateText = text(of: plan.rate)
        let held = plan.held
        var rows: [CorrectionRow] = []
        rows.reserveCapacity(plan.corrections.count + held.count)
        var next = held.startIndex
        for (index, correction) in plan.corrections.enumerated() {
            while next < held.endIndex, held[next].stands(before: correction) {
                rows.append(CorrectionRow(held[next], rateText: rateText))
                next += 1
            }
            let outcome = outcomes.flatMap { index < $0.count ? $0[index] : nil } ?? .planned
            rows.append(CorrectionRow(correction, outcome: outcome, rateText: rateText))
        }
        rows.append(contentsOf: held[next...].map { CorrectionRow($0, rateText: rateText) })
        return rows
    }
}

extension CorrectionPlan {
    /// The plan as CSV, with the columns of `corrections.csv`.
    public func csv() -> [UInt8] {
        CorrectionRow.table(CorrectionRow.rows(of: self))
    }
}

extension HeldItem {
    fileprivate func stands(before correction: Correction) -> Bool {
        if sku != correction.sku { return sku < correction.sku }
        guard let field else { return true }
        return field <= correction.field
    }
}
