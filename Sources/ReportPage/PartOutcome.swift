import Reconciliation
import Reporting

/// How one destination's part ended, in words and in its order of urgency.
enum PartOutcome: Int, Sendable, Comparable {
    case stopped
    case braked
    case attention
    case findings
    case undelivered
    case planned
    case corrected
    case inStep

    init(_ part: DestinationReport) {
        let summary = part.summary
        switch part.status {
        case "OK": self = summary.applied > 0 ? .corrected : summary.planned > 0 ? .planned : .inStep
        case "BRAKE": self = .braked
        case "DELIVERY": self = .undelivered
        case "UNKNOWN": self = .attention
        case "ATTENTION":
            let needed = summary.heldFields + summary.refusedFields + summary.failed + summary.left
            self = needed > 0 ? .attention : summary.planned > 0 ? .planned : .findings
        default: self = .stopped
        }
    }

    static func < (left: PartOutcome, right: PartOutcome) -> Bool { left.rawValue < right.rawValue }

    /// The word on the page.
    var word: String {
        switch self {
        case .stopped: "Not done"
        case .braked: "Waits for approval"
        case .attention: "Needs a person"
        case .findings: "Findings to look at"
        case .undelivered: "Report not delivered"
        case .planned: "Planned only"
        case .corrected: "Corrected"
        case .inStep: "In step"
        }
    }

    /// How it is coloured; the word says the same.
    var tone: PageTone {
        switch self {
        case .stopped: .bad
        case .braked, .attention, .findings, .undelivered: .attention
        case .planned: .neutral
        case .corrected, .inStep: .good
        }
    }
}

/// The colour of a statement, as a class of the style sheet.
enum PageTone: String, Sendable {
    case good, neutral, attention, bad
}

extension RunReport {
    /// What a section without rows says: that there was nothing, only where somebody looked and the rows are still there.
    func whenCompared(_ words: String) -> String {
        if destinations.contains(where: \.lacksRows) { return DestinationReport.withoutRows }
        return destinations.contains { $0.wasCompared } ? words : "No store was compared."
    }
}

extension DestinationReport {
    /// Whether the stores were compared at all; where they were not, a count of 0 would claim something nobody saw.
    var wasCompared: Bool { summary != DestinationSummary() }

    /// The brakes' sentences; from the findings where the report comes out of the ledger, which keeps no brakes.
    var brakeTexts: [String] {
        brakes.isEmpty
            ? findings.filter { $0.kind == .brake }.map(\.detail)
            : brakes.map { "\($0.brake.title): \($0.detail)" }
    }

    /// Whether nothing is wrong but that nothing was ever written to this store.
    var waitsForFirstApproval: Bool {
        let texts = brakeTexts
        return status == "BRAKE" && !texts.isEmpty && texts.allSatisfy { $0.hasPrefix(Brake.firstRun.title) }
    }
}
