import Foundation
import Testing

/// What stands in `schedules/`, held against the tools that it is for.
@Suite struct SchedulesTests {
    private static let schedules = "\(Place.root.path)/schedules"
    private static let services = ["synctec@", "synctec-report@", "synctec-failure@", "synctec-gc@"].map {
        "\($0).service"
    }
    private static let calendars = [
        "synctec@.timer", "synctec@stock.timer.d/calendar.conf", "synctec-report@.timer", "synctec-gc@.timer",
    ]

    private static func path(of tool: String) -> String? {
        let own = "\(Place.root.path)/.build/schedules/bin/\(tool)"
        return FileManager.default.isExecutableFile(atPath: own) ? own : Place.program(tool)
    }

    private static func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(schedules)/\(file)", encoding: .utf8)
    }

    /// The values of a setting, in their order.
    private static func values(of setting: String, in file: String) throws -> [String] {
        try text(file).split(separator: "\n").filter { $0.hasPrefix("\(setting)=") }
            .map { String($0.dropFirst(setting.count + 1)) }
    }

    /// Runs a program in a folder of its own.
    private static func run(
        _ program: String,
        _ words: [String],
        in folder: String,
        environment: [String: String] = [:]
    ) async throws -> Child.Ended {
        try await Child(
            program,
            words,
            environment: Place.environment(home: folder).merging(environment) { $1 },
            folder: folder,
            name: "tool-\(UInt32.random(in: 0 ... .max))"
        ).ended()
    }

    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = try Place.temporaryFolder()
        Remains.add(folder)
        defer { Remains.remove(folder) }
        try await body(folder)
    }

    // MARK: systemd

    @Test(.enabled(if: path(of: "systemd-analyze") != nil, "systemd is not installed"))
    func `units and timers are valid for every stage, and a calendar of its own needs no new unit`()
        async throws
    {
        let analyze = try #require(Self.path(of: "systemd-analyze"))
        try await Self.withFolder { folder in
            let units = "\(folder)/units"
            try FileManager.default.createDirectory(
                atPath: "\(units)/synctec@orders.timer.d",
                withIntermediateDirectories: true
            )
            for name in try FileManager.default.subpathsOfDirectory(atPath: Self.schedules)
            where name.hasPrefix("synctec") && [".service", ".timer", ".conf"].contains(where: name.hasSuffix) {
                let target = URL(filePath: "\(units)/\(name)")
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Self.text(name).replacing("/usr/bin/synctec", with: Place.synctec).write(
                    to: target,
                    atomically: false,
                    encoding: .utf8
                )
            }
            try "[Timer]\nOnCalendar=\nOnCalendar=*:0/5 UTC\n".write(
                toFile: "\(units)/synctec@orders.timer.d/calendar.conf",
                atomically: false,
                encoding: .utf8
            )
            // Without a team: the tool takes a colon for its own.
            let names = [
                "synctec@catalogue.timer", "synctec@stock.timer", "synctec@orders.timer", "synctec@all.service",
                "synctec-report@northwind.timer", "synctec-failure@stock.service", "synctec-gc@northwind.timer",
                "synctec-failure@synctec-gc@northwind.service",
            ]
            let verified = try await Self.run(
                analyze,
                ["verify", "--man=no"] + names,
                in: folder,
                environment: ["SYSTEMD_UNIT_PATH": "\(units):"]
            )
            #expect(verified.status == 0, "\(verified.errors)")
            #expect(!verified.errors.contains("synctec"), "\(verified.errors)")
        }
    }

    @Test(.enabled(if: path(of: "systemd-analyze") != nil, "systemd is not installed"), arguments: services)
    func `CF-7: a unit is exposed no more than 1.2 of 10`(service: String) async throws {
        let analyze = try #require(Self.path(of: "systemd-analyze"))
        try await Self.withFolder { folder in
            let rated = try await Self.run(
                analyze,
                ["security", "--no-pager", "--offline=true", "--threshold=12", "\(Self.schedules)/\(service)"],
                in: folder
            )
            #expect(rated.status == 0, "\(rated.output.suffix(200))")
        }
    }

    @Test(.enabled(if: path(of: "systemd-analyze") != nil, "systemd is not installed"), arguments: calendars)
    func `SC-2: a calendar is understood, and says its time zone`(file: String) async throws {
        let analyze = try #require(Self.path(of: "systemd-analyze"))
        let all = try Self.values(of: "OnCalendar", in: file).filter { !$0.isEmpty }
        #expect(!all.isEmpty)
        try await Self.withFolder { folder in
            for calendar in all {
                let shown = try await Self.run(analyze, ["calendar", calendar], in: folder)
                #expect(shown.status == 0, "\(shown.errors)")
                #expect(calendar.hasSuffix(" UTC") || calendar.contains(" Europe/"), "\(calendar) has no time zone")
            }
        }
    }

    @Test(arguments: ["synctec@.timer", "synctec-report@.timer", "synctec-gc@.timer"])
    func `SC-2: a timer catches up after downtime, and spreads its starts`(timer: String) throws {
        #expect(try Self.values(of: "Persistent", in: timer) == ["yes"])
        #expect(try Self.values(of: "RandomizedDelaySec", in: timer).count == 1)
    }

    @Test
    func `a run that ends with ATTENTION is no failed unit, and every other failure starts the mail`() throws {
        #expect(try Self.values(of: "SuccessExitStatus", in: "synctec@.service") == ["1"])
        #expect(try Self.values(of: "OnFailure", in: "synctec@.service") == ["synctec-failure@%i.service"])
        for service in ["synctec-report@.service", "synctec-gc@.service"] {
            #expect(try Self.values(of: "OnFailure", in: service) == ["synctec-failure@%p@%i.service"], "\(service)")
        }
    }

    @Test(arguments: [
        ("stock", "synctec@stock.service", "synctec"),
        ("northwind:stock", "synctec@northwind:stock.service", "northwind"),
        ("synctec-report@synctec", "synctec-report@synctec.service", "synctec"),
        ("synctec-gc@northwind", "synctec-gc@northwind.service", "northwind"),
    ])
    func `the failure unit names the unit that failed, by the settings of its team`(
        instance: String,
        unit: String,
        team: String
    ) async throws {
        // As systemd reads it: lines that go on, `$$` and `%%`, and single quotes around one word.
        let text = try Self.text("synctec-failure@.service")
        let start = try #require(text.split(separator: "ExecStart=/bin/sh -c '").last)
        let script = try #require(start.split(separator: "' synctec-failure %i").first)
            .replacing("\\\n", with: " ").replacing("$$", with: "$").replacing("%%", with: "%")
        try await Self.withFolder { folder in
            try Self.put(["journalctl": "echo \"the log of $*\"", "synctec": Self.recorder], in: folder)
            let ended = try await Self.run(
                "/bin/sh",
                ["-c", String(script.replacing("/usr/bin/synctec", with: "synctec")), "synctec-failure", instance],
                in: folder,
                environment: ["PATH": "\(folder)/bin:/usr/bin:/bin", "TOLD": folder]
            )
            #expect(ended.status == 0, "\(ended.errors)")
            let mailed = try String(contentsOfFile: "\(folder)/mailed", encoding: .utf8)
            #expect(mailed.hasPrefix("mail failure \(unit) --settings=/etc/synctec/\(team).yaml\n"), "\(mailed)")
            #expect(mailed.contains("the log of --unit=\(unit) "), "\(mailed)")
        }
    }

    @Test func `every unit has the same sandbox, but for the folder of the metrics`() throws {
        func sandbox(_ file: String) throws -> [Substring] {
            let text = try Self.text(file)
            let start = try #require(text.range(of: "# A client of the network and of one socket"))
            return text[start.lowerBound...].split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        let run = try sandbox("synctec@.service")
        #expect(run.contains("ProtectSystem=strict"))
        #expect(run.filter { $0.hasPrefix("ReadWritePaths=") } == ["ReadWritePaths=-/var/lib/prometheus/node-exporter"])
        for service in Self.services where service != "synctec@.service" {
            #expect(try sandbox(service) == run.filter { !$0.hasPrefix("ReadWritePaths=") }, "\(service)")
        }
    }

    // MARK: Commands

    /// Every command line of the units, cron and Kubernetes.
    private static func commands() throws -> [String] {
        let units = try services.flatMap { try text($0).split(separator: "\n") }.compactMap {
            $0.split(separator: "/usr/bin/synctec ").dropFirst().first.map { command in
                String(command.split(separator: "' ")[0]).replacing("\"", with: "").replacing("$$1", with: "stock")
                    .replacing("$$team", with: "synctec").replacing("$$unit", with: "synctec@stock.service")
            }
        }
        let cron = try text("cron/synctec").split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap {
            $0.split(separator: "&& synctec-job --log ").dropFirst().first.map(String.init)
        }
        let pods = try podWords().compactMap { words in
            // What the job does not take for itself; it hands the settings on.
            words.firstIndex(of: "--settings").map { place in
                (words[(place + 2)...] + words[place...(place + 1)]).joined(separator: " ")
            }
        }
        return units + cron + pods
    }

    /// The arguments of each pod's job.
    private static func podWords() throws -> [[String]] {
        try text("kubernetes/synctec.yaml").split(separator: "\n").compactMap {
            $0.split(separator: "args: [").dropFirst().first.map {
                $0.replacing("]", with: "").replacing(",", with: "").replacing("\"", with: "")
                    .split(separator: " ").map(String.init)
            }
        }
    }

    @Test
    func `every command that a schedule starts is one of the program's`() async throws {
        let commands = try Self.commands()
        #expect(commands.count == 11)
        for word in ["gc", "mail daily", "run"] {
            #expect(commands.filter { $0.hasPrefix(word) }.count >= 3, "\(word): \(commands)")
        }
        try await Self.withFolder { folder in
            for command in commands {
                let words = command.replacing("%i", with: "stock").replacing("/etc/synctec", with: folder)
                let ended = try await Self.run(Place.synctec, words.split(separator: " ").map(String.init), in: folder)
                // There are no settings here: that is all it has to complain about.
                #expect(ended.status == 64, "\(command): \(ended.errors)")
                #expect(!ended.errors.contains("Usage:"), "\(command): \(ended.errors)")
            }
        }
    }

    @Test
    func `cron starts by times of five fields, as the service's user`() throws {
        let lines = try Self.text("cron/synctec").split(separator: "\n").filter { $0.contains("&&") }
        #expect(lines.count == 4)
        for line in lines {
            let words = line.split(separator: " ")
            #expect(words.prefix(5).allSatisfy { $0 == "*" || Int($0).map { 0..<60 ~= $0 } == true }, "\(line)")
            #expect(words.dropFirst(5).first == "synctec")
        }
        #expect(try Self.text("cron/synctec").hasSuffix("\n"), "cron ignores a last line without an end")
    }

    // MARK: Job

    /// Stands in for the program: says and does what it is told to, and keeps what it is to mail.
    private static let recorder = """
        if [ "$1 $2" = "mail failure" ]; then
            { echo "$*"; cat; } >"$TOLD/mailed"
            echo "1 sent"
            exit "${MAIL_STATUS-0}"
        fi
        echo "$*" >"$TOLD/words"
        [ -z "${SAYS-}" ] || echo "$SAYS" >&2
        [ -z "${STOPS-}" ] || { trap 'echo stopped; exit 3' TERM; touch "$TOLD/ready"; while :; do sleep 0.01; done; }
        exit "${STATUS-0}"
        """

    private static func put(_ scripts: [String: String], in folder: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/bin", withIntermediateDirectories: true)
        for (name, script) in scripts {
            try "#!/bin/sh\n\(script)\n".write(toFile: "\(folder)/bin/\(name)", atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/\(name)")
        }
    }

    /// Runs `synctec-job`, the program and the system log stood in for.
    private static func job(
        _ words: [String],
        in folder: String,
        _ environment: [String: String]
    ) async throws -> (ended: Child.Ended, mailed: String?) {
        try put(["synctec": recorder, "logger": "cat >\"$TOLD/log\""], in: folder)
        let ended = try await run(
            "\(schedules)/synctec-job",
            words,
            in: folder,
            environment: ["PATH": "\(folder)/bin:/usr/bin:/bin", "TOLD": folder].merging(environment) { $1 }
        )
        return (ended, try? String(contentsOfFile: "\(folder)/mailed", encoding: .utf8))
    }

    @Test(
        arguments: [
            (0, "", false), (1, "", false), (2, "reports in /x", false), (3, "reports in /x", false),
            (3, "status LOCKED", true), (4, "reports in /x", true), (64, "no such stage", true),
        ] as [(Int32, String, Bool)]
    )
    func `cron's job keeps the exit status, logs, and mails what no report has told`(
        status: Int32,
        says: String,
        isMailed: Bool
    ) async throws {
        let line = try #require(
            try Self.text("cron/synctec").split(separator: "\n").first { $0.contains("--stage stock") }
        )
        let words = line.split(separator: "synctec-job ")[1].split(separator: " ").map(String.init)
        try await Self.withFolder { folder in
            let (ended, mailed) = try await Self.job(words, in: folder, ["STATUS": "\(status)", "SAYS": says])
            #expect(ended.status == status)
            #expect(ended.output == "" && ended.errors == "", "cron would mail it")
            #expect((mailed != nil) == isMailed)
            let command = "run --stage stock --wait 1h --deadline 3h"
            if isMailed { #expect(mailed == "mail failure synctec \(command)\n\(says)\n") }
            #expect(try String(contentsOfFile: "\(folder)/words", encoding: .utf8) == "\(command)\n")
            if !isMailed {
                let log = try String(contentsOfFile: "\(folder)/log", encoding: .utf8)
                #expect(log == (says.isEmpty ? "" : "\(says)\n"))
            }
        }
    }

    @Test func `what could not be mailed is said on standard error, which cron mails`() async throws {
        try await Self.withFolder { folder in
            let (ended, _) = try await Self.job(
                ["--log", "run"],
                in: folder,
                ["STATUS": "3", "SAYS": "status DATABASE", "MAIL_STATUS": "64"]
            )
            #expect(ended.status == 3)
            let said = "synctec run ended with 3, and that could not be mailed: 1 sent\nstatus DATABASE\n"
            #expect(ended.errors == said)
        }
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 0), (3, 3), (4, 4), (64, 64)] as [(Int32, Int32)])
    func `a pod's run with ATTENTION or a brake is no failed Job`(status: Int32, job: Int32) async throws {
        let words = try #require(try Self.podWords().first { $0.contains("run") })
        try await Self.withFolder { folder in
            let (ended, mailed) = try await Self.job(
                words,
                in: folder,
                ["STATUS": "\(status)", "SAYS": status == 2 ? "reports in /x" : "said"]
            )
            #expect(ended.status == job)
            #expect(ended.output.hasPrefix(status == 2 ? "reports in /x\n" : "said\n"), "\(ended.output)")
            #expect((mailed != nil) == (status > 2))
            let command = "run --wait 1h --deadline 3h"
            let settings = "--settings=/etc/synctec/synctec.yaml"
            if let mailed { #expect(mailed == "mail failure synctec \(command) \(settings)\nsaid\n") }
            #expect(try String(contentsOfFile: "\(folder)/words", encoding: .utf8) == "\(command) \(settings)\n")
        }
    }

    @Test func `a stop of the job is one of the command, whose end it waits for`() async throws {
        try await Self.withFolder { folder in
            try Self.put(["synctec": Self.recorder], in: folder)
            let child = try Child(
                "\(Self.schedules)/synctec-job",
                ["run"],
                environment: Place.environment(home: folder).merging(
                    ["PATH": "\(folder)/bin:/usr/bin:/bin", "TOLD": folder, "STOPS": "yes", "SAYS": "reports in /x"]
                ) { $1 },
                folder: folder,
                name: "job"
            )
            while !FileManager.default.fileExists(atPath: "\(folder)/ready") {
                try await Task.sleep(for: .milliseconds(5))
            }
            child.signal(SIGTERM)
            let ended = await child.ended(limit: .seconds(30))
            #expect(ended.status == 3)
            #expect(ended.output == "reports in /x\nstopped\n")
        }
    }

    // MARK: Kubernetes

    @Test(.enabled(if: path(of: "kubernetes-validate") != nil, "no kubernetes-validate: .ci/schedules installs it"))
    func `the Kubernetes files fit the schema`() async throws {
        let validate = try #require(Self.path(of: "kubernetes-validate"))
        try await Self.withFolder { folder in
            let file = "\(Self.schedules)/kubernetes/synctec.yaml"
            let checked = try await Self.run(validate, ["--strict", "--no-warn", file], in: folder)
            #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
        }
    }

    @Test
    func `the settings in the Kubernetes files are settings`() async throws {
        let lines = try Self.text("kubernetes/synctec.yaml").split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0.hasSuffix("synctec.yaml: |") })
        let settings = lines[(start + 1)...].prefix { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
        try await Self.withFolder { folder in
            let file = "\(folder)/synctec.yaml"
            // Nobody listens there: it gets as far as the database.
            let text = settings.joined(separator: "\n").replacing("db.internal", with: "127.0.0.1:9")
                .replacing("/var/lib/synctec", with: folder)
            try "\(text)\n".write(toFile: file, atomically: false, encoding: .utf8)
            let checked = try await Self.run(Place.synctec, ["plan", "--settings", file], in: folder)
            #expect(checked.errors.contains("status DATABASE"), "\(checked.errors)")
        }
    }

    @Test
    func `a job of Kubernetes never runs twice at once, and its pod may do nothing but its work`() throws {
        let text = try Self.text("kubernetes/synctec.yaml")
        for line in [
            "concurrencyPolicy: Forbid", "timeZone: Etc/UTC", "runAsNonRoot: true", "readOnlyRootFilesystem: true",
            "allowPrivilegeEscalation: false", "capabilities: { drop: [ALL] }", "automountServiceAccountToken: false",
            "seccompProfile: { type: RuntimeDefault }", "restartPolicy: Never",
        ] {
            #expect(text.contains(line), "\(line)")
        }
    }

    // MARK: Installation

    @Test(arguments: ["/usr", "/usr/local"])
    func `what is installed under a prefix works from there, and goes again without a trace`(prefix: String)
        async throws
    {
        try await Self.withFolder { folder in
            let tree = "\(folder)/tree"
            let script = "\(Self.schedules)/packaging/install-files"
            let installed = try await Self.run(script, ["install", Place.synctec, prefix, tree], in: folder)
            #expect(installed.status == 0, "\(installed.errors)")
            let files = try FileManager.default.subpathsOfDirectory(atPath: tree)
            for end in [
                "bin/synctec", "lib/synctec/synctec-job", "man1/synctec.1", "completions/synctec", "_synctec",
                "synctec.fish",
                "sysusers.d/synctec.conf", "tmpfiles.d/synctec.conf", "synctec@.service", "synctec@.timer",
                "synctec@stock.timer.d/calendar.conf", "synctec-report@.timer", "synctec-failure@.service",
                "synctec-gc@.timer", "synctec-gc@.service", "share/synctec/sql/views.sql",
                "share/synctec/grafana/synctec.json", "share/synctec/prometheus/synctec.rules.yml",
                "doc/synctec/docs/operating.md", "doc/synctec/reports/README.md",
                "examples/synctec.yaml", "examples/cron/synctec", "examples/kubernetes/synctec.yaml",
            ] {
                #expect(files.contains { $0.hasSuffix(end) }, "\(end)")
            }
            let unit = try #require(files.first { $0.hasSuffix("synctec@.service") })
            let text = try String(contentsOfFile: "\(tree)/\(unit)", encoding: .utf8)
            #expect(text.contains("ExecStart=\(prefix)/bin/synctec run"))
            let pages = files.filter { $0.hasSuffix(".md") }
            #expect(pages.count >= 15)
            for page in pages { try Self.expectLinks(of: "\(tree)/\(page)") }
            let removed = try await Self.run(script, ["remove", prefix, tree], in: folder)
            #expect(removed.status == 0, "\(removed.errors)")
            let left = try FileManager.default.subpathsOfDirectory(atPath: tree)
            #expect(left.filter { !FileManager.default.isDirectory("\(tree)/\($0)") } == [])
            #expect(!left.contains { $0.hasSuffix("/synctec") })
        }
    }

    /// Every link of a page to another file leads to one.
    private static func expectLinks(of page: String) throws {
        let folder = URL(filePath: page).deletingLastPathComponent()
        for link in try String(contentsOfFile: page, encoding: .utf8).matches(of: /\]\(([^)#:\s]+)[^)]*\)/) {
            let target = folder.appending(path: String(link.output.1)).standardized.path
            #expect(FileManager.default.fileExists(atPath: target), "\(page): \(link.output.1)")
        }
    }
}

extension FileManager {
    fileprivate func isDirectory(_ path: String) -> Bool {
        var isDirectory = ObjCBool(false)
        return fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
