import Catalog

/// Keeps count of fields that do not take their correction (FAULTS PL-7, AP-2).
public enum AttemptTally {
    /// One field's count, with what it was about: the value that did not hold, or the error's code.
    public struct Entry: Sendable, Hashable {
        /// How often, and of which kind.
        public let attempt: Attempt
        /// The value that did not hold, or the error's code.
        public let detail: String

        /// A count and what it was about.
        public init(attempt: Attempt, detail: String) {
            self.attempt = attempt
            self.detail = detail
        }
    }

    /// The counts after a run that wrote.
    ///
    /// A field that was in step, or whose source moved, starts anew. Stock never counts: a destination that sells is no quarrel.
    public static func next(
        after plan: CorrectionPlan,
        outcomes: [CorrectionOutcome],
        before: [AttemptKey: Entry]
    ) -> [AttemptKey: Entry] {
        var next = unjudged(plan, before)
        for (correction, outcome) in zip(plan.corrections, outcomes) {
            let key = AttemptKey(sku: correction.sku, field: correction.field)
            switch outcome {
            case .applied, .unheld:
                guard correction.field != .inventory else { continue }
                let wasSetBack = correction.verdict == .destinationDrifted || correction.verdict == .both
                guard wasSetBack || isUnheld(outcome) else { continue }
                next[key] = following(before[key], isUnheld: true, detail: correction.new.displayText)
            case .failed(let code, let message):
                next[key] = following(before[key], isUnheld: false, detail: code.isEmpty ? message : code)
            case .planned, .alreadyThere, .moved, .braked, .left:
                next[key] = before[key]
            }
        }
        return next
    }

    /// The counts of fields that this run could not judge: held back, whole SKUs held, prices without a rate.
    private static func unjudged(_ plan: CorrectionPlan, _ before: [AttemptKey: Entry]) -> [AttemptKey: Entry] {
        guard !before.isEmpty else { return [:] }
        var next: [AttemptKey: Entry] = [:]
        var wholly: Set<SKU> = []
        for item in plan.held {
            if let field = item.field {
                let key = AttemptKey(sku: item.sku, field: field)
                next[key] = before[key]
            } else {
                wholly.insert(item.sku)
            }
        }
        for (key, entry) in before where wholly.contains(key.sku) || (key.field.isMoney && plan.rate == nil) {
            next[key] = entry
        }
        return next
    }

    private static func isUnheld(_ outcome: CorrectionOutcome) -> Bool {
        if case .unheld = outcome { true } else { false }
    }

    private static func following(_ entry: Entry?, isUnheld: Bool, detail: String) -> Entry {
        let continues = entry?.attempt.isUnheld == isUnheld && entry?.detail == detail
        let count = continues ? (entry?.attempt.count ?? 0) + 1 : 1
        return Entry(attempt: Attempt(isUnheld: isUnheld, count: count), detail: detail)
    }
}
