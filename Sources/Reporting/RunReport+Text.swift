import Catalog
import Reconciliation

extension RunReport {
    /// The run in a few lines per destination, for a terminal: what was found, what was done, what to do next.
    public var text: String {
        let seconds = (endedAt - startedAt).components.seconds
        var lines = ["\(command) of team \(team): \(status)"]
        if !detail.isEmpty { lines.append("  \(HarmlessText.line(detail))") }
        lines.append("  run \(HarmlessText.line(run)), source \(source), \(startedAt), took \(seconds) s")
        for destination in destinations {
            lines.append("")
            lines += destination.textLines
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension DestinationReport {
    fileprivate var textLines: [String] {
        var lines = ["\(shop): \(status)"]
        // A brake's detail stands with the brake.
        if !detail.isEmpty, brakes.isEmpty { lines.append("  \(HarmlessText.line(detail))") }
        if !rate.isEmpty { lines.append("  rate         \(HarmlessText.line(rate))") }
        lines += countLines
        if !findings.isEmpty { lines.append("  findings     \(findings.count)") }
        if lacksRows { lines.append("  rows         \(Self.withoutRows)") }
        if let plan { lines.append("  plan         \(plan.short)") }
        for (brake, advice) in brakes.withAdvice(hash: plan) {
            lines.append("  brake        \(HarmlessText.line(brake.text))")
            if let advice { lines.append("               \(advice)") }
        }
        for contradiction in summary.contradictions {
            lines.append("  does not add up: \(contradiction); report this")
        }
        return lines
    }

    private var countLines: [String] {
        guard isCompared else { return ["  SKUs         not compared"] }
        var lines = ["  SKUs         \(summary.matched) matched\(listed(matchedOutcomes))"]
        let apart = counted([.missing, .extra, .unshared, .duplicate])
        if !apart.isEmpty { lines.append("  not matched  \(apart)") }
        if summary.sourceBlanks + summary.destinationBlanks > 0 {
            lines.append("  blank SKUs   \(summary.sourceBlanks) at the source, \(summary.destinationBlanks) here")
        }
        lines.append("  corrections  \(corrected)")
        if summary.heldFields + summary.refusedFields > 0 {
            lines.append("  not written  \(summary.heldFields) held, \(summary.refusedFields) refused")
        }
        return lines
    }

    private var matchedOutcomes: String {
        counted([.inStep, .corrected, .planned, .held, .refused, .failed, .left])
    }

    private var corrected: String {
        let all = summary.corrections.values.reduce(0, +)
        guard all > 0 else { return "none" }
        let ends = [
            (summary.applied, "applied"), (summary.planned, "planned"), (summary.failed, "failed"),
            (summary.left, "left"),
        ]
        let fields = summary.corrections.keys.sorted().map { "\($0.rawValue) \(summary.corrections[$0] ?? 0)" }
        return "\(all)" + listed(ends.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
            + " (\(fields.joined(separator: ", ")))"
    }

    private func counted(_ outcomes: [SKUOutcome]) -> String {
        outcomes.filter { summary.count($0) > 0 }.map { "\(summary.count($0)) \($0.rawValue)" }.joined(separator: ", ")
    }

    private func listed(_ text: String) -> String { text.isEmpty ? "" : ": \(text)" }
}
