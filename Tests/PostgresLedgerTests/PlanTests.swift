import Catalog
import Foundation
import Pricing
import Reconciliation
import Runs
import Testing

@testable import PostgresLedger

struct PlanTests {
    private let time = Sample.time

    private func opened() async throws -> (ledger: DatabaseLedger, lock: RunLock, run: RunID) {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let run = try Sample.run("a")
        try await ledger.begin(run, lock: lock)
        return (ledger, lock, run)
    }

    @Test func `plans come back by the beginning of their hash, the newest first`() async throws {
        let (ledger, lock, run) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        #expect(try await ledger.newestPlan(team, destination: shop) == nil)
        for (minute, sign) in ["b", "c"].enumerated() {
            try await ledger.save(try Sample.plan(Character(sign), by: run, minute: Int64(minute)), lock: lock)
        }
        #expect(
            try await ledger.plans(team, hashPrefix: "").map(\.hash) == [try Sample.hash("c"), try Sample.hash("b")]
        )
        #expect(try await ledger.plans(team, hashPrefix: "bb") == [try Sample.plan("b", by: run)])
        #expect(try await ledger.plans(team, hashPrefix: "%").isEmpty)
        try await ledger.save(try Sample.plan("b", by: run, minute: 5), lock: lock)
        #expect(try await ledger.newestPlan(team, destination: shop) == (try Sample.plan("b", by: run, minute: 5)))
        #expect(try await ledger.newestPlan(team, destination: try Sample.shop("other")) == nil)
        try await ledger.close()
    }

    @Test func `an approval is good for one run, once`() async throws {
        let (ledger, lock, run) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let plan = try Sample.plan("b", by: run)
        await #expect(throws: LedgerError.self) {
            try await ledger.approve(plan.hash, of: team, held: false, by: "ann", at: time)
        }
        try await ledger.save(plan, lock: lock)
        try await ledger.approve(plan.hash, of: team, held: false, by: "ann", at: time)
        try await ledger.approve(plan.hash, of: team, held: true, by: "bob", at: time + .seconds(1))
        let open = try await ledger.openApprovals(team, destination: shop)
        #expect(open == [PlanApproval(plan: plan, held: true, by: "bob", at: time + .seconds(1))])
        let approval = try #require(open.first)
        try await ledger.useApproval(approval, run: run, lock: lock, at: time)
        try await ledger.useApproval(approval, run: run, lock: lock, at: time)
        #expect(try await ledger.openApprovals(team, destination: shop).isEmpty)
        await #expect(throws: LedgerError.self) {
            try await ledger.useApproval(approval, run: try Sample.run("f"), lock: lock, at: time)
        }
        try await ledger.approve(plan.hash, of: team, held: false, by: "ann", at: time + .seconds(2))
        #expect(try await ledger.openApprovals(team, destination: shop).count == 1)
        try await ledger.close()
    }

    @Test func `PL-6 a plan that another followed is refused where it is approved, made again it is not`() async throws
    {
        let (ledger, lock, run) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let old = try Sample.plan("b", by: run)
        let new = try Sample.plan("c", by: run, minute: 1)
        try await ledger.save(old, lock: lock)
        try await ledger.approve(old.hash, of: team, held: false, by: "ann", at: time)
        try await ledger.save(new, lock: lock)
        let sentence = "plan \(old.hash.short) of \(shop) was followed by plan \(new.hash.short): approve that one"
        let refusal = await #expect(throws: LedgerError.self) {
            try await ledger.approve(old.hash, of: team, held: true, by: "ann", at: time + .seconds(1))
        }
        #expect(refusal.map { "\($0)".contains(sentence) } == true, "\(String(describing: refusal))")
        #expect(try await ledger.openApprovals(team, destination: shop).map(\.held) == [false])
        try await ledger.approve(new.hash, of: team, held: false, by: "ann", at: time)
        try await ledger.save(old, lock: lock)
        try await ledger.approve(old.hash, of: team, held: true, by: "ann", at: time + .seconds(2))
        #expect(try await ledger.openApprovals(team, destination: shop).first?.held == true)
        try await ledger.close()
    }

    @Test(arguments: [0, 1])
    func `a plan whose approval a run used up is refused again once nothing of it is left, made again it is not`(
        left: Int
    ) async throws {
        let (ledger, lock, run) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let plan = try Sample.plan("b", by: run)
        try await ledger.save(plan, lock: lock)
        try await ledger.approve(plan.hash, of: team, held: false, by: "ann", at: time)
        let approval = try #require(try await ledger.openApprovals(team, destination: shop).first)
        try await ledger.useApproval(approval, run: run, lock: lock, at: time)
        var summary = DestinationSummary()
        summary.left = left
        let record = DestinationRecord(
            run: run,
            team: team,
            destination: shop,
            status: "OK",
            detail: "",
            plan: plan.hash,
            summary: summary,
            corrections: [],
            findings: []
        )
        try await ledger.record(record, lock: lock)
        if left == 0 {
            let refusal = await #expect(throws: LedgerError.self) {
                try await ledger.approve(plan.hash, of: team, held: false, by: "ann", at: time)
            }
            #expect(refusal?.description.contains("was applied by run \(run.short)") == true)
            #expect(try await ledger.openApprovals(team, destination: shop).isEmpty)
            try await ledger.approve(plan.hash, of: team, held: true, by: "ann", at: time)
            let again = try Sample.run("c")
            try await ledger.begin(again, lock: lock)
            try await ledger.save(try Sample.plan("b", by: again, minute: 1), lock: lock)
        }
        try await ledger.approve(plan.hash, of: team, held: false, by: "ann", at: time)
        #expect(try await ledger.openApprovals(team, destination: shop).map(\.held) == [false])
        try await ledger.close()
    }

    @Test(arguments: [0, 10, 20_000_000])
    func `a baseline comes back whole, and shared source rows are kept once and not longer than needed`(size: Int)
        async throws
    {
        let (ledger, lock, run) = try await opened()
        let address = ledger.address
        var rows = [UInt8](repeating: 7, count: size)
        for (number, place) in stride(from: 0, to: size, by: 65_537).enumerated() {
            rows[place] = UInt8(truncatingIfNeeded: number)
        }
        let rate = try ExchangeRate(
            from: .usd,
            to: .eur,
            numerator: ExactDecimal(parsing: "0.925"),
            date: #require(CalendarDate("2026-11-20")),
            origin: "table"
        )
        for shop in ["lumen", "other"] {
            try await ledger.save(
                try baseline(shop, run: run, rows: rows, links: Array(shop.utf8), rate: rate),
                lock: lock
            )
        }
        let found = try #require(try await ledger.baseline(try Sample.team(), destination: try Sample.shop("lumen")))
        #expect(found.sourceRows == rows)
        #expect(found.links == Array("lumen".utf8))
        #expect(found.rate == rate)
        #expect((found.sourceSKUs, found.destinationSKUs) == (7, 8))
        #expect(found.run == run)
        let blobs = "SELECT count(DISTINCT blob_id) FROM synctec.blob_parts"
        #expect(try await address.superuser.text(blobs) == "3")
        for shop in ["lumen", "other"] {
            try await ledger.save(
                try baseline(shop, run: try Sample.run("b"), rows: [1], links: [], rate: nil),
                lock: lock
            )
        }
        #expect(try await address.superuser.text(blobs) == "3")
        #expect(try await ledger.baseline(try Sample.team(), destination: try Sample.shop("lumen"))?.sourceRows == [1])
        #expect(try await ledger.baseline(try Sample.team(), destination: try Sample.shop("none")) == nil)
        try await ledger.close()
    }

    private func baseline(
        _ shop: String,
        run: RunID,
        rows: [UInt8],
        links: [UInt8],
        rate: ExchangeRate?
    ) throws -> Baseline {
        Baseline(
            team: try Sample.team(),
            destination: try Sample.shop(shop),
            run: run,
            at: time,
            rules: "r",
            sourceRows: rows,
            links: links,
            rate: rate,
            sourceSKUs: 7,
            destinationSKUs: 8
        )
    }

    @Test func `attempts are replaced as a whole`() async throws {
        let (ledger, lock, _) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let attempts = try ["é", "e\u{301}", "x"].map {
            AttemptRecord(sku: try #require(SKU($0)), field: .seoTitle, kind: .unheld, count: 2, detail: "<b>&")
        }
        try await ledger.save(attempts, team: team, destination: shop, lock: lock)
        #expect(try await ledger.attempts(team, destination: shop) == attempts)
        try await ledger.save(Array(attempts.prefix(1)), team: team, destination: shop, lock: lock)
        #expect(try await ledger.attempts(team, destination: shop) == Array(attempts.prefix(1)))
        try await ledger.save([], team: team, destination: shop, lock: lock)
        #expect(try await ledger.attempts(team, destination: shop).isEmpty)
        try await ledger.close()
    }

    @Test func `an intent stays open until it is settled, and its key stands for one write`() async throws {
        let (ledger, lock, run) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let first = try Sample.intent("one", by: run)
        try await ledger.intend(first, lock: lock)
        try await ledger.intend(first, lock: lock)
        try await ledger.intend(try Sample.intent("two", by: run), lock: lock)
        await #expect(throws: LedgerError.self) {
            try await ledger.intend(try Sample.intent("one", by: run, corrections: "[]"), lock: lock)
        }
        #expect(try await ledger.openIntents(team, destination: shop) == [first, try Sample.intent("two", by: run)])
        try await ledger.settle("one", as: .done, detail: "", lock: lock, at: time)
        #expect(try await ledger.openIntents(team, destination: shop).map(\.key) == ["two"])
        await #expect(throws: LedgerError.self) { try await ledger.intend(first, lock: lock) }
        await #expect(throws: LedgerError.self) {
            try await ledger.settle("none", as: .done, detail: "", lock: lock, at: time)
        }
        try await ledger.close()
    }

    @Test func `AP-3 intents of runs without a record of that destination are found, in order and with their state`()
        async throws
    {
        let (ledger, lock, run) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let other = try Sample.run("b")
        try await ledger.begin(other, lock: lock)
        #expect(try await ledger.unreportedIntents(team, destination: shop).isEmpty)
        let intents = try [("two", run), ("one", run), ("three", other)].map { try Sample.intent($0.0, by: $0.1) }
        for intent in intents { try await ledger.intend(intent, lock: lock) }
        try await ledger.settle("one", as: .done, detail: "", lock: lock, at: time)
        #expect(
            try await ledger.unreportedIntents(team, destination: shop) == [
                UnreportedIntent(intent: intents[1], state: .done),
                UnreportedIntent(intent: intents[2], state: .intended),
                UnreportedIntent(intent: intents[0], state: .intended),
            ]
        )
        #expect(try await ledger.unreportedIntents(team, destination: try Sample.shop("other")).isEmpty)
        for (destination, left) in [("other", ["one", "three", "two"]), ("lumen", ["three"])] {
            let record = DestinationRecord(
                run: run,
                team: team,
                destination: try Sample.shop(destination),
                status: "INTERRUPTED",
                detail: "",
                plan: nil,
                summary: .init(),
                corrections: [],
                findings: []
            )
            try await ledger.record(record, lock: lock)
            #expect(try await ledger.unreportedIntents(team, destination: shop).map(\.intent.key) == left)
        }
        try await ledger.close()
    }

    @Test func `an export ticket is remembered, replaced and forgotten`() async throws {
        let (ledger, lock, _) = try await opened()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        for number in 1...2 {
            let ticket = ExportTicket(
                operation: ResourceID(.bulkOperation, Int64(number)),
                startedAt: time,
                query: "digest \(number)"
            )
            try await ledger.save(ticket, team: team, shop: shop, lock: lock)
            #expect(try await ledger.exportTicket(team, shop: shop) == ticket)
        }
        try await ledger.save(nil, team: team, shop: shop, lock: lock)
        #expect(try await ledger.exportTicket(team, shop: shop) == nil)
        try await ledger.close()
    }
}
