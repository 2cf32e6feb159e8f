import Catalog
import Reporting

/// Drift of the latest runs, run by run and store by store, this one included.
struct DriftTable: Sendable {
    /// One run.
    struct Line: Sendable {
        let startedAt: Timestamp
        /// Per store; one that is missing was no part of the run.
        let stores: [ShopDomain: DriftCount?]

        /// The sum over the stores that were compared; `nil` where none was.
        var sum: DriftCount? {
            let known = stores.values.compactMap(\.self)
            guard !known.isEmpty else { return nil }
            return DriftCount(
                fields: known.reduce(0) { $0 + $1.fields },
                stock: known.reduce(0) { $0 + $1.stock }
            )
        }
    }

    /// The oldest first, at most ``RunHistory/mostRuns``.
    let lines: [Line]
    /// Every store of these runs, by address.
    let shops: [ShopDomain]

    init(_ report: RunReport, history: RunHistory?) {
        let earlier = history?.parts.filter { $0.run != report.run && $0.startedAt <= report.startedAt } ?? []
        let own = report.destinations.map { part in
            PastPart(
                run: report.run,
                startedAt: report.startedAt,
                shop: part.shop,
                status: part.status,
                drift: part.wasCompared ? DriftCount(part.corrections) : nil
            )
        }
        var runs: [String] = []
        var parts: [String: [PastPart]] = [:]
        for part in earlier + own {
            if parts[part.run] == nil { runs.append(part.run) }
            parts[part.run, default: []].append(part)
        }
        lines = runs.suffix(RunHistory.mostRuns).compactMap { run in
            guard let parts = parts[run], let first = parts.first else { return nil }
            return Line(
                startedAt: first.startedAt,
                stores: Dictionary(parts.map { ($0.shop, $0.drift) }) { _, last in last }
            )
        }
        shops = Set(lines.flatMap(\.stores.keys)).sorted()
    }
}

extension DriftCount {
    /// Counts the rows whose field the destination had changed.
    init(_ rows: [CorrectionRow]) {
        var fields = 0
        var stock = 0
        for row in rows where row.verdict.isDrift {
            guard let field = row.field else { continue }
            if field == .inventory { stock += 1 } else { fields += 1 }
        }
        self.init(fields: fields, stock: stock)
    }
}
