import Foundation
import Glibc
import SimulatedShopify
import Testing

/// A whole campaign with a proxy in between that holds every call and every answer against Shopify's own schema.
@Suite struct ConformanceTests {
    private static let script = Place.shared("shopify/conformance/conformance.py")
    private static let schema = Place.shared("shopify/admin-2026-07.nodesc.graphql")

    /// The Python, of those on the path, that has what the proxy needs; as it needs its own environment, it gets all of ours.
    private static func python() async throws -> String? {
        guard script != nil, schema != nil else { return nil }
        let environment = ProcessInfo.processInfo.environment
        let folder = try Place.temporaryFolder()
        Remains.add(folder)
        defer { Remains.remove(folder) }
        let onPath = (environment["PATH"] ?? "/usr/bin").split(separator: ":").map { "\($0)/python3" }
        // What `make conformance` makes where the system's Python lacks it.
        let ownOne = Place.root.appending(path: ".build/conformance/bin/python").path
        for program in onPath + [ownOne] where access(program, X_OK) == 0 {
            let child = try Child(
                program,
                ["-c", "import graphql"],
                environment: environment,
                folder: folder,
                name: "python"
            )
            if await child.ended().status == 0 { return program }
        }
        return nil
    }

    @Test(
        .enabled("no python3 with graphql-core, or no conformance proxy beside the repository") {
            try await python() != nil
        }
    )
    func `nothing said on either side breaks the schema`() async throws {
        let python = try #require(try await Self.python())
        let (script, schema) = (try #require(Self.script), try #require(Self.schema))
        try await Stage.with(Scenarios.twoStores(variants: 120, seed: 31, drift: "5%")) { stage in
            let proxies = try stage.stores.enumerated().map { number, store in
                try Child(
                    python,
                    [
                        "-u", script, "proxy", "--schema", schema, "--upstream", stage.address(of: store), "--listen",
                        "0",
                    ],
                    environment: ProcessInfo.processInfo.environment,
                    folder: stage.folder,
                    name: "proxy-\(number)"
                )
            }
            defer { for proxy in proxies { proxy.signal(SIGKILL) } }
            for (number, store) in stage.stores.enumerated() {
                let port = try await Self.port("\(stage.folder)/proxy-\(number).out")
                stage.addresses[store.shop] = "http://127.0.0.1:\(port)"
            }
            stage.settings.fields = StageSettings.allLocked
            try stage.destinations[0].edit(
                sku: try #require(Self.activeSKU(stage)),
                set: ["inventory": nil],
                location: "Amsterdam"
            )
            try await stage.settle()
            #expect(try await stage.synctec("check").status != 3)
            #expect([0, 1].contains(try await stage.synctec("plan").status))
            #expect(stage.destinations[0].counters.mutations["inventoryActivate"] == 1)
            for proxy in proxies {
                proxy.signal(SIGTERM)
                let ended = await proxy.ended(limit: .seconds(60))
                #expect(ended.status == 0)
                #expect(ended.errors == "")
                let last = try #require(ended.output.split(separator: "\n").last)
                let count = try JSONDecoder().decode(Count.self, from: Data(last.utf8))
                #expect(count.violations == 0)
                #expect(count.calls >= 10, "the calls went another way")
            }
        }
    }

    private struct Count: Decodable {
        let calls: Int
        let violations: Int
    }

    private struct Listening: Decodable {
        let listening: Int
    }

    /// The port a proxy says it listens on, once it has read the schema.
    private static func port(_ file: String) async throws -> Int {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(60) {
            let data = FileManager.default.contents(atPath: file) ?? Data()
            if data.last == UInt8(ascii: "\n") { return try JSONDecoder().decode(Listening.self, from: data).listening }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw CocoaError(.fileReadNoSuchFile)
    }

    private static func activeSKU(_ stage: Stage) -> String? {
        let source = Catalogue(stage.source)
        let destination = Catalogue(stage.destinations[0])
        return source.items.keys.sorted().first {
            source.only($0)?.isActive == true && source.only($0)?.text("tracked") == "true"
                && destination.only($0)?.text("tracked") == "true"
        }
    }
}
