import Catalog
import Pricing
import Runs
import Testing

@testable import PostgresLedger

struct TeamTests {
    private let time = Sample.time

    private func ledgerWithTeam() async throws -> DatabaseLedger {
        let ledger = try await TestServer.shared.database().ledger()
        try await ledger.createTeam(
            try Sample.team(),
            source: try Sample.store("northwind", 1, .usd),
            by: "ann",
            at: time
        )
        return ledger
    }

    @Test func `a team is found by its address, with its source`() async throws {
        let ledger = try await ledgerWithTeam()
        let found = try await ledger.team(try Sample.team(), askedBy: "bob", at: time)
        #expect(
            found
                == TeamRecord(
                    id: try Sample.team(),
                    source: try Sample.store("northwind", 1, .usd),
                    createdAt: time,
                    createdBy: "ann"
                )
        )
        try await ledger.close()
    }

    @Test func `the teams around a store are found by its shop id, the oldest first, and no others`() async throws {
        let ledger = try await ledgerWithTeam()
        let (later, foreign) = (try Sample.team("SP-TEAM-222222"), try Sample.team("SP-TEAM-333333"))
        let source = try Sample.store("northwind", 1, .usd)
        try await ledger.createTeam(later, source: source, by: "ann", at: time + .seconds(60))
        try await ledger.createTeam(foreign, source: try Sample.store("other", 2), by: "bob", at: time)
        try await ledger.requestMembership(foreign, store: source, by: "ann", at: time)
        #expect(try await ledger.teams(around: source) == [try Sample.team(), later])
        #expect(try await ledger.teams(around: try Sample.store("other", 2)) == [foreign])
        #expect(try await ledger.teams(around: try Sample.store("nobody", 9)) == [])
        try await ledger.close()
    }

    @Test func `an id that is taken is refused, and nothing of it is kept`() async throws {
        let ledger = try await ledgerWithTeam()
        await #expect(throws: LedgerError.refused("there is a team SP-TEAM-7KQ2MX already: create it under another id"))
        {
            try await ledger.createTeam(try Sample.team(), source: try Sample.store("other", 2), by: "bob", at: time)
        }
        #expect(try await ledger.team(try Sample.team(), askedBy: "x", at: time)?.source.shop.name == "northwind")
        try await ledger.close()
    }

    @Test func `HI-4 after ten misses within an hour a further miss is refused; the right id and others are not`()
        async throws
    {
        let ledger = try await ledgerWithTeam()
        for sign in "23456789AB" {
            let guess = try Sample.team("SP-TEAM-22222\(sign)")
            #expect(try await ledger.team(guess, askedBy: "eve", at: time) == nil)
        }
        let wrong = try Sample.team("SP-TEAM-33333C")
        await #expect(throws: LedgerError.self) { try await ledger.team(wrong, askedBy: "eve", at: time) }
        #expect(try await ledger.team(try Sample.team(), askedBy: "eve", at: time) != nil)
        #expect(try await ledger.team(wrong, askedBy: "bob", at: time) == nil)
        #expect(try await ledger.team(wrong, askedBy: "eve", at: time + .seconds(3601)) == nil)
        try await ledger.close()
    }

    @Test func `what is asked of an unknown team is refused`() async throws {
        let ledger = try await ledgerWithTeam()
        await #expect(throws: LedgerError.self) { try await ledger.memberships(of: try Sample.team("SP-TEAM-222222")) }
        try await ledger.close()
    }

    @Test func `a membership is kept with its whole history`() async throws {
        let ledger = try await ledgerWithTeam()
        let team = try Sample.team()
        let store = try Sample.store("lumen", 2)
        try await ledger.requestMembership(team, store: store, by: "lumen's", at: time)
        try await ledger.changeMembership(
            team,
            shop: store.shop,
            to: .approved,
            by: "ann",
            at: time + .seconds(1),
            note: "ok"
        )
        try await ledger.changeMembership(
            team,
            shop: store.shop,
            to: .left,
            by: "lumen's",
            at: time + .seconds(2),
            note: ""
        )
        try await ledger.requestMembership(
            team,
            store: try Sample.store("lumen", 2, .jpy),
            by: "lumen's",
            at: time + .seconds(3)
        )
        let found = try #require(try await ledger.memberships(of: team).first)
        #expect(found.state == .requested)
        #expect(found.store.currency == .jpy)
        #expect(found.history.map(\.state) == [.requested, .approved, .left, .requested])
        #expect(found.history.map(\.at) == (0..<4).map { time + .seconds($0) })
        #expect(found.history[1] == MembershipEvent(state: .approved, at: time + .seconds(1), actor: "ann", note: "ok"))
        try await ledger.close()
    }

    @Test(arguments: MembershipState.allCases)
    func `every move that is not allowed is refused and leaves no trace`(next: MembershipState) async throws {
        let ledger = try await ledgerWithTeam()
        let team = try Sample.team()
        let shop = try Sample.shop("lumen")
        await #expect(throws: LedgerError.self) {
            try await ledger.changeMembership(team, shop: shop, to: next, by: "x", at: time, note: "")
        }
        try await ledger.requestMembership(team, store: try Sample.store("lumen", 2), by: "x", at: time)
        let isAllowed = MembershipState.requested.canBecome(next)
        do {
            try await ledger.changeMembership(team, shop: shop, to: next, by: "x", at: time, note: "")
            #expect(isAllowed)
        } catch {
            #expect(!isAllowed)
        }
        let found = try #require(try await ledger.memberships(of: team).first)
        #expect(found.history.count == (isAllowed ? 2 : 1))
        #expect(found.state == (isAllowed ? next : .requested))
        try await ledger.close()
    }

    @Test func `a store has one role, one name and one place in a team`() async throws {
        let ledger = try await ledgerWithTeam()
        let team = try Sample.team()
        try await ledger.requestMembership(team, store: try Sample.store("lumen", 2), by: "x", at: time)
        let refused = [
            try Sample.store("northwind", 1), try Sample.store("lumen", 2), try Sample.store("lumen", 3),
            try Sample.store("alias", 2), try Sample.store("alias", 1),
        ]
        for store in refused {
            await #expect(throws: LedgerError.self, "\(store)") {
                try await ledger.requestMembership(team, store: store, by: "x", at: time)
            }
        }
        #expect(try await ledger.memberships(of: team).count == 1)
        try await ledger.close()
    }

    @Test func `CF-4 MO-8 a pinned store is held against what it showed first`() async throws {
        let ledger = try await ledgerWithTeam()
        let team = try Sample.team()
        let lumen = try Sample.store("lumen", 2)
        #expect(try await ledger.pin(lumen, role: .destination, in: team, at: time) == .agrees)
        #expect(try await ledger.pin(lumen, role: .destination, in: team, at: time) == .agrees)
        #expect(
            try await ledger.pin(try Sample.store("lumen", 3), role: .destination, in: team, at: time)
                == .otherShop(pinned: 2)
        )
        #expect(try await ledger.pin(lumen, role: .source, in: team, at: time) == .otherRole(.destination))
        #expect(
            try await ledger.pin(try Sample.store("lumen", 2, .jpy), role: .destination, in: team, at: time)
                == .otherCurrency(pinned: .eur)
        )
        #expect(
            try await ledger.pin(try Sample.store("northwind", 1, .usd), role: .destination, in: team, at: time)
                == .otherRole(.source)
        )
        #expect(
            try await ledger.pin(try Sample.store("alias", 1, .usd), role: .destination, in: team, at: time)
                == .otherRole(.source)
        )
        await #expect(throws: LedgerError.self) {
            try await ledger.pin(try Sample.store("second", 5), role: .source, in: team, at: time)
        }
        try await ledger.close()
    }
}
