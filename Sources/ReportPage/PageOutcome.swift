import Reconciliation
import Reporting

/// The whole run in one sentence, and the sentence after it.
struct PageOutcome: Sendable {
    /// The page's headline, in less than 100 signs.
    let headline: String
    /// Its colour.
    let tone: PageTone

    init(_ report: RunReport, for audience: PageAudience) {
        let parts = report.destinations
        let outcomes = parts.map { PartOutcome($0) }
        func count(_ outcome: PartOutcome) -> Int { outcomes.count { $0 == outcome } }
        let stopped = count(.stopped)
        let braked = count(.braked)
        func sum(_ count: (DestinationSummary) -> Int) -> Int { parts.reduce(0) { $0 + count($1.summary) } }

        let wasStopped = parts.contains { $0.status == "INTERRUPTED" } || report.status == "INTERRUPTED"
        switch report.status {
        case _ where wasStopped && zip(parts, outcomes).allSatisfy { $1 != .stopped || $0.status == "INTERRUPTED" }:
            tone = .bad
            let made = sum(\.applied) > 0 ? "; \(PageText.count(sum(\.applied), "correction", "corrections")) made" : ""
            headline = "The run was stopped before it was done\(made)"
        case _ where stopped > 0:
            tone = .bad
            headline = Self.stoppedText(stopped, of: parts.count, corrected: sum(\.applied))
        case "BRAKE":
            tone = .attention
            headline = Self.brakedText(braked, parts, isForTeam: audience == .team)
        case "OK":
            (headline, tone) = Self.goodText(applied: sum(\.applied), planned: sum(\.planned), stores: parts.count)
        case "DELIVERY":
            tone = .attention
            headline = "The stores are done; a report or a mail was not delivered"
        case "ATTENTION", "UNKNOWN":
            let failed = sum(\.failed)
            let held = sum(\.heldFields) + sum(\.refusedFields)
            let left = sum(\.left)
            let planned = sum(\.planned)
            if failed + held + left == 0, planned > 0 {
                tone = .neutral
                headline = "A plan, nothing written: \(PageText.count(planned, "correction", "corrections")) to make"
            } else if failed + held + left == 0, report.status == "ATTENTION" {
                tone = .attention
                let findings = parts.reduce(0) { $0 + $1.findings.count }
                headline = Self.findingsText(findings, applied: sum(\.applied))
            } else {
                tone = .attention
                headline = Self.attentionText(failed: failed, held: held, left: left)
            }
        default:
            tone = .bad
            headline = "The run could not be done (\(report.status))"
        }
    }

    private static func stoppedText(_ stopped: Int, of all: Int, corrected: Int) -> String {
        if all == 1 { return "The store could not be worked on" }
        if stopped == all { return "None of the \(PageText.number(all)) stores could be worked on" }
        let rest = corrected > 0 ? "; \(PageText.count(corrected, "correction", "corrections")) made elsewhere" : ""
        return "\(PageText.number(stopped)) of \(PageText.number(all)) stores could not be worked on\(rest)"
    }

    private static func brakedText(_ braked: Int, _ parts: [DestinationReport], isForTeam: Bool) -> String {
        let waiting = parts.filter { $0.status == "BRAKE" }
        let stores = parts.count == 1 ? "the store" : PageText.count(braked, "store", "stores")
        if !waiting.isEmpty, waiting.allSatisfy(\.waitsForFirstApproval) {
            return "First look at \(stores): nothing is written until the plan is approved"
        }
        return isForTeam
            ? "A brake holds \(stores) back: read the plan, then approve it"
            : "A brake holds \(stores) back until your supplier approves the plan"
    }

    private static func goodText(applied: Int, planned: Int, stores: Int) -> (String, PageTone) {
        if stores == 0 { return ("No store had to be worked on", .neutral) }
        if applied > 0 {
            return ("All in step: \(PageText.count(applied, "correction", "corrections")) made", .good)
        }
        return ("All in step: nothing had to change", .good)
    }

    private static func findingsText(_ findings: Int, applied: Int) -> String {
        guard findings > 0 else { return "Something needs a person" }
        let rest = "\(PageText.count(findings, "finding", "findings")) to look at"
        return applied > 0
            ? "\(PageText.count(applied, "correction", "corrections")) made; \(rest)" : "In step, with \(rest)"
    }

    private static func attentionText(failed: Int, held: Int, left: Int) -> String {
        let counts = [(failed, "failed"), (held, "held back"), (left, "left for the next run")].filter { $0.0 > 0 }
        guard let first = counts.first else {
            return "What became of a write is not proven yet"
        }
        let be = first.1 == "failed" ? "" : first.0 == 1 ? "is " : "are "
        let words = counts.dropFirst().map { "\(PageText.number($0.0)) \($0.1)" }
        return PageText.list(["\(PageText.count(first.0, "correction", "corrections")) \(be)\(first.1)"] + words)
    }
}
