import Foundation
import SimulatedShopify
import Testing

/// What the built command tells of past runs, and what it clears away.
struct LookingBackTests {
    private struct DriftRow: Decodable {
        let run: String
        let destination: String
        let field: String
        let verdict: String
        let old: String
        let new: String
        let outcome: String
    }

    private struct Repeat: Decodable {
        let destination: String
        let sku: String
        let field: String
        let times: Int
        let found: String
    }

    private struct Garbage: Decodable {
        let what: String
        let count: Int
    }

    @Test func `drift tells who moved a SKU and who keeps doing it, and metrics stand after each run`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            stage.settings.more = ["metrics: synctec.prom"]
            try await stage.settle()
            var runs: [String] = []
            for price in ["13.00", "13.10"] {
                try stage.destinations[0].edit(sku: "A-3", set: ["price": .string(price)])
                let run: RunDocument = try await stage.synctec("run", "--json").document()
                runs.insert(run.run, at: 0)
            }
            let one = try await stage.synctec("drift", "--sku", "A-3", "--json")
            #expect(one.status == 0, "\(one.errors)")
            let rows: [DriftRow] = try one.document()
            let prices = rows.filter { $0.field == "price" && $0.verdict == "destination drifted" }
            #expect(prices.map(\.run) == runs)
            #expect(prices.map(\.old) == ["13.10", "13.00"])
            #expect(prices.allSatisfy { $0.outcome == "applied" })
            let text = try await stage.synctec("drift", "--sku", "A-3", "--destination", "lumen-home")
            #expect(text.output.contains("price: destination drifted, \"13.10\" -> "), "\(text.output)")

            let top: [Repeat] = try await stage.synctec("drift", "--top", "--json").document()
            #expect(top.map(\.sku) == ["A-3"])
            #expect(top.map(\.times) == [2])
            #expect(top.map(\.found) == ["13.10"])
            #expect(try await stage.synctec("drift", "--top", "1").output.contains("A-3"))
            #expect(try await stage.synctec("drift", "--sku", "a-3").output.hasPrefix("nothing about a-3"))
            #expect(try await stage.synctec("drift").status == 64)

            let metrics = try String(contentsOfFile: "\(stage.folder)/synctec.prom", encoding: .utf8)
            for name in ["catalogue", "stock"] {
                let labels = Self.labels(stage, name)
                #expect(metrics.contains("synctec_destination_exit_status\(labels) 0\n"), "\(metrics)")
                #expect(!metrics.contains("synctec_destination_last_good_run_timestamp_seconds\(labels) 0\n"))
            }
        }
    }

    private static func labels(_ stage: Stage, _ name: String) -> String {
        "{team=\"\(stage.settings.team)\",destination=\"\(stage.destinations[0].shop)\",stage=\"\(name)\"}"
    }

    @Test func `a brake on prices stays in the metrics while runs of stock end well`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            stage.settings.more = ["metrics: synctec.prom"]
            try await stage.settle()
            for (number, price) in ["11.00", "12.10", "13.20", "14.30"].enumerated() {
                try stage.destinations[0].edit(sku: "A-\(number + 1)", set: ["price": .string(price)])
            }
            for name in ["catalogue", "stock", "catalogue", "stock"] {
                let status: Int32 = name == "stock" ? 1 : 2
                let ended = try await stage.synctec("run", "--stage", name)
                #expect(ended.status == status, "\(name): \(ended.errors)")
                let metrics = try String(contentsOfFile: "\(stage.folder)/synctec.prom", encoding: .utf8)
                let exit = "synctec_destination_exit_status"
                #expect(metrics.contains("\(exit)\(Self.labels(stage, "catalogue")) 2\n"), "\(metrics)")
                if name == "stock" {
                    #expect(metrics.contains("\(exit)\(Self.labels(stage, "stock")) 1\n"), "\(metrics)")
                }
            }
        }
    }

    @Test func `gc removes what killed runs left, leaves a young team whole, and says both`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            let place = "\(stage.settings.reports)/\(stage.settings.team)"
            let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
            let left = "\(place)/.\(try #require(names.first)).part"
            try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
            let old = Date(timeIntervalSinceNow: -2 * 86_400)
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: left)
            for isDry in [true, false] {
                let ended = try await isDry ? stage.synctec("gc", "--json", "--dry-run") : stage.synctec("gc", "--json")
                #expect(ended.status == 0, "\(ended.errors)")
                let parts: [Garbage] = try ended.document()
                #expect(
                    parts.map(\.what)
                        == ["rows", "plans", "journal", "mails", "runs", "reports", "unfinished reports"]
                )
                #expect(parts.map(\.count) == [0, 0, 0, 0, 0, 0, 1])
                #expect(FileManager.default.fileExists(atPath: left) == isDry)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: place).sorted() == names)
            #expect(try await stage.synctec("run").status == 0)
        }
    }
}
