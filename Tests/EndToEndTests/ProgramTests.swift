import Foundation
import Glibc
import SimulatedShopify
import Testing

/// The programs as a person first meets them: the demo, the simulator started by hand, and apps whose tokens last a day.
@Suite struct ProgramTests {
    @Test func `the demo shows every step, needs nothing, and leaves no server running`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let demo = try await stage.startBare(["demo", "--variants", "120", "--folder", "\(stage.folder)/demo"])
                .ended()
            #expect(demo.status == 0, "\(demo.errors)")
            #expect(demo.output.contains("Mutations the stores received in this run: 0"))
            #expect(demo.output.contains("Changed by the reseller"))
            let files =
                FileManager.default.enumerator(atPath: "\(stage.folder)/demo")?.compactMap { $0 as? String } ?? []
            #expect(files.count { $0.hasSuffix("corrections.csv") } >= 4)
            #expect(!files.contains { $0.hasSuffix("postmaster.pid") })
            // A folder that was kept can be played in once more.
            let again = try await stage.startBare(
                ["demo", "--variants", "20", "--quiet", "--folder", "\(stage.folder)/demo"]
            ).ended()
            #expect(again.status == 0, "\(again.errors)")
            #expect(!again.errors.contains("elapsed="))
        }
    }

    private struct Served: Decodable {
        let shop: String
        let endpoint: String
        let token: String
    }

    @Test func `a store served by the simulator's own command is founded on like any other`() async throws {
        let scenario = Scenarios.plain(3)
        try await Stage.with(scenario) { stage in
            let file = "\(stage.folder)/served.yaml"
            try Data(scenario.replacing("$TOKEN", with: "shpat_served").utf8).write(to: URL(filePath: file))
            let simulator = try Child(
                Place.simulator,
                ["serve", file],
                environment: Place.environment(home: stage.folder),
                folder: stage.folder,
                name: "simulator"
            )
            defer { simulator.signal(SIGKILL) }
            let served = try await Self.served("\(stage.folder)/simulator.out", count: 2)
            #expect(served.map(\.shop) == [Scenarios.source, Scenarios.euro])
            for store in served {
                stage.addresses[store.shop] = store.endpoint
                try stage.writeCredential(of: store.shop, store.token)
            }
            try await stage.found()
            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 2, "\(run.errors)")
            #expect(try run.document(RunDocument.self)[Scenarios.euro]?.summary?["matched"] == 3)
            simulator.signal(SIGTERM)
            #expect(await simulator.ended(limit: .seconds(60)).status == 0)
            let gone = try await stage.synctec("plan")
            #expect(gone.status == 3, "\(gone.errors)")
            #expect(gone.lastLine.hasPrefix("status STORE"))
        }
    }

    /// The stores the simulator says it serves, once it has said so of all.
    private static func served(_ file: String, count: Int) async throws -> [Served] {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(60) {
            let lines = (FileManager.default.contents(atPath: file) ?? Data()).split(separator: UInt8(ascii: "\n"))
            if lines.count == count, let stores = try? lines.map({ try JSONDecoder().decode(Served.self, from: $0) }) {
                return stores
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw CocoaError(.fileReadNoSuchFile)
    }

    @Test func `a token got by client id and secret is asked for once, and once more when it is refused`() async throws
    {
        let scenario = Scenarios.twoStores(variants: 60, seed: 5, drift: "6%")
            .replacing("token: $TOKEN", with: "client: { id: our-app, secret: $TOKEN }")
        try await Stage.with(scenario) { stage in
            for store in stage.stores {
                try stage.writeCredential(of: store.shop, "client_id: our-app\nclient_secret: \(stage.token)")
            }
            stage.settings.fields = StageSettings.allLocked
            try await stage.found()
            try await stage.acceptFirstPlans()
            stage.resetCounters()
            let store = stage.destinations[0]
            let child = try stage.start("run", "--json")
            let isReached = await CallWatch.reached(store) {
                store.expireTokens()
            } when: {
                $0.writeCount >= 3
            }
            #expect(isReached)
            let run = await child.ended()
            #expect([0, 1].contains(run.status), "\(run.errors)")
            let outcomes = try run.document(RunDocument.self).destinations.flatMap(\.corrections).map(\.outcome)
            #expect(Set(outcomes) == ["applied"])
            #expect(store.counters.calls["token"] == 2)
            #expect(stage.source.counters.calls["token"] == 1)

            try stage.writeCredential(of: store.shop, "client_id: our-app\nclient_secret: wrong")
            let refused = try await stage.synctec("run")
            #expect(refused.status == 3, "\(refused.errors)")
            #expect(refused.errors.contains(store.shop))
        }
    }
}
