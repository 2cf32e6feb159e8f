import Catalog
import Reconciliation
import Reporting

/// The outcome of runs in few words, for subjects and headlines.
struct OutcomeText: Sendable {
    let report: RunReport

    /// Such as `12 corrected, 1 held`.
    var words: String {
        var words: [String] = []
        let stopped = report.destinations.filter(\.isStopped)
        if stopped.count == 1, let part = stopped.first {
            words.append("\(report.destinations.count == 1 ? "" : "1 store ")stopped (\(part.status))")
        } else if !stopped.isEmpty {
            words.append("\(stopped.count) stores stopped")
        } else if !["OK", "ATTENTION", "BRAKE", "UNKNOWN"].contains(report.status) {
            words.append(report.status == "DELIVERY" ? "report not delivered" : "stopped (\(report.status))")
        }
        let braked = report.destinations.filter { $0.status == "BRAKE" }.count
        if braked > 0 {
            words.append(braked == 1 ? "a brake waits for approval" : "brakes of \(braked) stores wait for approval")
        }
        words += counts
        if words.isEmpty { words.append(report.status == "OK" ? "in step" : "needs attention") }
        return words.joined(separator: ", ")
    }

    /// Which store it is about, or how many.
    var place: String {
        if report.destinations.count == 1, let only = report.destinations.first { return only.shop.text }
        let concerned = report.destinations.filter { $0.status != "OK" || $0.summary.applied > 0 }
        if concerned.count == 1, let one = concerned.first { return one.shop.text }
        return "\(concerned.isEmpty ? report.destinations.count : concerned.count, of: "store")"
    }

    var tone: MailContent.Tone {
        switch report.status {
        case "OK": .good
        case "ATTENTION", "UNKNOWN", "BRAKE": .attention
        default: .bad
        }
    }

    private var counts: [String] {
        func sum(_ count: (DestinationReport) -> Int) -> Int { report.destinations.reduce(0) { $0 + count($1) } }
        let counts = [
            (sum { $0.summary.applied }, "corrected"), (sum { $0.summary.failed }, "failed"),
            (sum { $0.summary.heldFields }, "held"), (sum { $0.summary.planned }, "planned"),
        ]
        var words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let findings = sum { $0.isStopped ? 0 : $0.findings.count }
        if report.status == "ATTENTION", sum({ $0.summary.heldFields + $0.summary.failed }) == 0, findings > 0 {
            words.append("\(findings) to look at")
        }
        return words
    }
}

extension DestinationReport {
    /// Whether this part did not get to its end.
    var isStopped: Bool { !["OK", "ATTENTION", "UNKNOWN", "BRAKE", "DELIVERY"].contains(status) }
}
