import Foundation
import Glibc
import SimulatedShopify
import Testing

/// How much the built command says, and how: quiet, verbose, on terminals, in pipes, with empty arguments.
@Suite struct OutputTests {
    // MARK: Quiet and verbose

    @Test func `a quiet run in step says nothing, one that needs a person says how it ended and where to look`()
        async throws
    {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.found()
            // The first run on a store only plans.
            let braked = try await stage.synctec("run", "-q")
            #expect(braked.status == 2, "\(braked.errors)")
            #expect(braked.output == "")
            let lines = braked.errors.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.hasPrefix("reports in \(stage.settings.reports)/") == true)
            #expect(lines.last?.hasPrefix("status BRAKE run=") == true)

            try await stage.acceptFirstPlans()
            let run = try await stage.synctec("run", "--quiet")
            #expect(run.status == 0)
            #expect(run.output == "")
            #expect(run.errors == "")
        }
    }

    @Test func `quiet, a command still prints what it was asked for, and nothing beside it`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.found()
            let hash = try #require(try await stage.acceptFirstPlans().destinations.first?.plan)
            let plan = try await stage.synctec("plan", hash, "--quiet")
            #expect(plan.output.hasPrefix("Plan \(hash.prefix(12)) for \(Scenarios.euro)"))
            let made = try await stage.synctec("plan", "--quiet")
            #expect(made.output.hasPrefix("Plan "))
            #expect(!made.output.contains("plan of team"))
            #expect(!made.errors.contains("elapsed="))
            #expect(try await stage.synctec("approve", hash, "--quiet").output == "")
            let explained = try await stage.synctec("explain", "A-3", "--quiet")
            #expect(explained.output.contains("13.32"))
            #expect(explained.errors == "")
            let checked = try await stage.synctec("check", "--quick", "-q").output.split(separator: "\n")
            #expect(checked.allSatisfy { $0.hasPrefix("warning ") }, "\(checked)")
            let history = try await stage.synctec("history", "-q")
            #expect(history.output.contains("plan  OK"))
            let run = try #require(history.output.split(separator: " ").first)
            let report = try await stage.synctec("report", String(run), "-q")
            #expect(report.output.hasPrefix("\(stage.settings.reports)/"))
            #expect(report.output.split(separator: "\n").count == 1)
            #expect(try await stage.synctec("gc", "-q").output == "")
            #expect(try await stage.synctec("gc", "-q", "--dry-run").output.contains("would go"))
            #expect(try await stage.synctec("team", "show", "-q").output.contains(Scenarios.euro))
            #expect(try await stage.synctec("team", "suspend", Scenarios.euro, "-q").output == "")
        }
    }

    @Test func `verbose tells steps with their times, what the stores were asked, and decisions`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            try stage.destinations[0].edit(sku: "A-3", set: ["price": "13.00"])
            stage.resetCounters()
            let run = try await stage.synctec("run", "--verbose")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("\(Scenarios.euro): OK"))
            for step in ["checking", "reading", "comparing", "planning", "writing"] {
                #expect(run.errors.firstMatch(of: try Regex("\(Scenarios.euro) \(step) took=[0-9.]+s")) != nil)
            }
            #expect(run.errors.contains("settings: \(stage.settingsFile), team \(stage.settings.team)"))
            #expect(run.errors.contains("\(Scenarios.euro) takes part"))
            #expect(run.errors.contains("\(Scenarios.euro) planning content and prices go call by call: "))
            #expect(run.errors.contains("\(Scenarios.euro) decided plan="))
            #expect(run.errors.contains("rate=\"1 USD = 0.925 EUR"))
            let asked = try #require(
                run.errors.firstMatch(of: /lumen-home\S+ asked queries=(\d+) mutations=(\d+) throttled=0 points=(\d+)/)
            )
            #expect(Int(asked.2) == stage.destinations[0].counters.writeCount)
            #expect((Int(asked.1) ?? 0) > 0)
            #expect((Int(asked.3) ?? 0) > 0)
            #expect(run.lastLine.hasPrefix("status OK run="))
            // CF-2: more is said, but no secret; the address of a database may hold one.
            if let database = stage.settings.database { #expect(!run.errors.contains(database)) }
        }
    }

    @Test func `quiet and verbose together are refused`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let both = try await stage.startBare(["history", "--quiet", "--verbose"]).ended()
            #expect(both.status == 64)
            #expect(both.errors.contains("--verbose"))
        }
    }

    // MARK: Terminals and pipes

    private static let script = Place.program("script")

    /// Runs the command with a terminal as its outputs.
    private func onTerminal(_ stage: Stage, _ words: String, _ variables: String) async throws -> String {
        let script = try #require(Self.script)
        let command = "env \(variables) \(Place.synctec) \(words) --settings \(stage.settingsFile)"
        let ended = try await Child(
            script,
            ["-qec", "stty columns 60 rows 20; \(command)", "/dev/null"],
            environment: Place.environment(home: stage.folder),
            folder: stage.folder,
            name: "terminal"
        ).ended()
        return ended.output.replacing("\r\n", with: "\n")
    }

    @Test(.enabled(if: script != nil, "no script(1) here"))
    func `a terminal gets bars, but not where NO_COLOR or TERM says otherwise`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            try await stage.settle()
            let bars = try await onTerminal(stage, "run", "TERM=xterm")
            #expect(bars.contains("\u{1B}[2K"))
            for line in bars.split(separator: "\n") where line.hasPrefix("\u{1B}[2K") {
                #expect(line.count <= 60 + "\u{1B}[2K".count, "\(line)")
            }
            #expect(bars.contains("status \u{1B}[32mOK\u{1B}[0m run="))
            for (words, variables) in [
                ("run", "TERM=xterm NO_COLOR=1"), ("run", "TERM=dumb"), ("run", "-u TERM"),
                ("run --quiet", "TERM=xterm"), ("check --quick", "TERM=xterm NO_COLOR=1"),
            ] {
                let plain = try await onTerminal(stage, words, variables)
                #expect(!plain.unicodeScalars.contains("\u{1B}"), "\(words) \(variables): \(plain)")
                #expect(!plain.unicodeScalars.contains("\r"), "\(words) \(variables): \(plain)")
            }
            let verbose = try await onTerminal(stage, "run -v", "TERM=xterm")
            #expect(!verbose.contains("\u{1B}[2K"))
            #expect(try await onTerminal(stage, "check --quick", "TERM=xterm").contains("\u{1B}[32mok"))
        }
    }

    @Test func `a reader that goes away ends the command silently, a full disk does not`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let bash = try #require(Place.program("bash"))
            func shell(_ line: String) async throws -> Child.Ended {
                try await Child(
                    bash,
                    ["-c", line],
                    environment: Place.environment(home: stage.folder),
                    folder: stage.folder,
                    name: "pipe"
                ).ended()
            }
            let gone = try await shell("\(Place.synctec) manual --settings | head -1; exit ${PIPESTATUS[0]}")
            #expect(gone.status == 0)
            #expect(gone.output.split(separator: "\n").count == 1)
            #expect(gone.errors == "")
            // CS-1
            let full = try await shell("\(Place.synctec) manual > /dev/full")
            #expect(full.status == 4)
            #expect(full.errors.hasPrefix("synctec: standard output could not be written: No space left on device"))
            #expect(full.lastLine == "status DELIVERY")
        }
    }

    // MARK: Arguments

    @Test(arguments: [
        (["report", ""], "the argument after report"), (["approve", ""], "the argument after approve"),
        (["", "run"], "the first argument"), (["run", "--settings", ""], "the argument after --settings"),
        (["run", "--settings="], "the value of --settings"), (["compare", "a.csv", ""], "the argument after a.csv"),
        (["team", "reject", "lumen-home", "--note", "", "--settings="], "the value of --settings"),
    ])
    func `an empty argument is named`(words: [String], place: String) async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let ended = try await stage.startBare(words).ended()
            #expect(ended.status == 64)
            #expect(ended.errors == "synctec: \(place) is empty: is a variable of a script not set?\nstatus USAGE\n")
        }
    }

    @Test(arguments: [
        (["rnu"], "there is no command rnu: did you mean run?; there are: demo, compare, "),
        (["team", "aprove"], "there is no command aprove: did you mean approve?; there are: create, join, "),
        (["synchronise"], "there is no command synchronise; there are: demo"),
        (["team", "join", "SP-TEAM-1", "--shop", "x"], "a Team ID is SP-TEAM- and six signs"),
        (["team", "approve", "https://lumen.example"], "a shop is named by its permanent address, such as lumen-home"),
        (["plan", "abcdef", "--lines=-3"], "--lines takes 0 or more"),
        (["mail", "list", "--limit", "0"], "--limit takes 1 or more"),
        (["demo", "--folder", "/proc/none"], "--folder: /proc/none cannot be made"),
        (["run", "--destination", "lumen_home"], "a shop is named by its permanent address, such as lumen-home"),
    ])
    func `what cannot be understood is named, with what would be`(words: [String], text: String) async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            let ended = try await stage.startBare(words).ended()
            #expect(ended.status == 64)
            #expect(ended.errors.contains(text), "\(ended.errors)")
            #expect(ended.lastLine == "status USAGE")
        }
    }

    @Test func `what is no run id is said to be none, and a second team is founded only on purpose`() async throws {
        try await Stage.with(Scenarios.plain(1)) { stage in
            try await stage.found()
            let report = try await stage.synctec("report", "last")
            #expect(report.status == 64)
            #expect(report.errors.contains("last is no run: give the first signs of its id"))
            let create = ["team", "create", "--shop", stage.source.shop] + stage.placeOptions(of: stage.source)
            let again = try await stage.startBare(create).ended()
            #expect(again.status == 64)
            #expect(again.output == "")
            #expect(again.errors.contains("\(stage.source.shop) is the source of \(stage.settings.team) already"))
            let approved = try await stage.synctec("team", "approve", Scenarios.euro)
            #expect(approved.status == 64)
            #expect(approved.errors.contains("is approved in team \(stage.settings.team) already"))
            let further = try await stage.startBare(create + ["--another", "--quiet"]).ended()
            #expect(further.status == 0, "\(further.errors)")
            #expect(further.output.hasPrefix("SP-TEAM-"))
            #expect(further.errors == "")
        }
    }
}
