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
    private let corrections: Range<Int>
    private let held: Range<Int>

    /// The rows of a plan.
    ///
    /// `outcomes` holds one outcome per correction, in the plan's order; left out, every correction counts as planned. Without
    /// ids the rows name no product or variant of a shop.
    public init(of plan: CorrectionPlan, outcomes: [CorrectionOutcome]? = nil, hasIDs: Bool = true) {
        self.plan = plan
        self.outcomes = outcomes
        self.hasIDs = hasIDs
        corrections = plan.corrections.indices
        held = plan.held.indices
    }

    private init(_ rows: CorrectionRows, corrections: Range<Int>, held: Range<Int>) {
        plan = rows.plan
        outcomes = rows.outcomes
        hasIDs = rows.hasIDs
        self.corrections = corrections
        self.held = held
    }

    /// How many there are.
    public var underestimatedCount: Int { corrections.count + held.count }

    /// The same rows in parts that follow one another, each of about so many corrections and the held items between them.
    public func parts(of count: Int) -> [CorrectionRows] {
        var parts: [CorrectionRows] = []
        var (start, heldStart) = (corrections.lowerBound, held.lowerBound)
        while corrections.upperBound - start > count {
            let end = start + count
            let heldEnd = firstHeld(notBefore: plan.corrections[end], from: heldStart)
            parts.append(CorrectionRows(self, corrections: start..<end, held: heldStart..<heldEnd))
            (start, heldStart) = (end, heldEnd)
        }
        parts.append(
            CorrectionRows(self, corrections: start..<corrections.upperBound, held: heldStart..<held.upperBound)
        )
        return parts
    }

    /// By halving, as the items are in the order of the rows.
    private func firstHeld(notBefore correction: Correction, from start: Int) -> Int {
        var (low, high) = (start, held.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if plan.held[middle].stands(before: correction) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Goes along both sorted lists.
    public func makeIterator() -> AnyIterator<CorrectionRow> {
        let rateText = CorrectionRow.text(of: plan.rate)
        var correction = corrections.lowerBound
        var held = held.lowerBound
        let (end, heldEnd) = (corrections.upperBound, self.held.upperBound)
        return AnyIterator {
            let isHeldNext =
                held < heldEnd
                && (correction == end
                    || plan.held[held].stands(before: plan.corrections[correction]))
            if isHeldNext {
                defer { held += 1 }
                return CorrectionRow(plan.held[held], rateText: rateText, hasIDs: hasIDs)
            }
            guard correction < end else { return nil }
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
