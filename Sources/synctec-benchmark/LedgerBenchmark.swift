import ArgumentParser
import Catalog
import Foundation
import PostgresLedger
import Pricing
import Reconciliation
import Reporting
import Runs

/// Records the rows of a large run through the ledger, beside `psql \copy` of the same rows.
struct LedgerBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Measures the recording of a run's rows against psql's \\copy of the same rows.",
        discussion: """
            A private Postgres, with its usual durability. The ledger writes as it always does: under the service role, row level
            security and the run's fence. psql writes as the owner into a table of the same columns and keys without policies. Both
            tables are emptied before each run.

            Example: synctec-benchmark ledger --rows 1000000 --runs 5
            """
    )

    @Option(help: "Rows of a run.") var rows = 1_000_000
    @Option(help: "Runs of each.") var runs = 5
    @Option(help: "The file that every run adds a line to.") var history = ".build/benchmark/history.jsonl"

    mutating func run() async throws {
        let server = try await ThrowAwayServer.start()
        let result: Result<Void, any Error>
        do {
            result = .success(try await measure(server))
        } catch {
            result = .failure(error)
        }
        await server.stop()
        try result.get()
    }

    private func measure(_ server: ThrowAwayServer) async throws {
        let psql = Psql(environment: server.environment)
        let history = History(history)
        let ledger = try await DatabaseLedger.open(.server(server.address))
        let team = try SampleRows.team()
        let source = StoreRecord(shop: try SampleRows.source(), id: ResourceID(.shop, 1), currency: .usd)
        try await ledger.createTeam(team, source: source, by: "benchmark", at: SampleRows.time)
        let lock = try await ledger.lock(.team(team), holder: "benchmark", at: SampleRows.time)
        let records = SampleRows.corrections(rows)
        let file = FileManager.default.temporaryDirectory.appending(path: "synctec-benchmark-\(getpid()).copy").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        var table = CostTable()
        var generator = SystemRandomNumberGenerator()
        for round in 1...max(runs, 1) {
            try psql.run("TRUNCATE synctec.corrections")
            try psql.run("CHECKPOINT")
            let run = RunID.random(using: &generator)
            try await begin(run, ledger, lock)
            let start = ContinuousClock.now
            try await ledger.record(try record(run, records), lock: lock)
            let wall = (ContinuousClock.now - start) / .seconds(1)
            // The server's processes do the work: there is no CPU time or memory of ours to tell.
            let ours = ProcessCost(wallSeconds: wall, userSeconds: 0, systemSeconds: 0, peakKiB: nil)
            table.add("ledger", ours)
            try history.add("ledger", "ledger", size: rows, ours)
            if round == 1 {
                try psql.run("CREATE TABLE public.rows (LIKE synctec.corrections INCLUDING ALL)")
                try psql.run("\\copy synctec.corrections TO '\(file)'")
            }
            try psql.run("TRUNCATE synctec.corrections, public.rows")
            try psql.run("CHECKPOINT")
            let theirs = try psql.run("\\copy public.rows FROM '\(file)'")
            try psql.expect("SELECT count(*) FROM public.rows", rows)
            let cost = ProcessCost(wallSeconds: theirs.wallSeconds, userSeconds: 0, systemSeconds: 0, peakKiB: nil)
            table.add("psql \\copy", cost)
            try history.add("ledger", "psql \\copy", size: rows, cost)
        }
        print("\(rows) rows of a run into the ledger, \(runs) runs in turn\n\(table.text)")
        let ratio = (table.median("ledger") ?? 0) / max(table.median("psql \\copy") ?? 0, 1e-9)
        print(String(format: "the ledger takes %.2f times as long as psql's \\copy", ratio))
        try await ledger.close()
    }

    private func begin(_ run: RunID, _ ledger: DatabaseLedger, _ lock: RunLock) async throws {
        let start = RunStart(
            id: run,
            team: try SampleRows.team(),
            command: "run",
            startedAt: SampleRows.time,
            version: "benchmark",
            holder: "benchmark"
        )
        try await ledger.begin(start, lock: lock)
    }

    private func record(_ run: RunID, _ rows: [CorrectionRow]) throws -> DestinationRecord {
        DestinationRecord(
            run: run,
            team: try SampleRows.team(),
            destination: try SampleRows.destination(),
            status: "OK",
            detail: "",
            plan: nil,
            summary: DestinationSummary(),
            corrections: rows,
            findings: []
        )
    }
}

/// Postgres' own client.
private struct Psql {
    let environment: [String: String]

    @discardableResult
    func run(_ command: String, output: String = "/dev/null") throws -> ProcessCost {
        let errors = FileManager.default.temporaryDirectory.appending(path: "synctec-benchmark-\(getpid()).psql").path
        defer { try? FileManager.default.removeItem(atPath: errors) }
        let words = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", command]
        return try MeasuredProgram(words: words, environment: environment).run(output: output, errors: errors)
    }

    func expect(_ query: String, _ count: Int) throws {
        let output = FileManager.default.temporaryDirectory.appending(path: "synctec-benchmark-\(getpid()).out").path
        defer { try? FileManager.default.removeItem(atPath: output) }
        try run(query, output: output)
        let told = try String(contentsOfFile: output, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard told == "\(count)" else { throw BenchmarkFailure("\(query): \(told), not \(count)") }
    }
}
