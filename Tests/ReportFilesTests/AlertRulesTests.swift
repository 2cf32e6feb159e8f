import Foundation
import Reporting
import Testing

@testable import ReportFiles

/// `reports/prometheus`: rules over the very metrics that a run writes.
struct AlertRulesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("reports/prometheus")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    /// Debian's package prometheus has it.
    private static let promtool = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/promtool" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    private static func metricNames(in text: String) -> Set<Substring> {
        Set(text.matches(of: /synctec_[a-z_]+/).map(\.output))
    }

    @Test func `rules and description name the metrics that are written, and no others`() throws {
        let written = Self.metricNames(
            in: try MetricsFileTests.metrics().text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
                .joined(separator: "\n")
        )
        #expect(written.count == 15)
        #expect(Self.metricNames(in: try Self.text("README.md")) == written)
        for file in ["synctec.rules.yml", "synctec.rules.test.yml"] {
            let named = Self.metricNames(in: try Self.text(file))
            #expect(!named.isEmpty && named.isSubset(of: written), "\(file)")
        }
    }

    @Test func `every rule says for how long, how bad, and what to do`() throws {
        let rules = try Self.text("synctec.rules.yml").components(separatedBy: "- alert: ").dropFirst()
        #expect(rules.count == 7)
        for rule in rules {
            for key in ["expr: ", "for: ", "severity: ", "summary: ", "description: "] {
                #expect(rule.contains(key), "\(rule.prefix(40))")
            }
        }
    }

    @Test(
        .enabled(if: promtool != nil, "promtool, of Debian's package prometheus, is not here"),
        arguments: [["check", "rules", "synctec.rules.yml"], ["test", "rules", "synctec.rules.test.yml"]]
    )
    func `promtool takes the rules, and they fire when they should`(arguments: [String]) throws {
        try Self.run(arguments, input: nil)
    }

    @Test(.enabled(if: promtool != nil, "promtool, of Debian's package prometheus, is not here"))
    func `promtool takes the metrics`() throws {
        try Self.run(["check", "metrics"], input: try MetricsFileTests.metrics().text)
    }

    private static func run(_ arguments: [String], input: String?) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(promtool))
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let (output, given) = (Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = output
        process.standardError = output
        try process.run()
        given.fileHandleForWriting.write(Data((input ?? "").utf8))
        try given.fileHandleForWriting.close()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(told)")
    }
}
