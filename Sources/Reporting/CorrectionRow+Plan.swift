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

    fileprivate init(_ correction: Correction, outcome: CorrectionOutcome, rateText: String, hasIDs: Bool = true) {
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

    fileprivate init(_ item: HeldItem, rateText: String, hasIDs: Bool = true) {
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

    fileprivate static func text(of rate: ExchangeRate?) -> String {
        guard let rate, !rate.isIdentity else { return "" }
        return rate.description
    }
}

/// A plan as rows, corrections and held items together, sorted by SKU, then field; each is made when it is asked for.
public struct CorrectionRows: Sequence, Sendable {
    private let plan: CorrectionPlan
    private let outcomes: [CorrectionOutcome]?
    private let hasIDs: Bool

    /// The rows of a plan.
    ///
    /// `outcomes` holds one outcome per correction, in the plan's order; left out, every correction counts as planned. Without
    /// ids the rows name no product or variant of a shop.
    public init(of plan: CorrectionPlan, outcomes: [CorrectionOutcome]? = nil, hasIDs: Bool = true) {
        self.plan = plan
        self.outcomes = outcomes
        self.hasIDs = hasIDs
    }

    /// How many there are.
    public var underestimatedCount: Int { plan.corrections.count + plan.held.count }

    /// Goes along both sorted lists.
    public func makeIterator() -> AnyIterator<CorrectionRow> {
        let rateText = CorrectionRow.text(of: plan.rate)
        var correction = plan.corrections.startIndex
        var held = plan.held.startIndex
        return AnyIterator {
            let isHeldNext =
                held < plan.held.endIndex
                && (correction == plan.corrections.endIndex
                    || plan.held[held].stands(before: plan.corrections[correction]))
            if isHeldNext {
                defer { held += 1 }
                return CorrectionRow(plan.held[held], rateText: rateText, hasIDs: hasIDs)
            }
            guard correction < plan.corrections.endIndex else { return nil }
            defer { correction += 1 }
            let outcome = outcomes.flatMap { correction < $0.count ? $0[correction] : nil } ?? .planned
            return CorrectionRow(plan.corrections[correction], outcome: outcome, rateText: rateText, hasIDs: hasIDs)
        }
    }
}

extension CorrectionRow {
    /// A plan as rows, as ``CorrectionRows`` has them.
    public static func rows(of plan: CorrectionPlan, outcomes: [CorrectionOutcome]? = nil) -> [CorrectionRow] {
        Array(CorrectionRows(of: plan, outcomes: outcomes))
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
