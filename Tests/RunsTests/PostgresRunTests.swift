import Catalog
import Foundation
import Glibc
import PostgresLedger
import Reconciliation
import Reporting
import Runs
import SimulatedShopify
import Testing

/// Runs over the real ledger: what the one in memory promises holds there too.
@Suite(.serialized) struct PostgresRunTests {
    @Test func `a store's first runs, a kill, and the run that finishes the work, in Postgres`() async throws {
        try await World.with(isJoined: false) { world in
            // A path that a server process of another user may pass through, short enough for a socket's name.
            let folder = "/tmp/synctec-runs-pg-\(getpid())"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let ledger = try await DatabaseLedger.open(.privateServer(stateFolder: folder))
            do {
                try await world.join(in: ledger)
                try world.destination.edit(sku: "LAMP-01", set: ["price": "13.00", "title": "Lump", "inventory": 3])
                #expect(try await world.run(.plan, ports: world.ports(ledger: ledger)).status == "BRAKE")
                try await world.approve(in: ledger)
                world.destination.add(FaultRule(match: "SetStock", times: nil, action: .httpStatus(402)))
                let cut = try await world.run(ports: world.ports(ledger: ledger))
                #expect(cut.status == "STORE", "\(cut.problems)")
                world.destination.clearFaults()
                let report = try await world.run(ports: world.ports(ledger: ledger))
                #expect(report.status == "OK", "\(report.problems)")
                #expect(world.destination.stock("LAMP-01") == 10)
                world.destination.resetCounters()
                #expect(try await world.run(ports: world.ports(ledger: ledger)).status == "OK")
                #expect(world.destination.counters.writeCount == 0)

                let (team, shop) = (try world.teamID(), try world.shop(world.destination))
                let runs = try await ledger.runs(of: team, limit: 10)
                #expect(runs.map(\.status) == ["OK", "OK", "STORE", "BRAKE"])
                #expect(try await ledger.openApprovals(team, destination: shop).isEmpty)
                #expect(try await ledger.openIntents(team, destination: shop).isEmpty)
                let rows = try await ledger.rows(of: try #require(RunID(cut.run)), destination: shop, in: team)
                #expect(rows.corrections == cut.destinations[0].corrections)
                #expect(rows.findings == cut.destinations[0].findings)
                try await Self.checkKilledRun(
                    world,
                    ledger,
                    like: try #require(rows.corrections.first { $0.field == .title })
                )
            } catch {
                try? await ledger.close()
                throw error
            }
            try await ledger.close()
        }
    }

    /// AP-3: a journalled write without a record is in the report of its run after the next one.
    private static func checkKilledRun(_ world: World, _ ledger: DatabaseLedger, like row: CorrectionRow) async throws {
        let (team, shop) = (try world.teamID(), try world.shop(world.destination))
        let killed = try #require(RunID(String(repeating: "d", count: 32)))
        let lock = try await ledger.lock(.team(team), holder: "killed", at: world.clock.now)
        try await ledger.begin(
            RunStart(
                id: killed,
                team: team,
                command: "run",
                startedAt: world.clock.now,
                version: "1",
                holder: "killed"
            ),
            lock: lock
        )
        let correction = Correction(
            sku: try #require(SKU(row.sku)),
            field: .title,
            target: CorrectionTarget(product: row.productID, variant: row.variantID, inventoryItem: 1),
            source: .text("Lamp 1"),
            old: .text("Lump"),
            new: .text("Lamp 1"),
            verdict: row.verdict,
            rule: nil,
            product: row.product
        )
        let intent = WriteIntent(
            key: "k",
            run: killed,
            team: team,
            destination: shop,
            call: "update products",
            corrections: try JSONEncoder().encode([correction]),
            at: world.clock.now
        )
        try await ledger.intend(intent, lock: lock)
        await ledger.unlock(lock)

        let report = try await world.run(ports: world.ports(ledger: ledger))
        #expect(report.status == "OK", "\(report.problems)")
        let record = try #require(try await ledger.run(team, idPrefix: "dddd"))
        #expect(record.status == "INTERRUPTED")
        #expect(record.destinations.map(\.status) == ["INTERRUPTED"])
        #expect(record.destinations.map(\.summary.applied) == [1])
        let found = try await ledger.rows(of: killed, destination: shop, in: team).corrections
        #expect(found.map(\.outcome) == ["applied"])
        #expect(found.map(\.old) == ["Lump"])
        #expect(found.map(\.reason) == ["found by run \(report.run.prefix(8)) after this run was killed"])
        #expect(try await ledger.openIntents(team, destination: shop).isEmpty)
        #expect(try await ledger.unreportedIntents(team, destination: shop).isEmpty)
    }
}
