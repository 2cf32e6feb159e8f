import Catalog
import Reconciliation
import ReportPage
import Reporting
import Runs
import Testing

@testable import PostgresLedger

/// What `synctec drift` asks.
struct DriftTests {
    private let time = Sample.time

    @Test func `one SKU's rows come newest first and say since when the destination had the value`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let (team, lumen) = (try Sample.team(), try Sample.shop("lumen"))
        // Found: 11 twice, nothing once, then 11 again, and another SKU.
        let olds: [[(sku: String, old: String)]] = [
            [("A", "11")], [("A", "11"), ("AÀ", "1")], [], [("A", "11")], [("a", "12")],
        ]
        for (index, rows) in olds.enumerated() {
            let run = try Sample.run(Character("\(index + 1)"))
            try await ledger.begin(run, lock: lock, at: time + .seconds(60 * index))
            try await ledger.record(
                try record(rows.map { row($0.sku, .price, old: $0.old) }, by: run, at: lumen),
                lock: lock
            )
        }
        let all = DriftSpan(since: time, until: time + .seconds(600))
        let sku = try #require(SKU("A"))
        let found = try await ledger.drift(ofSKU: sku, all, of: team, limit: 10)
        #expect(found.map(\.startedAt) == [180, 60, 0].map { time + .seconds($0) })
        #expect(found.map(\.since) == [180, 0, 0].map { time + .seconds($0) })
        let first = try #require(found.first)
        #expect(first.run == (try Sample.run("4")))
        #expect(first.shop == lumen && first.field == .price && first.verdict == .destinationDrifted)
        #expect(first.old == "11" && first.new == "y" && first.outcome == "applied")

        let later = DriftSpan(since: time + .seconds(30), until: time + .seconds(600))
        #expect(try await ledger.drift(ofSKU: sku, later, of: team, limit: 10).map(\.since).last == time + .seconds(60))
        #expect(try await ledger.drift(ofSKU: sku, all, of: team, limit: 1) == [first])
        let elsewhere = DriftSpan(since: time, until: time + .seconds(600), shops: [try Sample.shop("kobe")])
        #expect(try await ledger.drift(ofSKU: sku, elsewhere, of: team, limit: 10).isEmpty)
        try await ledger.close()
    }

    @Test func `repeat offenders are those of the span and the destinations asked for`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        let shops = [try Sample.shop("kobe"), try Sample.shop("lumen")]
        for index in 0..<40 {
            let id = String(index, radix: 16)
            let run = try #require(RunID(String(repeating: "0", count: 32 - id.count) + id))
            try await ledger.begin(run, lock: lock, at: time + .seconds(index))
            for shop in shops where shop == shops[0] || index % 2 == 0 {
                let rows = [row("A", .title, old: "\(index)"), row("A", .inventory, old: "1")]
                try await ledger.record(try record(rows, by: run, at: shop), lock: lock)
            }
        }
        let end = time + .seconds(39)
        let all = try await ledger.repeatedDrift(DriftSpan(since: time, until: end), of: team, limit: 10)
        #expect(all.map(\.times) == [40, 20])
        #expect(all.map(\.shop) == shops)
        #expect(all.map(\.first) == [time, time])
        #expect(all.map(\.found) == ["39", "38"])
        #expect(all.map(\.field) == [.title, .title])

        let late = DriftSpan(since: time + .seconds(30), until: end, shops: [shops[1]])
        #expect(try await ledger.repeatedDrift(late, of: team, limit: 10).map(\.times) == [5])
        let last = DriftSpan(since: end, until: end)
        #expect(try await ledger.repeatedDrift(last, of: team, limit: 10).isEmpty)
        try await ledger.close()
    }

    private func record(_ rows: [CorrectionRow], by run: RunID, at shop: ShopDomain) throws -> DestinationRecord {
        var summary = DestinationSummary()
        summary.matched = 9
        return DestinationRecord(
            run: run,
            team: try Sample.team(),
            destination: shop,
            status: "OK",
            detail: "",
            plan: nil,
            summary: summary,
            corrections: rows,
            findings: []
        )
    }

    private func row(_ sku: String, _ field: CatalogField, old: String) -> CorrectionRow {
        CorrectionRow(
            sku: sku,
            product: "Lamp",
            field: field,
            source: "",
            old: old,
            new: "y",
            verdict: .destinationDrifted,
            outcome: "applied",
            reason: "",
            rate: "",
            rule: "",
            productID: 4,
            variantID: 5
        )
    }
}
