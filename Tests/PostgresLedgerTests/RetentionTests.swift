import Catalog
import Foundation
import Mail
import Reconciliation
import Reporting
import Runs
import Settings
import Testing

@testable import PostgresLedger

/// What `synctec gc` removes from the ledger, and what it must not.
struct RetentionTests {
    private let day = Duration.seconds(86_400)
    private var time: Timestamp { Sample.time }

    /// A ledger in which each sign is a run of that many days ago, of one destination, with a row and a finding.
    private func filled(_ runs: [(sign: Character, daysAgo: Int)]) async throws -> (
        ledger: DatabaseLedger, lock: RunLock
    ) {
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        for run in runs {
            let id = try Sample.run(run.sign)
            let start = time + .seconds(-86_400 * run.daysAgo)
            try await ledger.begin(id, lock: lock, at: start)
            try await ledger.record(
                DestinationRecord(
                    run: id,
                    team: try Sample.team(),
                    destination: try Sample.shop("lumen"),
                    status: "OK",
                    detail: "",
                    plan: nil,
                    summary: DestinationSummary(),
                    corrections: [Sample.correction("A-1"), Sample.correction("A-2")],
                    findings: [FindingRow(kind: .blankSKU, shop: "lumen.myshopify.com", detail: "no SKU")]
                ),
                lock: lock
            )
            try await ledger.finish(id, status: "OK", detail: "", at: start, post: .init(), lock: lock)
        }
        return (ledger, lock)
    }

    private var keep: RetentionSettings {
        var keep = RetentionSettings()
        keep.rows = day * 10
        keep.runs = day * 20
        keep.plans = day * 10
        keep.journal = day * 10
        keep.mails = day * 10
        return keep
    }

    private func removed(_ kind: RetainedKind, from ledger: DatabaseLedger, dryRun: Bool = false) async throws -> Int {
        let part = try await ledger.removeOld(kind, of: try Sample.team(), keep: keep, at: time, dryRun: dryRun)
        #expect((part.count == 0) == (part.bytes == 0))
        return part.count
    }

    private func rows(_ sign: Character, in ledger: DatabaseLedger) async throws -> Int {
        let found = try await ledger.rows(
            of: try Sample.run(sign),
            destination: try Sample.shop("lumen"),
            in: try Sample.team()
        )
        return found.corrections.count + found.findings.count
    }

    @Test func `rows go before their runs, and a dry run says the same and removes nothing`() async throws {
        let (ledger, _) = try await filled([("a", 30), ("b", 15), ("c", 5)])
        #expect(try await removed(.rows, from: ledger, dryRun: true) == 6)
        #expect(try await rows("a", in: ledger) == 3)
        #expect(try await removed(.runs, from: ledger, dryRun: true) == 1)
        #expect(try await rows("a", in: ledger) == 3)
        #expect(try await removed(.rows, from: ledger) == 6)
        #expect(try await rows("a", in: ledger) == 0)
        #expect(try await rows("b", in: ledger) == 0)
        #expect(try await rows("c", in: ledger) == 3)
        #expect(try await removed(.runs, from: ledger, dryRun: true) == 1)
        #expect(try await removed(.runs, from: ledger) == 1)
        let left = try await ledger.runs(of: try Sample.team(), limit: 10)
        #expect(left.map(\.id) == [try Sample.run("c"), try Sample.run("b")])
        #expect(left.map(\.destinations.count) == [1, 1])
        for kind in RetainedKind.allCases { #expect(try await removed(kind, from: ledger) == 0, "\(kind)") }
        try await ledger.close()
    }

    @Test func `many runs go in several batches`() async throws {
        let signs = Array("0123456789abcdef")
        let (ledger, lock) = try await DatabaseLedger.withTeam(try await TestServer.shared.database())
        for (index, sign) in (signs + signs).enumerated() {
            let id = try #require(
                RunID(
                    String(repeating: sign, count: index < 16 ? 32 : 31) + (index < 16 ? "" : sign == "0" ? "1" : "0")
                )
            )
            try await ledger.begin(id, lock: lock, at: time + day * -40)
            try await ledger.record(
                DestinationRecord(
                    run: id,
                    team: try Sample.team(),
                    destination: try Sample.shop("lumen"),
                    status: "OK",
                    detail: "",
                    plan: nil,
                    summary: DestinationSummary(),
                    corrections: [Sample.correction("A-1")],
                    findings: []
                ),
                lock: lock
            )
            try await ledger.finish(id, status: "OK", detail: "", at: time, post: .init(), lock: lock)
        }
        #expect(try await removed(.rows, from: ledger, dryRun: true) == 32)
        #expect(try await removed(.rows, from: ledger) == 32)
        #expect(try await removed(.runs, from: ledger) == 32)
        try await ledger.close()
    }

    @Test func `an unfinished run stays whole, and so does the last good run of a destination`() async throws {
        let (ledger, lock) = try await filled([("a", 40), ("b", 39)])
        let shop = try Sample.shop("lumen")
        try await ledger.save(
            Baseline(
                team: try Sample.team(),
                destination: shop,
                run: try Sample.run("a"),
                at: time + day * -40,
                rules: "rules",
                sourceRows: [1, 2],
                links: [3],
                rate: nil,
                sourceSKUs: 1,
                destinationSKUs: 1
            ),
            lock: lock
        )
        // Under a lock of its own, so that no later run closes it.
        try await ledger.begin(try Sample.run("c"), lock: lock, at: time + day * -38)
        try await ledger.intend(try Sample.intent("open", by: try Sample.run("c")), lock: lock)
        for kind in RetainedKind.allCases { _ = try await removed(kind, from: ledger) }
        let left = try await ledger.runs(of: try Sample.team(), limit: 10)
        #expect(left.map(\.id) == [try Sample.run("c"), try Sample.run("a")])
        #expect(try await ledger.baseline(try Sample.team(), destination: shop)?.links == [3])
        #expect(try await ledger.openIntents(try Sample.team(), destination: shop).map(\.key) == ["open"])
        try await ledger.close()
    }

    @Test func `of the journal only what is settled and told goes`() async throws {
        let (ledger, lock) = try await filled([("a", 40)])
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        let killed = try Sample.run("b")
        try await ledger.begin(killed, lock: lock, at: time + day * -39)
        for (key, run, isSettled) in [
            ("told", try Sample.run("a"), true), ("open", try Sample.run("a"), false), ("untold", killed, true),
        ] {
            try await ledger.intend(try Sample.intent(key, by: run), lock: lock)
            guard isSettled else { continue }
            try await ledger.settle(key, as: .done, detail: "", lock: lock, at: time + day * -30)
        }
        try await ledger.finish(killed, status: "INTERRUPTED", detail: "", at: time, post: .init(), lock: lock)
        #expect(try await removed(.journal, from: ledger, dryRun: true) == 1)
        #expect(try await removed(.journal, from: ledger) == 1)
        #expect(try await ledger.openIntents(team, destination: shop).map(\.key) == ["open"])
        // The run of an entry that is left stays too: else the next run would tell of it again.
        _ = try await removed(.rows, from: ledger)
        #expect(try await removed(.runs, from: ledger) == 0)
        try await ledger.close()
    }

    @Test func `plans go but the newest, those that wait for their run, and those whose approval is still remembered`()
        async throws
    {
        let (ledger, lock) = try await filled([("a", 40)])
        let (team, shop, run) = (try Sample.team(), try Sample.shop("lumen"), try Sample.run("a"))
        for (sign, daysAgo) in [("b", 40), ("c", 39), ("d", 38), ("e", 37)] as [(Character, Int)] {
            try await ledger.save(try Sample.plan(sign, by: run, minute: Int64(-daysAgo * 1440)), lock: lock)
            guard sign != "b" else { continue }
            try await ledger.approve(try Sample.hash(sign), of: team, held: true, by: "ann", at: time + day * -daysAgo)
        }
        let open = try await ledger.openApprovals(team, destination: shop)
        for (sign, daysAgo) in [("c", 30), ("d", 12)] as [(Character, Int)] {
            let approval = try #require(open.first { $0.plan.hash.text.first == sign })
            try await ledger.useApproval(approval, run: run, lock: lock, at: time + day * -daysAgo)
        }
        #expect(try await removed(.plans, from: ledger, dryRun: true) == 2)
        #expect(try await removed(.plans, from: ledger) == 2)
        let left = try await ledger.plans(team, hashPrefix: "").map(\.hash)
        #expect(left == [try Sample.hash("e"), try Sample.hash("d")])
        #expect(try await ledger.openApprovals(team, destination: shop).map(\.plan.hash) == [try Sample.hash("e")])
        try await ledger.close()
    }
}
