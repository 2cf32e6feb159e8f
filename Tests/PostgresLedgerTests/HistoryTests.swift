import Catalog
import Reconciliation
import ReportPage
import Reporting
import Runs
import Testing

@testable import PostgresLedger

/// What the page of a run asks of the runs before it.
struct HistoryTests {
    private let time = Sample.time

    @Test func `drift is counted per run and store, stock apart, and fields that come back again are named`()
        async throws
    {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        let rows: [(Character, [CorrectionRow])] = [
            (
                "a",
                [
                    row("A", .title, found: "first"), row("B", .price), row("A", .inventory),
                    row("C", .title, .sourceChanged),
                ]
            ),
            ("b", [row("A", .title, found: "second"), row("A", .inventory), row("B", .price, outcome: "held")]),
            ("c", [row("A", .title, .both, found: "third", outcome: "did not hold"), row("A", nil, outcome: "held")]),
            ("d", []),
        ]
        for (index, (id, corrections)) in rows.enumerated() {
            try await ledger.begin(try Sample.run(id), lock: lock, at: time + .seconds(60 * index))
            try await record(corrections, by: id, compared: id != "d", in: ledger, lock)
        }
        try await ledger.begin(try Sample.run("e"), lock: lock, at: time + .seconds(600))
        try await record([row("Z", .title)], by: "e", compared: true, in: ledger, lock)

        let history = try await ledger.history(of: team, until: time + .seconds(180))
        #expect(
            history.parts.map(\.run) == ["a", "b", "c", "d"].map { String(repeating: $0, count: 32) }.map(Self.dashed)
        )
        #expect(history.parts.map(\.startedAt) == (0..<4).map { time + .seconds(60 * $0) })
        #expect(
            history.parts.map(\.drift) == [
                DriftCount(fields: 2, stock: 1), DriftCount(fields: 2, stock: 1), DriftCount(fields: 1, stock: 0), nil,
            ]
        )
        let title = RepeatedDrift(
            shop: try Sample.shop("lumen"),
            sku: "A",
            product: "Lamp",
            field: .title,
            times: 3,
            first: time,
            last: time + .seconds(120),
            found: "third",
            productID: 4,
            variantID: 5
        )
        #expect(history.repeats == [title])
        #expect(try await ledger.history(of: team, until: time + .seconds(-1)) == RunHistory(parts: [], repeats: []))
        try await ledger.close()
    }

    @Test func `only the latest thirty runs count`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        for index in 0..<32 {
            let id = String(index, radix: 16)
            let run = try #require(RunID(String(repeating: "0", count: 32 - id.count) + id))
            try await ledger.begin(run, lock: lock, at: time + .seconds(index))
            try await record([row("A", .title)], by: run, compared: true, in: ledger, lock)
        }
        let history = try await ledger.history(of: try Sample.team(), until: time + .seconds(31))
        #expect(history.parts.map(\.startedAt) == (2..<32).map { time + .seconds($0) })
        #expect(history.repeats.map(\.times) == [30])
        try await ledger.close()
    }

    private static func dashed(_ text: String) -> String { RunID(text)?.text ?? "" }

    private func record(
        _ rows: [CorrectionRow],
        by sign: Character,
        compared: Bool,
        in ledger: DatabaseLedger,
        _ lock: RunLock
    ) async throws {
        try await record(rows, by: try Sample.run(sign), compared: compared, in: ledger, lock)
    }

    private func record(
        _ rows: [CorrectionRow],
        by run: RunID,
        compared: Bool,
        in ledger: DatabaseLedger,
        _ lock: RunLock
    ) async throws {
        var summary = DestinationSummary()
        if compared { summary.matched = 9 }
        let record = DestinationRecord(
            run: run,
            team: try Sample.team(),
            destination: try Sample.shop("lumen"),
            status: "OK",
            detail: "",
            plan: nil,
            summary: summary,
            corrections: rows,
            findings: []
        )
        try await ledger.record(record, lock: lock)
    }

    private func row(
        _ sku: String,
        _ field: CatalogField?,
        _ verdict: Verdict = .destinationDrifted,
        found: String = "x",
        outcome: String = "applied"
    ) -> CorrectionRow {
        CorrectionRow(
            sku: sku,
            product: "Lamp",
            field: field,
            source: "",
            old: found,
            new: "y",
            verdict: verdict,
            outcome: outcome,
            reason: "",
            rate: "",
            rule: "",
            productID: 4,
            variantID: 5
        )
    }
}
