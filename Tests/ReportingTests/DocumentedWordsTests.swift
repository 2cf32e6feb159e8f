import Catalog
import FoundationEssentials
import Reconciliation
import Testing

@testable import Reporting

/// `reports/README.md` explains every column and every word.
struct DocumentedWordsTests {
    private let page: String

    init() throws {
        page = try String(
            contentsOf: GoldenFile.repository.appending(path: "reports/README.md"),
            encoding: .utf8
        )
    }

    /// The part of the page under a heading, to the next one of any level.
    private func section(_ heading: String) throws -> String {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(
            lines.firstIndex { $0.hasPrefix("#") && $0.drop { $0 == "#" || $0 == " " } == heading }
        )
        return lines[(start + 1)...].prefix { !$0.hasPrefix("#") }.joined(separator: "\n")
    }

    /// What stands between backquotes in a section.
    private func words(_ heading: String) throws -> Set<String> {
        let parts = try section(heading).split(separator: "`", omittingEmptySubsequences: false)
        return Set(parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
    }

    /// The first cells of a section's tables, without backquotes.
    private func firstCells(_ heading: String) throws -> [String] {
        try section(heading).split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { line in
            line.split(separator: "|").first.map { $0.filter { $0 != "`" } }?.trimmed
        }
    }

    @Test(arguments: [
        ("`corrections.csv`", CorrectionRow.columns), ("`findings.csv`", FindingRow.columns),
    ])
    func `every column is explained, in order, and no other`(heading: String, columns: [String]) throws {
        #expect(try firstCells(heading) == columns)
    }

    @Test func `every column and metric of summary.csv is explained`() throws {
        let words = try words("`summary.csv`")
        #expect(try Array(firstCells("`summary.csv`").prefix(4)) == SummaryRow.columns)
        for row in try ExampleReport().report.summaryRows {
            let isGrouped = ["brake_", "corrections_of_"].contains { row.metric.hasPrefix($0) && words.contains($0) }
            #expect(isGrouped || words.contains(row.metric), "\(row.metric)")
        }
    }

    @Test func `every verdict is explained, and no other`() throws {
        // The switch breaks the build when there is a new one.
        func known(_ verdict: Verdict) -> String {
            switch verdict {
            case .sourceChanged, .destinationDrifted, .both, .firstSight: verdict.rawValue
            }
        }
        let all: [Verdict] = [.sourceChanged, .destinationDrifted, .both, .firstSight]
        #expect(try firstCells("Verdicts") == all.map(known))
    }

    @Test func `every outcome of a field is explained, with what it counts as`() throws {
        let all: [CorrectionOutcome] = [
            .planned, .applied, .alreadyThere, .moved(found: ""), .braked(.firstRun), .left(reason: ""),
            .failed(code: "", message: ""), .unheld(found: ""),
        ]
        #expect(try firstCells("Outcomes of a field") == all.map(\.word) + [CorrectionRow.held, CorrectionRow.refused])
        let lines = try section("Outcomes of a field").split(separator: "\n")
        for outcome in all {
            let line = try #require(lines.first { $0.hasPrefix("| `\(outcome.word)`") })
            #expect(line.hasSuffix("| \(outcome.kind) |"))
        }
    }

    @Test func `every outcome of a SKU, reason, kind, brake and field is explained, and no other`() throws {
        #expect(try firstCells("Outcomes of a SKU") == SKUOutcome.allCases.map(\.rawValue))
        #expect(
            try Set(firstCells("Reasons for holding and refusing")) == Set(HoldReason.allCases.map(\.rawValue))
        )
        #expect(try firstCells("Kinds of findings") == FindingRow.Kind.allCases.map(\.rawValue))
        #expect(try firstCells("Brakes") == Brake.allCases.map(\.rawValue))
        #expect(try words("Fields").subtracting(["true", "false"]) == Set(CatalogField.allCases.map(\.rawValue)))
    }

    @Test func `a refusal is called so, and what can be released names the command`() throws {
        let lines = try section("Reasons for holding and refusing").split(separator: "\n")
        for reason in HoldReason.allCases {
            let line = try #require(lines.first { $0.hasPrefix("| `\(reason.rawValue)`") })
            #expect(line.contains("refused:") == reason.isRefusal)
            #expect(line.contains("approve HASH --held") == reason.isReleasable)
        }
    }

    @Test func `only brakes that no approval releases are marked`() throws {
        let lines = try section("Brakes").split(separator: "\n")
        let hash = try ExampleReport().plan.hash()
        for brake in Brake.allCases {
            let line = try #require(lines.first { $0.hasPrefix("| `\(brake.rawValue)`") })
            let advice = BrakeHit(brake: brake, extent: .stockToZero, detail: "").advice(hash: hash)
            let isMarked = line.contains("not released by approval") || line.contains("make a new plan")
            #expect(isMarked != advice.contains("synctec approve"))
        }
    }

    @Test(arguments: ["runs", "run_destinations", "corrections", "findings"])
    func `every column of the ledger's tables is named`(table: String) throws {
        let schema = try String(
            contentsOf: GoldenFile.repository.appending(
                path: "Sources/PostgresLedger/Migrations/0001_create_ledger.sql"
            ),
            encoding: .utf8
        )
        let lines = schema.split(separator: "\n")
        let start = try #require(lines.firstIndex { $0 == "CREATE TABLE synctec.\(table) (" })
        let columns = lines[(start + 1)...].prefix { $0 != ");" }.compactMap { line in
            line.split(separator: " ").first.flatMap {
                $0.allSatisfy { $0.isLowercase || $0 == "_" } ? String($0) : nil
            }
        }
        let row = try #require(
            section("In the ledger").split(separator: "\n").first { $0.hasPrefix("| `\(table)`") }
        )
        #expect(columns.count > 8)
        for column in columns { #expect(row.contains("`\(column)`"), "\(column)") }
    }

    @Test func `every key of the JSON document is named`() throws {
        let text = String(decoding: try ExampleReport().report.json(), as: UTF8.self)
        var keys: Set<String> = []
        let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
        for (piece, next) in zip(pieces, pieces.dropFirst()) where next.hasPrefix(":") {
            if piece.allSatisfy({ $0.isLowercase || $0 == "_" }) { keys.insert(String(piece)) }
        }
        #expect(keys.count > 40)
        for key in keys {
            let isGrouped = key.hasPrefix("corrections_of_")
            #expect(isGrouped || page.contains("`\(key)`"), "\(key)")
        }
    }
}

extension String {
    /// Without the blanks around it.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
