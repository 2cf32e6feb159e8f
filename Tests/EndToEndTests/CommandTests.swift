import Foundation
import SimulatedShopify
import Testing

/// What the commands print: documents for programs, texts and help for people.
@Suite struct CommandTests {
    private struct Explanation: Decodable {
        struct Field: Decodable {
            let field: String
            let policy: String
            let source: String
            let destination: String
            let wanted: String
        }
        let place: String
        let price: [String]
        let fields: [Field]
    }

    private struct HistoryRun: Decodable {
        struct Part: Decodable {
            let shop: String
            let status: String
            let plan: String?
            let applied: Int
        }
        let run: String
        let command: String
        let startedAt: String
        let endedAt: String?
        let status: String
        let destinations: [Part]

        private enum CodingKeys: String, CodingKey {
            case run, command, status, destinations
            case startedAt = "started_at"
            case endedAt = "ended_at"
        }
    }

    private struct CheckResult: Decodable {
        let subject: String
        let verdict: String
        let detail: String
    }

    @Test func `explain leads from the source's price to the destination's`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-3", set: ["price": "13.00"])
            stage.resetCounters()
            let ended = try await stage.synctec("explain", "A-3", "--json", "--all")
            #expect(ended.status == 0, "\(ended.errors)")
            let found: [Explanation] = try ended.document()
            let only = try #require(found.first)
            #expect(found.count == 1)
            let way = only.price.joined(separator: "\n")
            for step in ["12.00", "0.925", "20", "13.32"] { #expect(way.contains(step), "\(way)") }
            let price = try #require(only.fields.first { $0.field == "price" })
            #expect(price.source == "12.00")
            #expect(price.destination == "13.00")
            #expect(price.wanted.contains("13.32"))
            #expect(stage.writes == 0)
            let text = try await stage.synctec("explain", "A-3", "--destination", "lumen-home")
            #expect(text.status == 0)
            #expect(text.output.contains("13.32"))
            let unknown = try await stage.synctec("explain", "NOT-THERE")
            #expect(unknown.output == "\(Scenarios.euro): the source has no such SKU\n")
            #expect(unknown.status == 1)
            #expect(unknown.lastLine == "status ATTENTION")
        }
    }

    @Test func `the plans of several destinations are one table, and one JSON array`() async throws {
        struct PlanDocument: Decodable { let destination: String }
        let shops = [Scenarios.euro, "noma-store.myshopify.com"]
        try await Stage.with(Scenarios.plain(6, destinations: shops)) { stage in
            try await stage.settle()
            for store in stage.destinations { try store.edit(sku: "A-3", set: ["price": "13.00"]) }
            let plans = try await stage.synctec("plan", "--format", "csv")
            #expect(plans.status == 1, "\(plans.errors)")
            let table = try StrictCSV(plans.output)
            #expect(table.header.first == "destination")
            #expect(table.rows.map { $0["destination"] } == shops)
            #expect(table.rows.map { $0["sku"] } == ["A-3", "A-3"])
            let documents: [PlanDocument] = try await stage.synctec("plan", "--format", "json").document()
            #expect(documents.map(\.destination) == shops)

            let only = try await stage.synctec("plan", "--format", "csv", "--destination", shops[0])
            #expect(try StrictCSV(only.output).header == Array(table.header.dropFirst()))
            let one = try await stage.synctec("plan", "--format", "json", "--destination", shops[0])
            #expect(try one.document(PlanDocument.self).destination == shops[0])
        }
    }

    @Test func `history lists the runs, and report writes one of them again, the same in every form`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-3", set: ["price": "13.00", "title": "=cmd()"])
            let run = try await stage.synctec("run", "--json")
            let document: RunDocument = try run.document()

            let listed = try await stage.synctec("history", "--json")
            #expect(listed.status == 0)
            let history: [HistoryRun] = try listed.document()
            #expect(history.map(\.command) == ["run", "run", "run"])
            #expect(history.map(\.status) == ["OK", "OK", "BRAKE"])
            #expect(history.allSatisfy { run in run.endedAt.map { $0 >= run.startedAt } ?? false })
            let newest = try #require(history.first)
            #expect(newest.run == document.run)
            #expect(newest.destinations.map(\.applied) == [1])
            #expect(newest.destinations.map(\.plan) == document.destinations.map(\.plan))
            let text = try await stage.synctec("history", "--limit", "1")
            #expect(text.output.contains(String(newest.run.prefix(8))))

            let again = try await stage.synctec("report", String(newest.run.prefix(8)), "--format", "json")
            #expect(again.status == 0, "\(again.errors)")
            let stored: RunDocument = try again.document()
            #expect(stored.run == document.run)
            #expect(stored.destinations.flatMap(\.corrections) == document.destinations.flatMap(\.corrections))
            #expect(stored.destinations.flatMap(\.findings) == document.destinations.flatMap(\.findings))

            // CS-3: another folder, never over the first.
            let before = try stage.csv("lumen-home/corrections.csv", of: document)
            let files = try await stage.synctec("report", newest.run)
            #expect(files.status == 0, "\(files.errors)")
            let folder = files.output.trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(folder.hasSuffix("-2"))
            let csv = try StrictCSV(String(contentsOfFile: "\(folder)/lumen-home/corrections.csv", encoding: .utf8))
            #expect(csv.rows == before.rows)
            #expect(csv.header == before.header)
            let page = try await stage.synctec("report", newest.run, "--format", "html")
            #expect(page.status == 0, "\(page.errors)")
            #expect(page.output.hasPrefix("<!doctype html>"))
            #expect(page.output.contains("<h1>All in step: 1 correction made.</h1>"))
            #expect(try String(contentsOfFile: "\(folder)/report.html", encoding: .utf8) == page.output)
            let first = String(folder.dropLast(2))
            #expect(try String(contentsOfFile: "\(first)/report.html", encoding: .utf8).contains("</html>"))
            #expect(try await stage.synctec("report", "ffffffff").status == 64)
            #expect(try await stage.synctec("history", "--limit", "0").status == 64)
        }
    }

    @Test func `check tells all that is wrong at once and writes nothing`() async throws {
        try await Stage.with(Scenarios.plain(6, destinations: [Scenarios.euro, "noma-store.myshopify.com"])) { stage in
            stage.source.setScopes(["read_products", "read_inventory", "read_locations"])
            try await stage.found()
            let store = stage.destinations[1]
            store.setScopes(["read_products", "read_inventory", "read_locations"])
            stage.resetCounters()
            let checked = try await stage.synctec("check", "--json")
            #expect(checked.status == 3, "\(checked.errors)")
            let results: [CheckResult] = try checked.document()
            let bad = results.filter { $0.verdict == "bad" }
            #expect(bad.contains { $0.subject.contains(store.shop) && $0.detail.contains("write_products") })
            #expect(results.contains { $0.subject.contains(Scenarios.euro) && $0.verdict == "good" })
            #expect(stage.writes == 0)

            store.setScopes(SimulatedStoreConfiguration.usualScopes)
            let text = try await stage.synctec("check")
            #expect(text.status == 0, "\(text.output)")
            #expect(!text.output.contains("BAD"))
            #expect(stage.writes == 0)
        }
    }

    @Test func `check warns of metrics that could not be written, and a run goes on without them`() async throws {
        try await Stage.with(Scenarios.plain(3)) { stage in
            try await stage.settle()
            stage.source.setScopes(["read_products", "read_inventory", "read_locations"])
            stage.settings.more = ["metrics: none/synctec.prom"]
            try stage.writeSettings()
            let missing = try await stage.synctec("check", "--quick")
            #expect(missing.status == 1, "\(missing.output)\(missing.errors)")
            let line = missing.output.split(separator: "\n").first { $0.contains("metrics: ") } ?? ""
            #expect(line.hasPrefix("warning  metrics: cannot write"), "\(missing.output)")
            for word in ["none/synctec.prom", "No such file", "Make its folder"] {
                #expect(line.contains(word), "\(line)")
            }
            #expect(try await stage.synctec("run").status == 0)
            stage.settings.more = ["metrics: synctec.prom"]
            try stage.writeSettings()
            let good = try await stage.synctec("check", "--quick")
            #expect(good.status == 0, "\(good.output)")
            #expect(good.output.contains("ok       metrics: can be written to "), "\(good.output)")
            #expect(!FileManager.default.fileExists(atPath: "\(stage.folder)/synctec.prom"))
        }
    }

    @Test func `init writes a settings file that check reads`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let written = try await stage.startBare([
                "init", "--team", "SP-TEAM-7KQ2MX", "--source", "north-supply", "--destination", "lumen-home",
            ]).ended()
            #expect(written.status == 0)
            // Read up to its last line: what is missing after that is the database, not a key.
            let text = written.output.replacing("/var/lib/synctec", with: stage.folder)
                .replacing("/etc/synctec/credentials", with: stage.settings.credentials)
            try Data((text + "\ndatabase: postgresql://nobody@127.0.0.1:1/none\n").utf8)
                .write(to: URL(filePath: stage.settingsFile))
            let checked = try await stage.synctec("check", "--quick")
            #expect(checked.status == 3, "\(checked.errors)")
            #expect(checked.lastLine.hasPrefix("status DATABASE"))
        }
    }

    private struct Described: Decodable {
        struct Command: Decodable {
            let commandName: String
            let abstract: String?
            let discussion: String?
            let subcommands: [Command]?
        }
        let command: Command
    }

    @Test func `every command has help with an example, and the manual holds all of them`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let dumped = try await stage.startBare(["--experimental-dump-help"]).ended()
            let root = try dumped.document(Described.self).command
            let manual = try await stage.startBare(["manual"]).ended()
            #expect(manual.status == 0)
            var commands = 0
            func visit(_ command: Described.Command, _ path: [String]) async throws {
                for child in command.subcommands ?? [] where child.commandName != "help" {
                    let words = path + [child.commandName]
                    let help = try await stage.startBare(words + ["--help"]).ended()
                    commands += 1
                    #expect(help.status == 0)
                    let flat = help.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                    #expect(flat.contains("Example: synctec \(words[0])"), "\(words)")
                    #expect(help.output.contains("USAGE: synctec \(words.joined(separator: " "))"))
                    #expect(manual.output.contains(words.joined(separator: " ")), "\(words) is not in the manual")
                    #expect(child.abstract?.isEmpty == false)
                    try await visit(child, words)
                }
            }
            try await visit(root, [])
            #expect(commands >= 18)
        }
    }

    private static let manualReader = Place.program("groff") ?? Place.program("mandoc")

    @Test(.enabled(if: manualReader != nil, "no groff and no mandoc here"))
    func `the manual is a man page without faults`() async throws {
        let groff = try #require(Self.manualReader)
        try await Stage.with(Scenarios.plain(1)) { stage in
            let manual = try await stage.startBare(["manual"]).ended()
            let page = "\(stage.folder)/synctec.1"
            try Data(manual.output.utf8).write(to: URL(filePath: page))
            let words =
                groff.hasSuffix("mandoc")
                ? ["-T", "lint", "-W", "warning", page] : ["-mandoc", "-Tutf8", "-ww", "-z", page]
            let checked = try await Child(
                groff,
                words,
                environment: Place.environment(home: stage.folder),
                folder: stage.folder,
                name: "manual"
            ).ended()
            #expect(checked.status == 0)
            #expect(checked.errors == "")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completion scripts name the commands`(_ shell: String) async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let script = try await stage.startBare(["--generate-completion-script", shell]).ended()
            #expect(script.status == 0)
            for command in ["approve", "explain", "team", "suspend"] { #expect(script.output.contains(command)) }
            guard shell == "bash", let bash = Place.program("bash") else { return }
            let file = "\(stage.folder)/completion"
            try Data(script.output.utf8).write(to: URL(filePath: file))
            let read = try await Child(
                bash,
                ["-n", file],
                environment: Place.environment(home: stage.folder),
                folder: stage.folder,
                name: "bash"
            ).ended()
            #expect(read.status == 0, "\(read.errors)")
        }
    }

    @Test func `the version says release and commit`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let version = try await stage.startBare(["--version"]).ended()
            #expect(version.status == 0)
            #expect(version.output.wholeMatch(of: /synctec \d+\.\d+\.\d+ \([0-9a-z-]+\)\n/) != nil, "\(version.output)")
        }
    }

    @Test func `progress goes to standard error, a line per step and no bars where there is no terminal`() async throws
    {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            let run = try await stage.synctec("run", "--json")
            _ = try run.document(RunDocument.self)
            #expect(run.errors.contains("\(Scenarios.euro) done"))
            #expect(!run.errors.unicodeScalars.contains("\u{1B}"))
            let text = try await stage.synctec("run")
            #expect(text.output.contains("\(Scenarios.euro): OK"))
            #expect(!text.output.contains("elapsed="))
        }
    }
}
