import Catalog
public import Reconciliation

/// A plan as rows, corrections and held items together, sorted by SKU, then field.
///
/// As a table they are written straight from the plan.
public struct CorrectionRows: Sendable {
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

    /// The rows as values.
    public var rows: [CorrectionRow] {
        var rows: [CorrectionRow] = []
        rows.reserveCapacity(count)
        let rateText = CorrectionRow.text(of: plan.rate)
        inOrder { correction, outcome in
            rows.append(CorrectionRow(correction, outcome: outcome, rateText: rateText, hasIDs: hasIDs))
        } held: { item in
            rows.append(CorrectionRow(item, rateText: rateText, hasIDs: hasIDs))
        }
        return rows
    }

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
    private func inOrder(
        correction take: (Correction, CorrectionOutcome) -> Void,
        held takeHeld: (HeldItem) -> Void
    ) {
        var held = held
        for place in corrections {
            let correction = plan.corrections[place]
            while let next = held.first, plan.held[next].stands(before: correction) {
                takeHeld(plan.held[next])
                held.removeFirst()
            }
            let outcome = outcomes.flatMap { place < $0.count ? $0[place] : nil } ?? .planned
            take(correction, outcome)
        }
        for place in held { takeHeld(plan.held[place]) }
    }
}

extension CorrectionRows: CSVTable {
    /// The columns of `corrections.csv`.
    public static var columns: [String] { CorrectionRow.columns }

    /// How many rows there are.
    public var count: Int { corrections.count + held.count }

    /// Writes the rows.
    public func write(to csv: inout CSVWriter) {
        let rateText = CorrectionRow.text(of: plan.rate)
        inOrder { correction, outcome in
            csv.write(correction, outcome: outcome, rate: correction.field.isMoney ? rateText : "", hasIDs: hasIDs)
            csv.endRow()
        } held: { item in
            CorrectionRow(item, rateText: rateText, hasIDs: hasIDs).write(to: &csv)
            csv.endRow()
        }
    }
}

extension HeldItem {
    fileprivate func stands(before correction: Correction) -> Bool {
        if sku != correction.sku { return sku < correction.sku }
        guard let field else { return true }
        return field <= correction.field
    }
}
