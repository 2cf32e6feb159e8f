import Catalog
import Reconciliation

extension RunReport {
    /// The rows of `summary.csv`: the run, then each destination.
    ///
    /// Every metric is there in every report, so that a reader by name never misses one; only brakes have a row each.
    public var summaryRows: [SummaryRow] {
        let run: [(String, String, String)] = [
            ("run", self.run, "the run's id"),
            ("team", team.text, "the team"),
            ("source", source.text, "the source store"),
            ("command", command, "the command that ran"),
            ("started_at", startedAt.description, "when it started (UTC)"),
            ("ended_at", endedAt.description, "when it ended (UTC)"),
            ("status", status, "how the run ended"),
            ("detail", detail, "why"),
        ]
        return run.map { SummaryRow(destination: "", metric: $0, value: .text($1), meaning: $2) }
            + destinations.flatMap(\.summaryRows)
    }
}

extension DestinationReport {
    /// This destination's rows of `summary.csv`.
    public var summaryRows: [SummaryRow] {
        let isCompared = isCompared
        return texts + brakeRows + summary.countRows.map { row($0, isCompared ? .count($1) : .text(""), $2) }
    }

    /// Whether the stores were compared at all; where they were not, a count of 0 would claim something nobody saw.
    var isCompared: Bool { summary != DestinationSummary() }

    private var texts: [SummaryRow] {
        let contradictions = summary.contradictions
        return [
            row("status", .text(status), "how this destination's part ended"),
            row("detail", .text(detail), "why"),
            row("plan", .text(plan?.text ?? ""), "the plan's hash, for synctec approve and synctec apply"),
            row("rate", .text(rate), "the exchange rate of the prices, with its date and origin"),
            row(
                "sums_close",
                .text(contradictions.isEmpty ? "yes" : "no: " + contradictions.joined(separator: "; ")),
                "whether every SKU and correction is accounted for"
            ),
        ]
    }

    private var brakeRows: [SummaryRow] {
        brakes.map {
            row("brake_\($0.brake.rawValue)", .text($0.detail), "brake: \($0.brake.title); stops \($0.extent.text)")
        }
    }

    private func row(_ metric: String, _ value: SummaryRow.Value, _ meaning: String) -> SummaryRow {
        SummaryRow(destination: shop.text, metric: metric, value: value, meaning: meaning)
    }
}

extension DestinationSummary {
    /// Every count with its metric's name and meaning, in the order of reports.
    var countRows: [(String, Int, String)] {
        let sides: [(String, Int, String)] = [
            ("source_variants", sourceVariants, "variants the source has"),
            ("source_blanks", sourceBlanks, "variants of the source without a SKU, skipped"),
            ("source_duplicates", sourceDuplicates, "SKUs on several variants of the source"),
            ("destination_variants", destinationVariants, "variants this destination has"),
            ("destination_blanks", destinationBlanks, "variants of this destination without a SKU, skipped"),
            ("destination_duplicates", destinationDuplicates, "SKUs on several variants of this destination"),
            ("matched", matched, "SKUs that stand once on both sides"),
        ]
        let skus = SKUOutcome.allCases.map { ("skus_\($0.metric)", count($0), $0.meaning) }
        let corrections: [(String, Int, String)] = [
            ("corrections", self.corrections.values.reduce(0, +), "field changes the plan has"),
            ("corrections_applied", applied, "field changes that are in the store now"),
            ("corrections_failed", failed, "field changes the store refused or did not keep"),
            ("corrections_left", left, "field changes not made in this run"),
            ("corrections_planned", planned, "field changes only planned"),
            ("held_fields", heldFields, "differences that wait for a person"),
            ("refused_fields", refusedFields, "differences whose value must not be written"),
            ("mutations", mutations, "write calls sent to the store"),
        ]
        let fields = CatalogField.allCases.map {
            ("corrections_of_\($0.rawValue)", self.corrections[$0] ?? 0, "field changes of \($0.rawValue)")
        }
        return sides + skus + corrections + fields
    }
}

extension SKUOutcome {
    /// The reports' word as a part of a name.
    var metric: String { rawValue.split(separator: " ").joined(separator: "_") }

    /// What it says of a SKU, for people.
    var meaning: String {
        switch self {
        case .inStep: "matched SKUs whose locked fields all agree"
        case .corrected: "matched SKUs whose differences were all corrected"
        case .planned: "matched SKUs with differences that are only planned"
        case .held: "matched SKUs with a difference that waits for a person"
        case .refused: "matched SKUs with a value that must not be written or could not be judged"
        case .failed: "matched SKUs with a write the store refused or did not keep"
        case .left: "matched SKUs with a write that was not made in this run"
        case .missing: "SKUs only the source has"
        case .extra: "SKUs only this destination has"
        case .unshared: "SKUs this destination has and the source no longer shares"
        case .duplicate: "SKUs on several variants of a store, never paired"
        }
    }
}
