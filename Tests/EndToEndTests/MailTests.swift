import Foundation
import SimulatedShopify
import Testing

/// The built command and a real mail server.
@Suite struct MailTests {
    private static let password = "canary: #wörd 1"

    /// aiosmtpd with a certificate of its own; it ends with this object.
    private final class MailServer {
        private let process = Process()
        private let input = Pipe()
        let folder: String
        let port: String

        init(in folder: String, port: String? = nil) throws {
            self.folder = "\(folder)/mails"
            try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
            let output = Pipe()
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "CurlTransportTests/Support/smtp.py")
            process.executableURL = URL(filePath: "/usr/bin/python3")
            process.arguments =
                ["-I", script.path, self.folder, "\(folder)/mail.pem", "\(folder)/mail.key", "--starttls"]
                + ["--auth", "synctec:\(password)"] + (port.map { ["--port", $0] } ?? [])
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            let line = output.fileHandleForReading.availableData
            self.port = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            try #require(!self.port.isEmpty)
        }

        deinit { stop() }

        func stop() {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }

        /// Recipient and bytes of each mail, in order.
        var mails: [(to: String, text: String)] {
            get throws {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
                return try names.sorted().map { name in
                    let envelope = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
                    let json = try JSONSerialization.jsonObject(with: envelope) as? [String: Any]
                    let bytes = try Data(
                        contentsOf: URL(filePath: "\(folder)/\(name.replacing(".json", with: ".eml"))")
                    )
                    return ((json?["to"] as? [String])?.first ?? "", String(decoding: bytes, as: UTF8.self))
                }
            }
        }
    }

    /// Names the mail server and who gets what, and puts the password where it belongs.
    private static func prepare(_ stage: Stage) async throws -> MailServer {
        let made = Process()
        made.executableURL = URL(filePath: "/usr/bin/openssl")
        made.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(stage.folder)/mail.key", "-out",
            "\(stage.folder)/mail.pem",
        ]
        made.standardError = FileHandle.nullDevice
        try made.run()
        made.waitUntilExit()
        try #require(made.terminationStatus == 0)
        let server = try MailServer(in: stage.folder)
        try stage.writeCredential(of: "smtp", password)
        stage.settings.more = [
            "reports_to: [{ mail: ops@n.example }, { mail: day@n.example, when: daily }]",
            "smtp: { url: smtp://localhost:\(server.port), from: s@n.example, user: synctec, ca: \(stage.folder)/mail.pem }",
        ]
        stage.settings.destinations[Scenarios.euro] = [
            Scenarios.usualRule, "reports_to: [{ mail: reseller@e.example, when: changes }]",
        ]
        return server
    }

    @Test func `ML-1, ML-3: reports reach the team and the reseller, wait while the server is down, and go once`()
        async throws
    {
        try await Stage.with(Scenarios.plain(6)) { stage in
            let server = try await Self.prepare(stage)
            try await stage.settle()
            let store = stage.destinations[0]
            let known = try server.mails.count
            try store.edit(sku: "A-2", set: ["price": "12.00"])
            let run = try await stage.synctec("run", "--json")
            #expect(run.status == 0, "\(run.errors)")
            let document: RunDocument = try run.document()
            let mails = try server.mails.dropFirst(known)
            #expect(mails.map(\.to).sorted() == ["ops@n.example", "reseller@e.example"])
            #expect(mails.allSatisfy { $0.text.contains("X-SyncTec-Run: \(document.run)\r\n") })
            #expect(mails.allSatisfy { $0.text.contains("report.html") })

            server.stop()
            try store.edit(sku: "A-2", set: ["price": "12.00"])
            let down = try await stage.synctec("run")
            #expect(down.status == 4, "\(down.errors)")
            #expect(down.lastLine.hasPrefix("status DELIVERY"))
            #expect(store.variants(sku: "A-2").first?["price"] == "12.21")
            let waiting = try await stage.synctec("mail", "list", "--json")
            #expect(waiting.output.components(separatedBy: "\"waiting\"").count == 3)

            let again = try MailServer(in: stage.folder, port: server.port)
            let sent = try await stage.synctec("mail", "send")
            #expect(sent.status == 0, "\(sent.errors)")
            #expect(sent.output == "2 sent, 0 given up, 0 waiting\n")
            #expect(try again.mails.dropFirst(known + 2).count == 2)
            #expect(try await stage.synctec("mail", "send").output == "0 sent, 0 given up, 0 waiting\n")
            for mail in try again.mails { #expect(!mail.text.contains("wörd") && !mail.text.contains(stage.token)) }
        }
    }

    @Test func `the other mails: a day, a failed unit, a past run; and check signs in without sending`() async throws {
        try await Stage.with(Scenarios.plain(6)) { stage in
            let server = try await Self.prepare(stage)
            try await stage.settle()
            let known = try server.mails.count
            let check = try await stage.synctec("check", "--quick")
            #expect(check.output.contains("ok       mail: localhost:\(server.port), STARTTLS, signed in"))
            #expect(try server.mails.count == known)

            #expect(try await stage.synctec("mail", "daily").status == 0)
            #expect(try await stage.synctec("mail", "daily").status == 0)
            #expect(try server.mails.dropFirst(known).map(\.to) == ["day@n.example"])

            let failed = try await stage.synctec("mail", "failure", "synctec@northwind.service")
            #expect(failed.status == 0, "\(failed.errors)")
            #expect(try server.mails.dropFirst(known + 1).map(\.to).sorted() == ["day@n.example", "ops@n.example"])

            let history = try await stage.synctec("history", "--limit", "1")
            let id = String(history.output.prefix(8))
            let report = try await stage.synctec(
                "report",
                id,
                "--mail",
                "new@x.example",
                "--destination",
                Scenarios.euro
            )
            #expect(report.status == 0, "\(report.errors)")
            #expect(try server.mails.last?.to == "new@x.example")
            #expect(try server.mails.last?.text.contains("report.html") == true)
            #expect(try await stage.synctec("report", id, "--mail").status == 0)
            #expect(
                try server.mails.suffix(3).map(\.to).sorted() == [
                    "day@n.example", "ops@n.example", "reseller@e.example",
                ]
            )
        }
    }

    @Test
    func `the job of cron and Kubernetes mails a run that left no report, and a braked one leaves that to its own`()
        async throws
    {
        try await Stage.with(Scenarios.plain(6)) { stage in
            let server = try await Self.prepare(stage)
            try await stage.found()
            func job(_ words: String...) async throws -> Child.Ended {
                let folder = URL(filePath: Place.synctec).deletingLastPathComponent().path
                let environment = ["PATH": "\(folder):/usr/bin:/bin"]
                return try await Child(
                    "\(Place.root.path)/schedules/synctec-job",
                    ["--good", "1", "--good", "2", "--settings", stage.settingsFile] + words,
                    environment: Place.environment(home: stage.folder).merging(environment) { $1 },
                    folder: stage.folder,
                    name: "job-\(UInt32.random(in: 0 ... .max))"
                ).ended()
            }
            // The first run is a brake: told by its report.
            let braked = try await job("run")
            #expect(braked.status == 0, "\(braked.output)\(braked.errors)")
            #expect(braked.output.contains("status BRAKE"))
            #expect(try !server.mails.isEmpty)
            #expect(try !server.mails.contains { $0.text.contains("failed on") })
            let known = try server.mails.count
            let refused = try await job("run", "--stage", "nowhere")
            #expect(refused.status == 64, "\(refused.output)\(refused.errors)")
            #expect(refused.errors == "")
            let mails = try server.mails.dropFirst(known)
            #expect(mails.map(\.to).sorted() == ["day@n.example", "ops@n.example"])
            for mail in mails {
                #expect(mail.text.contains("synctec run --stage nowhere failed on"))
                #expect(mail.text.contains("no such stage"))
                #expect(!mail.text.contains("journalctl"))
            }
        }
    }

    @Test func `CF-2, ML-4: a password file that is missing or open stops everything, a wrong one only the mail`()
        async throws
    {
        try await Stage.with(Scenarios.plain(6)) { stage in
            let server = try await Self.prepare(stage)
            try await stage.settle()
            let known = try server.mails.count
            try stage.writeCredential(of: "smtp", "another")
            let wrong = try await stage.synctec("run")
            #expect(wrong.status == 4, "\(wrong.errors)")
            #expect(wrong.lastLine.contains("refused the sign-in"))
            let check = try await stage.synctec("check", "--quick")
            #expect(check.output.contains("BAD      mail: localhost refused the sign-in"))
            // As the run, with DELIVERY; worse where something worse is wrong, too.
            #expect(check.status == 4, "\(check.errors)")
            #expect(check.lastLine.hasPrefix("status DELIVERY"), "\(check.errors)")
            stage.destinations[0].setScopes(["read_products", "read_inventory", "read_locations"])
            #expect(try await stage.synctec("check", "--quick").status == 3)
            stage.destinations[0].setScopes(SimulatedStoreConfiguration.usualScopes)
            try FileManager.default.removeItem(atPath: "\(stage.settings.credentials)/smtp")
            stage.resetCounters()
            let missing = try await stage.synctec("run")
            #expect(missing.status == 64, "\(missing.errors)")
            #expect(missing.errors.contains("/smtp: no such file: it has to hold the password of the mail server"))
            #expect(stage.stores.allSatisfy { $0.counters.calls.isEmpty })
            #expect(try server.mails.count == known)
        }
    }
}
