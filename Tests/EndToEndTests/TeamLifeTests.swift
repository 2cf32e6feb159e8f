import Foundation
import SimulatedShopify
import Testing

/// Stores come into a team and leave it, and every refusal on the way.
@Suite struct TeamLifeTests {
    private static let scenario = Scenarios.plain(6, destinations: [Scenarios.euro, "noma-store.myshopify.com"])

    /// Calls a store has received that are more than asking who it is, and where it keeps stock.
    private static func deeperCalls(_ store: SimulatedStore) -> [String: Int] {
        store.counters.calls.filter { !["ShopIdentity", "Locations"].contains($0.key) }
    }

    @Test func `a store joins, waits, is approved, suspended, approved again, leaves and comes back`() async throws {
        try await Stage.with(Self.scenario) { stage in
            try await stage.found(approving: false)
            let shop = Scenarios.euro
            let other = "noma-store.myshopify.com"
            let (store, neighbour) = (stage.destinations[0], stage.destinations[1])

            // Only requested: nothing is read, of the source either.
            let waiting = try await stage.synctec("run", "--json")
            #expect(waiting.status == 1, "\(waiting.errors)")
            let waitingDetail = try #require(try waiting.document(RunDocument.self)[shop]?.detail)
            #expect(waitingDetail.contains("synctec team approve \(shop)"))
            for store in stage.stores { #expect(Self.deeperCalls(store) == [:]) }

            #expect(try await stage.synctec("team", "approve", shop, "--note", "signed 2026-11-20").status == 0)
            #expect(try await stage.synctec("team", "reject", other, "--note", "no contract").status == 0)
            for store in stage.stores { #expect(Self.deeperCalls(store) == [:]) }

            // Approved: read, and after its first plan written; the rejected one is left alone.
            let first = try await stage.synctec("run", "--json")
            #expect(first.status == 2)
            let plan = try #require(try first.document(RunDocument.self)[shop]?.plan)
            try store.edit(sku: "A-1", set: ["price": "11.50"])
            try await stage.approve(plan)
            #expect(try await stage.synctec("run").status == 1)
            #expect(store.variants(sku: "A-1").first?["price"] == "11.10")
            #expect(Self.deeperCalls(neighbour) == [:])

            // Suspended: touched no more, and its stock stays.
            #expect(try await stage.synctec("team", "suspend", shop, "--stock", "keep").status == 0)
            try store.edit(sku: "A-1", set: ["price": "11.60"])
            stage.resetCounters()
            let suspended = try await stage.synctec("run", "--json")
            #expect(suspended.status == 1, "\(suspended.errors)")
            #expect(try suspended.document(RunDocument.self)[shop]?.detail?.contains("suspended") == true)
            for store in stage.stores { #expect(store.counters.calls == [:]) }
            #expect(store.variants(sku: "A-1").first?["price"] == "11.60")

            // Approved again: goes on without another first plan, since it was accepted before.
            #expect(try await stage.synctec("team", "approve", shop).status == 0)
            let again = try await stage.synctec("run", "--json", "--destination", shop)
            #expect(again.status == 0, "\(again.errors)")
            #expect(store.variants(sku: "A-1").first?["price"] == "11.10")

            // Left, its stock set to zero so that nothing is sold that nobody ships.
            let left = try await stage.synctec("team", "leave", "--shop", shop, "--stock", "zero-stock")
            #expect(left.status == 0, "\(left.errors)")
            for number in 1...6 { #expect(Catalogue(store).only("A-\(number)")?.units == 0) }
            stage.resetCounters()
            #expect(try await stage.synctec("run", "--destination", shop).status == 1)
            #expect(store.counters.calls == [:])

            // Back again: asks anew, waits anew, and gets its stock again.
            #expect(try await stage.synctec("team", "join", stage.settings.team, "--shop", shop).status == 0)
            stage.resetCounters()
            #expect(try await stage.synctec("run", "--destination", shop).status == 1)
            #expect(store.counters.calls == [:])
            #expect(try await stage.synctec("team", "approve", shop).status == 0)
            let back = try await stage.synctec("run", "--json", "--destination", shop)
            if back.status == 2 {
                try await stage.approve(try #require(try back.document(RunDocument.self)[shop]?.plan))
                #expect(try await stage.synctec("run", "--destination", shop).status == 0)
            } else {
                #expect(back.status == 0, "\(back.errors)")
            }
            for number in 1...6 { #expect(Catalogue(store).only("A-\(number)")?.units == 5) }

            let history = try await Self.history(stage)
            #expect(
                history[shop] == [
                    "requested", "approved", "suspended", "approved", "left", "requested", "approved",
                ]
            )
            #expect(history[other] == ["requested", "rejected"])
        }
    }

    private struct Team: Decodable {
        struct Member: Decodable {
            struct Event: Decodable {
                let state: String
                let at: String
                let actor: String
                let note: String
            }
            let shop: String
            let currency: String
            let state: String
            let history: [Event]
        }
        let team: String
        let source: String
        let members: [Member]
    }

    /// The states each store went through, as `team show --json` tells them; every one has a date and an actor.
    private static func history(_ stage: Stage) async throws -> [String: [String]] {
        let shown = try await stage.synctec("team", "show", "--json")
        #expect(shown.status == 0)
        let team: Team = try shown.document()
        #expect(team.team == stage.settings.team)
        #expect(team.source == stage.source.shop)
        for member in team.members {
            #expect(member.currency == "EUR")
            #expect(member.state == member.history.last?.state)
            #expect(member.history.allSatisfy { $0.at.hasPrefix("20") && $0.actor.contains("@") })
            #expect(member.history.map(\.at) == member.history.map(\.at).sorted())
        }
        let notes = team.members.flatMap(\.history).map(\.note)
        #expect(notes.contains("signed 2026-11-20"))
        #expect(notes.contains("no contract"))
        return Dictionary(uniqueKeysWithValues: team.members.map { ($0.shop, $0.history.map(\.state)) })
    }

    @Test func `joining is refused without a team, a right token, or another role`() async throws {
        try await Stage.with(Self.scenario) { stage in
            try await stage.found(approving: false)
            let shop = Scenarios.euro

            let unknown = try await stage.synctec("team", "join", "SP-TEAM-ZZZZZZ", "--shop", shop)
            #expect(unknown.status == 64)
            #expect(unknown.errors.contains("there is no team SP-TEAM-ZZZZZZ"))
            let malformed = try await stage.synctec("team", "join", "SP-TEAM-1", "--shop", shop)
            #expect(malformed.status == 64)

            let source = try await stage.synctec("team", "join", stage.settings.team, "--shop", stage.source.shop)
            #expect(source.status == 64)
            #expect(source.errors.contains("one role"))

            try stage.writeCredential(of: shop, "shpat_of_somebody_else")
            let wrong = try await stage.synctec("team", "join", stage.settings.team, "--shop", shop)
            #expect(wrong.status == 3)
            #expect(wrong.errors.contains(shop))
            #expect(wrong.errors.contains("status STORE"))

            // HI-4: the id of the team gives no right, so neither does approving with another store's token.
            try stage.writeCredential(of: shop, stage.token)
            try stage.writeCredential(of: stage.source.shop, "shpat_of_somebody_else")
            let usurped = try await stage.synctec("team", "approve", shop)
            #expect(usurped.status == 3)
            let shown: Team = try await stage.synctec("team", "show", "--json").document()
            #expect(shown.members.map(\.state) == ["requested", "requested"])
        }
    }

    @Test func `nothing of a store that only asked is read, whatever is asked for`() async throws {
        try await Stage.with(Self.scenario) { stage in
            try await stage.found(approving: false)
            for (words, status) in [(["plan"], 1), (["run"], 1), (["check"], 1), (["explain", "A-1"], 0)] {
                let ended = try await stage.startBare(words + ["--settings", stage.settingsFile]).ended()
                #expect(ended.status == Int32(status), "\(words): \(ended.errors)")
                for store in stage.destinations { #expect(Self.deeperCalls(store) == [:], "\(words)") }
            }
            let emptied = try await stage.synctec("team", "leave", "--shop", Scenarios.euro, "--stock", "zero-stock")
            #expect(emptied.status != 0, "its stock would have to be read first")
            #expect(Self.deeperCalls(stage.destinations[0]) == [:])
            let left = try await stage.synctec("team", "leave", "--shop", Scenarios.euro)
            #expect(left.status == 0, "\(left.errors)")
        }
    }

    @Test func `CF-4: a team has one source, and another one in the settings is refused before any store is read`()
        async throws
    {
        try await Stage.with(Self.scenario) { stage in
            try await stage.found()
            let file = stage.settingsFile
            // Another source for the same team: the settings name a destination in its place.
            let swapped = StageSettings.swapped(stage)
            try swapped.write(toFile: file, atomically: true, encoding: .utf8)
            stage.resetCounters()
            let run = try await stage.synctec("run")
            #expect(run.status == 64, "\(run.errors)")
            #expect(run.errors.contains("the source of team \(stage.settings.team) is \(stage.source.shop)"))
            for store in stage.stores { #expect(store.counters.calls == [:]) }
            let approve = try await stage.synctec("team", "approve", stage.source.shop)
            #expect(approve.status == 64)
        }
    }

    @Test func `CF-3: a token without the rights its role needs cannot join`() async throws {
        try await Stage.with(Self.scenario) { stage in
            let founded = try await stage.startBare(
                ["team", "create", "--shop", stage.source.shop] + stage.placeOptions(of: stage.source)
            ).ended()
            let team = founded.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(team.wholeMatch(of: /SP-TEAM-[2-9A-HJ-NP-Z]{6}/) != nil, "\(founded.errors)")
            let store = stage.destinations[0]
            store.setScopes(["read_products", "read_inventory", "read_locations"])
            let joined = try await stage.startBare(
                ["team", "join", team, "--shop", store.shop] + stage.placeOptions(of: store)
            ).ended()
            #expect(joined.status == 3)
            #expect(joined.errors.contains("write_products, write_inventory"))
        }
    }
}

extension StageSettings {
    /// The stage's settings with its source and its first destination in each other's place.
    fileprivate static func swapped(_ stage: Stage) -> String {
        let (source, destination) = (stage.stores[0], stage.stores[1])
        return stage.settings.text([
            (destination.shop, stage.address(of: destination)), (source.shop, stage.address(of: source)),
        ])
    }
}
