import Foundation
import Glibc
import SimulatedShopify
import Testing

/// Settings and secrets that are refused before anything is contacted (FAULTS CF-*).
@Suite struct SettingsTroubleTests {
    @Test func `CF-1: every mistake is named with file, line and the nearest known key, and nothing is contacted`()
        async throws
    {
        try await Stage.with(Scenarios.plain(3)) { stage in
            let file = stage.settingsFile
            var text = stage.settings.text(stage.stores.map { ($0.shop, stage.address(of: $0)) })
            text += "fields:\n  pricee: locked\n  title: sometimes\nbrakes: { price_changes: lots }\n"
            try Data(text.utf8).write(to: URL(filePath: file))
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for command in [["run"], ["plan"], ["check"], ["team", "show"], ["history"], ["explain", "A-1"]] {
                let ended = try await stage.startBare(command + ["--settings", file]).ended()
                #expect(ended.status == 64)
                #expect(ended.lastLine == "status USAGE")
                for (wrong, hint) in [("pricee", "price"), ("sometimes", "create-only"), ("lots", "price_changes")] {
                    let line = try #require(lines.firstIndex { $0.contains(wrong) }) + 1
                    let told = ended.errors.split(separator: "\n").first { $0.contains("\(file):\(line)") }
                    #expect(told?.contains(hint) == true, "\(ended.errors)")
                }
            }
            for store in stage.stores { #expect(store.counters.calls == [:]) }
            #expect(!FileManager.default.fileExists(atPath: stage.settings.state))
        }
    }

    @Test func `wrong arguments end with 64 and name what is wrong`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let missing = try await stage.startBare(["run"]).ended()
            #expect(missing.status == 64)
            #expect(missing.errors.contains("synctec init"))
            try stage.writeSettings()
            for words in [["runn"], ["run", "--fast"], ["apply"], ["explain"], ["run", "--destination", "a b.com"]] {
                let ended = try await stage.startBare(words + ["--settings", stage.settingsFile]).ended()
                #expect(ended.status == 64, "\(words): \(ended.errors)")
                #expect(ended.output == "")
                #expect(!ended.errors.isEmpty)
                #expect(ended.lastLine == "status USAGE")
                let told = try await stage.startBare(words + ["--json"]).ended()
                #expect(told.status == 64)
                let document: [String: String] = try told.document()
                #expect(document["status"] == "USAGE")
                #expect(document["error"]?.isEmpty == false)
            }
            let absent = try await stage.startBare(["run", "--settings", "/nowhere/synctec.yaml"]).ended()
            #expect(absent.status == 64)
            #expect(absent.errors.contains("/nowhere/synctec.yaml"))
        }
    }

    @Test func `relative folders start from the settings file's, however that is named`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            try await stage.found()
            stage.settings.state = "./state"
            stage.settings.reports = "./reports"
            stage.settings.credentials = "credentials"
            try stage.writeSettings()
            // The command runs in the stage's folder: `synctec.yaml` there is found without a name.
            for words in [[], ["--settings", "synctec.yaml"], ["--settings", "./synctec.yaml"]] {
                let run = try await stage.startBare(["run", "--json"] + words).ended()
                #expect(run.status == 2, "\(words): \(run.errors)")
                #expect(run.errors.contains("reports in \(stage.folder)/reports"))
            }
            let shop = stage.destinations[0].shop
            let joined = try await stage.startBare(["team", "join", stage.settings.team, "--shop", shop]).ended()
            #expect(joined.errors.contains("settings: synctec.yaml"))
        }
    }

    @Test func `CF-2: all credential files that can't be used are named before any store is contacted`() async throws {
        try await Stage.with(Scenarios.plain(3)) { stage in
            try await stage.found()
            let shop = stage.destinations[0].shop
            try FileManager.default.removeItem(atPath: "\(stage.settings.credentials)/\(shop)")
            stage.resetCounters()
            for words in [["run"], ["plan"], ["explain", "A-1"]] {
                let ended = try await stage.startBare(words + ["--settings", stage.settingsFile]).ended()
                #expect(ended.status == 64, "\(words): \(ended.errors)")
                #expect(ended.errors.contains("\(shop): no such file"))
                #expect(ended.lastLine == "status USAGE")
                for store in stage.stores { #expect(store.counters.calls == [:]) }
            }
            let check = try await stage.synctec("check", "--quick")
            #expect(check.status == 3)
            #expect(check.output.split(separator: "\n").contains { $0.hasPrefix("BAD") && $0.contains("no such file") })
            chmod("\(stage.settings.credentials)/\(stage.source.shop)", 0o644)
            let both = try await stage.synctec("run", "--json")
            #expect(both.status == 64)
            let error = try both.document([String: String].self)["error"] ?? ""
            for word in ["\(shop): no such file", "lets others in"] { #expect(error.contains(word), "\(error)") }
        }
    }

    @Test(arguments: [(mode: 0o644, word: "mode"), (mode: 0o640, word: "mode")])
    func `CF-2: a credential file that others can read is refused`(mode: Int, word: String) async throws {
        try await Stage.with(Scenarios.plain(3)) { stage in
            try await stage.found()
            chmod("\(stage.settings.credentials)/\(stage.source.shop)", mode_t(mode))
            stage.resetCounters()
            let run = try await stage.synctec("run")
            #expect(run.status == 64, "\(run.errors)")
            #expect(run.errors.contains(stage.source.shop) && run.errors.contains(word))
            #expect(stage.source.counters.calls == [:])
            #expect(stage.writes == 0)
        }
    }

    @Test func `CF-2: a token stands in its file and in memory, nowhere else`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.found()
            stage.source.setBulkPolls(1_000_000)
            let child = try stage.start("run", "--json")
            #expect(await CallWatch.reached(stage.source) { $0.calls["ExportStatus", default: 0] >= 1 })
            // While it runs: no argument and no variable of any process it may have started.
            for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(process) != nil {
                for file in ["cmdline", "environ"] {
                    let data = FileManager.default.contents(atPath: "/proc/\(process)/\(file)") ?? Data()
                    #expect(data.range(of: Data(stage.token.utf8)) == nil, "/proc/\(process)/\(file)")
                }
            }
            let limits = try String(contentsOfFile: "/proc/\(child.process)/limits", encoding: .utf8)
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            #expect(core?.split(whereSeparator: \.isWhitespace).dropFirst(4).first == "0")
            stage.source.setBulkPolls(1)
            #expect(await child.ended().status == 2)
            // A refusal that quotes what a store said must not quote the token either.
            stage.destinations[0].add(FaultRule(match: "any", times: nil, action: .httpStatus(403)))
            #expect(try await stage.synctec("run").status == 3)
            _ = try await stage.synctec("check")
            let dump = try await LedgerServer.shared.dump(try #require(stage.settings.database))
            #expect(dump.contains(stage.settings.team))
            #expect(!dump.contains(stage.token))
        }
    }

    @Test func `CF-5: an endpoint that is not the shop's own address needs the switch beside it`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let text = stage.settings.text(stage.stores.map { ($0.shop, stage.address(of: $0)) })
                .replacing("allow_insecure_endpoint: true", with: "# not allowed")
            try Data(text.utf8).write(to: URL(filePath: stage.settingsFile))
            let run = try await stage.synctec("run")
            #expect(run.status == 64)
            #expect(run.errors.contains("allow_insecure_endpoint"))
            #expect(stage.source.counters.calls == [:])
        }
    }
}
