import Catalog
import Foundation
import Mail
import Pricing
import Reconciliation
import Reporting
import Runs
import Testing

@testable import PostgresLedger

struct RunTests {
    private let time = Sample.time

    @Test func `a run comes back with all its sums and rows, in order and exactly`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let run = try Sample.run("a")
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        try await ledger.begin(run, lock: lock)
        var summary = DestinationSummary()
        summary.sourceVariants = 5
        summary.matched = 3
        summary.skus = [.inStep: 1, .corrected: 2, .missing: 9]
        summary.corrections = [.price: 2, .seoTitle: 1]
        summary.applied = 3
        summary.mutations = 4
        let skus = ["é", "e\u{301}", "1E5", "00123", "'; DROP TABLE x", "=1+1", "a\\tb\n"]
        let corrections = skus.map { Sample.correction($0) } + [Sample.correction("Z", field: nil)]
        let findings = FindingRow.Kind.allCases.map {
            FindingRow(
                kind: $0,
                shop: shop.text,
                sku: "S",
                productID: 1,
                variantID: 2,
                link: "https://x",
                detail: "d",
                suggestion: "s"
            )
        }
        let record = DestinationRecord(
            run: run,
            team: team,
            destination: shop,
            status: "ATTENTION",
            detail: "some",
            plan: try Sample.hash("b"),
            summary: summary,
            corrections: corrections,
            findings: findings
        )
        try await ledger.record(record, lock: lock)
        try await ledger.record(record, lock: lock)
        try await ledger.finish(
            run,
            status: "ATTENTION",
            detail: "done",
            at: time + .seconds(60),
            post: .init(),
            lock: lock
        )

        let found = try #require(try await ledger.run(team, idPrefix: "aaaa"))
        #expect(found.status == "ATTENTION")
        #expect(found.endedAt == time + .seconds(60))
        let part = RunDestinationRecord(
            shop: shop,
            status: "ATTENTION",
            detail: "some",
            plan: try Sample.hash("b"),
            summary: summary
        )
        #expect(found.destinations == [part])
        let rows = try await ledger.rows(of: run, destination: shop, in: team)
        #expect(rows.corrections == corrections)
        #expect(rows.corrections.map { Array($0.sku.utf8) } == corrections.map { Array($0.sku.utf8) })
        #expect(rows.findings == findings)
        try await ledger.close()
    }

    @Test func `runs are listed newest first, and an ambiguous or unknown id is told`() async throws {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        let team = try Sample.team()
        for (index, id) in ["a", "b"].enumerated() {
            let run = try #require(RunID("c\(id)" + String(repeating: "0", count: 30)))
            try await ledger.begin(run, lock: lock, at: time + .seconds(index))
            try await ledger.finish(
                run,
                status: "OK",
                detail: "",
                at: time + .seconds(index),
                post: .init(),
                lock: lock
            )
        }
        #expect(try await ledger.runs(of: team, limit: 5).map(\.id.short) == ["cb000000", "ca000000"])
        #expect(try await ledger.runs(of: team, limit: 1).count == 1)
        #expect(try await ledger.run(team, idPrefix: "ca")?.id.short == "ca000000")
        #expect(try await ledger.run(team, idPrefix: "dd") == nil)
        await #expect(throws: LedgerError.self) { try await ledger.run(team, idPrefix: "c") }
        try await ledger.close()
    }

    @Test func `AP-3 a run that was killed is closed as interrupted by the next, one that goes on elsewhere is not`()
        async throws
    {
        let address = try await TestServer.shared.database()
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let team = try Sample.team()
        let other = address.ledger()
        let held = try await other.lock(.destination(team, try Sample.shop("a")), holder: "x", at: time)
        let dead = try await other.lock(.destination(team, try Sample.shop("b")), holder: "x", at: time)
        try await other.begin(try Sample.run("a"), lock: held)
        try await other.begin(try Sample.run("b"), lock: dead)
        try await ledger.begin(try Sample.run("c"), lock: lock)
        await other.unlock(dead)
        await ledger.unlock(lock)
        let next = try await ledger.lock(.team(team), holder: "y", at: time)
        try await ledger.begin(try Sample.run("d"), lock: next, at: time + .seconds(9))
        let states = try await ledger.runs(of: team, limit: 9).reduce(into: [:]) {
            $0[$1.id.text.prefix(1)] = $1.status
        }
        #expect(states == ["a": "RUNNING", "b": "INTERRUPTED", "c": "INTERRUPTED", "d": "RUNNING"])
        #expect(try await ledger.run(team, idPrefix: "b")?.endedAt == time + .seconds(9))
        try await ledger.close()
        try await other.close()
    }

    @Test func `the fingerprint secret is random, long, and stays the same`() async throws {
        let address = try await TestServer.shared.database()
        let first = try await address.ledger().fingerprintSecret()
        #expect(first.count == 192)
        #expect(Set(first).count > 80)
        #expect(try await address.ledger().fingerprintSecret() == first)
        let fresh = try await TestServer.shared.database(migrated: false)
        #expect(try await DatabaseLedger.open(.server(fresh)).fingerprintSecret() != first)
    }

    @Test func `DB-2 a record whose COMMIT answer is lost is there once`() async throws {
        let address = try await TestServer.shared.database()
        let (ledger, lock) = try await DatabaseLedger.withTeam(address)
        let run = try Sample.run("a")
        try await ledger.begin(run, lock: lock)
        await ledger.unlock(lock)
        let proxy = try CuttingProxy(before: address, harm: .cutAfter("COMMIT"), times: 0)
        defer { proxy.stop() }
        let proxied = proxy.address(like: address).ledger()
        let held = try await proxied.lock(.team(try Sample.team()), holder: "x", at: time)
        proxy.arm(times: 1)
        try await proxied.intend(try Sample.intent("k", by: run), lock: held)
        proxy.arm(times: 1)
        try await proxied.record(
            DestinationRecord(
                run: run,
                team: try Sample.team(),
                destination: try Sample.shop("lumen"),
                status: "OK",
                detail: "",
                plan: nil,
                summary: .init(),
                corrections: (0..<5000).map { Sample.correction("S-\($0)") },
                findings: []
            ),
            lock: held
        )
        #expect(try await address.superuser.text("SELECT count(*) FROM synctec.intents") == "1")
        #expect(try await address.superuser.text("SELECT count(*) FROM synctec.corrections") == "5000")
        try await proxied.close()
        try await ledger.close()
    }
}
