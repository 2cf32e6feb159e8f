import Catalog
import Reconciliation

extension TeamMetrics {
    /// The numbers in Prometheus' text format, as node exporter's textfile collector reads it.
    ///
    /// Always the same series in the same order for the same destinations, so that none comes and goes with its value.
    public var text: String {
        var page = MetricsPage(labels: [("team", team.text)])
        page.gauge("synctec_metrics_timestamp_seconds", "When this file was written.", takenAt.seconds)
        page.gauge("synctec_mails_waiting", "Mails that the mail server has not taken yet.", Int64(mailsWaiting))
        if let run { Self.write(run, to: &page) }
        page.family(
            "synctec_destination_last_good_run_timestamp_seconds",
            "End of the destination's last run of the stage with OK or ATTENTION; 0: never."
        )
        for place in destinations { page.sample(place.labels, place.lastGood?.seconds ?? 0) }
        let parts = destinations.compactMap { place in place.last.map { (place.labels, $0) } }
        for metric in Self.partMetrics {
            page.family(metric.name, metric.help)
            for (labels, part) in parts {
                for (label, value) in metric.values(part) { page.sample(labels + label, value) }
            }
        }
        return page.text
    }

    private static func write(_ run: Run, to page: inout MetricsPage) {
        page.gauge(
            "synctec_run_exit_status",
            "Exit status of the last run: 0 in step, 1 attention, 2 brake, 3 stopped, 4 report not delivered.",
            Int64(run.code),
            [("command", run.command), ("status", run.status)]
        )
        page.gauge("synctec_run_start_timestamp_seconds", "Start of the last run.", run.startedAt.seconds)
        page.gauge("synctec_run_end_timestamp_seconds", "End of the last run.", run.endedAt.seconds)
        let seconds = (run.endedAt - run.startedAt).components.seconds
        page.gauge("synctec_run_duration_seconds", "How long the last run took.", max(0, seconds))
    }

    private struct PartMetric {
        let name: String
        let help: String
        let values: @Sendable (Part) -> [([(String, String)], Int64)]
    }

    private static let partMetrics = [
        PartMetric(
            name: "synctec_destination_exit_status",
            help: "How the destination's part of the stage's last run ended, as a number like synctec_run_exit_status."
        ) { [([], Int64($0.code))] },
        PartMetric(
            name: "synctec_destination_end_timestamp_seconds",
            help: "End of the destination's last run of the stage."
        ) { [([], $0.endedAt.seconds)] },
        PartMetric(name: "synctec_destination_skus", help: "SKUs of the last run by outcome.") { part in
            SKUOutcome.allCases.map { ([("outcome", $0.rawValue)], Int64(part.summary.count($0))) }
        },
        PartMetric(
            name: "synctec_destination_corrections",
            help: "Field changes of the last run by what became of them."
        ) { part in
            let sums = part.summary
            return [("applied", sums.applied), ("failed", sums.failed), ("left", sums.left), ("planned", sums.planned)]
                .map { ([("outcome", $0.0)], Int64($0.1)) }
        },
        PartMetric(
            name: "synctec_destination_held_fields",
            help: "Differences of the last run that wait for a person."
        ) { [([], Int64($0.summary.heldFields))] },
        PartMetric(
            name: "synctec_destination_refused_fields",
            help: "Differences of the last run whose value must not be written."
        ) { [([], Int64($0.summary.refusedFields))] },
        PartMetric(name: "synctec_destination_mutations", help: "Write calls of the last run.") {
            [([], Int64($0.summary.mutations))]
        },
        PartMetric(name: "synctec_destination_findings", help: "Findings of the last run by kind.") { part in
            part.findings.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
                .map { ([("kind", $0.key)], Int64($0.value)) }
        },
    ]
}

extension TeamMetrics.Destination {
    fileprivate var labels: [(String, String)] { [("destination", shop.text), ("stage", stage.rawValue)] }
}

/// Lines of Prometheus' text format, version 0.0.4; every metric is a gauge.
private struct MetricsPage {
    /// Labels of every sample.
    let labels: [(String, String)]
    private(set) var text = ""
    private var name = ""

    init(labels: [(String, String)]) {
        self.labels = labels
    }

    /// Begins a metric; all its samples follow.
    mutating func family(_ name: String, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
    }

    mutating func sample(_ own: [(String, String)], _ value: Int64) {
        let pairs = (labels + own).map { "\($0)=\"\(Self.escaped($1))\"" }
        text += "\(name){\(pairs.joined(separator: ","))} \(value)\n"
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Int64, _ own: [(String, String)] = []) {
        family(name, help)
        sample(own, value)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
