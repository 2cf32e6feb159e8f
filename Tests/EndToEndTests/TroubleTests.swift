import Foundation
import Glibc
import SimulatedShopify
import Testing

/// What goes wrong outside: stores, database, disk, settings, other runs.
@Suite struct TroubleTests {
    private static let second = "noma-store.myshopify.com"

    @Test func `SC-1: a second run ends at once and touches no store; a killed one leaves no lock behind`() async throws
    {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            stage.resetCounters()
            stage.source.setBulkPolls(1_000_000)
            let first = try stage.start("run")
            // Both stores are asked who they are before the first run waits; what it still asks then is only how the export goes.
            #expect(await CallWatch.reached(stage.source) { $0.calls["ExportStatus", default: 0] >= 1 })
            for store in stage.destinations {
                #expect(await CallWatch.reached(store) { $0.calls["ShopIdentity", default: 0] >= 1 })
            }
            let calls = stage.stores.map { $0.counters.calls["ShopIdentity"] }
            for command in ["run", "plan"] {
                let other = try await stage.synctec(command)
                #expect(other.status == 3, "\(other.errors)")
                #expect(other.lastLine.hasPrefix("status LOCKED"))
                #expect(other.errors.contains("process \(first.process)"), "does not name who holds the lock")
            }
            #expect(stage.stores.map { $0.counters.calls["ShopIdentity"] } == calls)
            first.signal(SIGKILL)
            #expect(await first.ended().signal == SIGKILL)
            stage.source.setBulkPolls(1)
            let third = try await stage.synctec("run")
            #expect(third.status == 0, "\(third.errors)")
        }
    }

    @Test func `CF-3, SC-4: a refused token stops its own store only, and is named`() async throws {
        try await Stage.with(Scenarios.plain(6, destinations: [Scenarios.euro, Self.second])) { stage in
            try await stage.settle()
            let (good, bad) = (stage.destinations[0], stage.destinations[1])
            for store in stage.destinations { try store.edit(sku: "A-2", set: ["price": "12.00"]) }
            try stage.writeCredential(of: bad.shop, "shpat_expired")
            stage.resetCounters()
            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 3, "\(run.errors)")
            #expect(run.lastLine.hasPrefix("status STORE"))
            #expect(run.lastLine.contains("\(bad.shop)=STORE"))
            let document: RunDocument = try run.document()
            #expect(document[good.shop]?.status == "OK")
            #expect(document[bad.shop]?.status == "STORE")
            #expect(document[bad.shop]?.detail?.contains(bad.shop) == true)
            #expect(document[bad.shop]?.summary == nil)
            #expect(good.variants(sku: "A-2").first?["price"] == "12.21")
            #expect(bad.variants(sku: "A-2").first?["price"] == "12.00")
            #expect(bad.counters.writeCount == 0)
            let summary = try stage.csv("summary.csv", of: document)
            #expect(summary.rows.contains { $0["destination"] == bad.shop && $0["value"] == "STORE" })
        }
    }

    @Test func `a refused token of the source stops the whole run before any destination is written`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-2", set: ["price": "12.00"])
            try stage.writeCredential(of: stage.source.shop, "shpat_expired")
            stage.resetCounters()
            let run = try await stage.synctec("run")
            #expect(run.status == 3, "\(run.errors)")
            #expect(run.lastLine.hasPrefix("status STORE"))
            #expect(run.errors.contains(stage.source.shop))
            #expect(stage.writes == 0)
        }
    }

    @Test(arguments: ["postgresql://nobody@127.0.0.1:1/none", "postgresql:///none?host=/nowhere"])
    func `DB-1: without its database nothing contacts a store`(_ database: String) async throws {
        try await Stage.with(Scenarios.plain(3)) { stage in
            stage.settings.database = database
            try stage.writeSettings()
            for command in [["run"], ["plan"], ["team", "show"], ["check"]] {
                let ended = try await stage.startBare(command + ["--settings", stage.settingsFile]).ended()
                #expect(ended.status == 3, "\(ended.errors)")
                #expect(ended.lastLine.hasPrefix("status DATABASE"), "\(ended.errors)")
            }
            for store in stage.stores { #expect(store.counters.calls == [:]) }
        }
    }

    @Test func `CS-4: reports that cannot be written stop the run before any store is touched`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-2", set: ["price": "12.00"])
            // A file in the folder's place stops root as well as anybody else.
            stage.settings.reports = "\(stage.folder)/blocked"
            try Data().write(to: URL(filePath: stage.settings.reports))
            try stage.writeSettings()
            stage.resetCounters()
            let run = try await stage.synctec("run")
            #expect(run.status == 4, "\(run.errors)")
            #expect(run.lastLine.hasPrefix("status DELIVERY"))
            #expect(
                run.errors.contains("no report could be written, so no store was contacted: \(stage.settings.reports)")
            )
            for store in stage.stores { #expect(store.counters.calls == [:]) }
        }
    }

    @Test func `CS-3: reports are readable by nobody else, and every SKU has one outcome`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            let run: RunDocument = try await stage.synctec("run", "--json").document()
            let folder = try stage.reports(of: run)
            let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            #expect(names.count >= 4)
            for name in names {
                var status = stat()
                #expect(stat("\(folder)/\(name)", &status) == 0)
                #expect(status.st_mode & 0o077 == 0, "\(name)")
            }
            let summary = try #require(run.destinations.first?.summary)
            let skus = summary.filter { $0.key.hasPrefix("skus_") }
            let matched = ["in_step", "corrected", "planned", "held", "refused", "failed", "left"]
                .map { skus["skus_\($0)", default: 0] }.reduce(0, +)
            #expect(matched == summary["matched"])
            #expect(summary["matched"] == 6)
        }
    }

    @Test func `SN-3: a result file that is cut short is not believed, and the other destination goes on`() async throws
    {
        try await Stage.with(Scenarios.plain(12, destinations: [Scenarios.euro, Self.second])) { stage in
            try await stage.settle()
            let (good, bad) = (stage.destinations[0], stage.destinations[1])
            for store in stage.destinations { try store.edit(sku: "A-2", set: ["price": "12.00"]) }
            bad.add(FaultRule(match: "download", times: nil, action: .truncate(lines: 9)))
            stage.resetCounters()
            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 3, "\(run.errors)")
            #expect(run.lastLine.hasPrefix("status SNAPSHOT"))
            let document: RunDocument = try run.document()
            #expect(document[good.shop]?.status == "OK")
            #expect(document[bad.shop]?.status == "SNAPSHOT")
            #expect(good.variants(sku: "A-2").first?["price"] == "12.21")
            #expect(bad.counters.calls["download", default: 0] >= 3)
            #expect(bad.counters.writeCount == 0)
            bad.clearFaults()
            #expect(try await stage.synctec("run").status == 0)
            #expect(bad.variants(sku: "A-2").first?["price"] == "12.21")
        }
    }

    @Test func `SN-1, SN-4: where exports fail a store is paged, and where paging breaks too nothing is written`()
        async throws
    {
        try await Stage.with(Scenarios.plain(12)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try store.edit(sku: "A-2", set: ["price": "12.00"])
            store.add(FaultRule(match: "bulkQuery", times: nil, action: .bulkFailed(errorCode: "TIMEOUT")))
            stage.resetCounters()
            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 0, "\(run.errors)")
            #expect(try run.document(RunDocument.self)[store.shop]?.summary?["matched"] == 12)
            #expect(store.variants(sku: "A-2").first?["price"] == "12.21")
            #expect(store.counters.calls["CatalogProductsPage", default: 0] >= 1)
            #expect(store.counters.calls["download"] == nil, "a part of a file was opened")

            try store.edit(sku: "A-2", set: ["price": "12.00"])
            store.add(FaultRule(match: "CatalogProductsPage", times: nil, action: .endlessPages()))
            stage.resetCounters()
            let broken = try await stage.synctec("run")
            #expect(broken.status == 3, "\(broken.errors)")
            #expect(broken.lastLine.hasPrefix("status SNAPSHOT"))
            #expect(stage.writes == 0)
        }
    }

    @Test func `AP-1: an answer that is lost after the write counts once`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            let store = stage.destinations[0]
            try store.edit(sku: "A-2", set: ["price": "12.00"])
            try store.edit(sku: "A-3", set: ["inventory": 1])
            store.add(FaultRule(match: "productVariantsBulkUpdate", action: .applyThenDrop))
            store.add(FaultRule(match: "inventorySetQuantities", action: .applyThenDrop))
            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 0, "\(run.errors)")
            let rows = try run.document(RunDocument.self).destinations.flatMap(\.corrections)
            #expect(rows.map(\.outcome) == ["applied", "applied"])
            #expect(store.variants(sku: "A-2").first?["price"] == "12.21")
            #expect(Catalogue(store).only("A-3")?.units == 5)
            #expect(store.counters.mutations["productVariantsBulkUpdate", default: 0] >= 1)
        }
    }

    @Test func `an item that is not stocked at the mapped location is activated there, with the buffer kept back`()
        async throws
    {
        let scenario = """
            stores:
              - shop: \(Scenarios.source)
                currency: USD
                token: $TOKEN
                locations: [Rotterdam, Venlo, Attic]
                catalogue: { products: [
                  { title: Lamp, variants: [{ sku: LAMP, price: "20.00", inventory: { Rotterdam: 4, Venlo: 3, Attic: 50 } }] },
                  { title: Mug, variants: [{ sku: MUG, price: "8.00", inventory: { Rotterdam: -3, Venlo: 1 } }] } ] }
              - shop: \(Scenarios.euro)
                currency: EUR
                token: $TOKEN
                locations: [Amsterdam, Utrecht]
                catalogue: { products: [
                  { title: Lamp, variants: [{ sku: LAMP, price: "22.20", inventory: { Amsterdam: 9 } }] },
                  { title: Mug, variants: [{ sku: MUG, price: "8.88", inventory: { Amsterdam: 2, Utrecht: 2 } }] } ] }

            """
        try await Stage.with(scenario) { stage in
            stage.settings.destinations = [
                Scenarios.euro: [
                    Scenarios.usualRule,
                    "location_groups: [{ name: main, source: [Rotterdam, Venlo], destination: Utrecht, buffer: 2 }]",
                ]
            ]
            try await stage.settle()
            let store = stage.destinations[0]
            func levels(_ sku: String) -> [String: Int] {
                let members = Catalogue(store).only(sku)?.variant["inventory"]?.members ?? []
                return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value.integer ?? -999) })
            }
            #expect(levels("LAMP") == ["Amsterdam": 9, "Utrecht": 5])
            #expect(levels("MUG") == ["Amsterdam": 2, "Utrecht": 0])
            #expect(store.counters.mutations["inventoryActivate"] == 1)
            stage.resetCounters()
            #expect([0, 1].contains(try await stage.synctec("run").status))
            #expect(stage.writes == 0)
        }
    }
}
