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
            } catch {
                try? await ledger.close()
                throw error
            }
            try await ledger.close()
        }
    }
}
