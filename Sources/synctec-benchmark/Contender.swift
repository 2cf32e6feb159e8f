import ArgumentParser
import Foundation

/// A program that takes part in the comparison of two catalogues.
enum Contender: String, CaseIterable, Sendable, ExpressibleByArgument {
    case synctec
    /// One pass of simdjson over both files that reads the same fields and does nothing with them.
    case simdjson
    case duckdb
    /// The same program, loading both files at once.
    case tunedDuckDB = "duckdb-tuned"
    case polars
    case pandas
    case python
    case postgres

    /// Whether it is a program that one would use instead.
    var comparesToo: Bool { self != .simdjson }

    /// Those that take part unless others are asked for.
    static let quick: [Contender] = [.simdjson, .duckdb, .tunedDuckDB, .polars]

    /// The program for a pair of files.
    func program(_ pair: CatalogPair, out: String, tools: Tools) -> MeasuredProgram {
        let files = ["--source", pair.source, "--destination", pair.destination, "--rate", CatalogPair.rate]
        switch self {
        case .synctec: return tools.comparison(pair, out: "\(out)/synctec")
        case .simdjson: return MeasuredProgram(words: [tools.simdjsonPass, pair.source, pair.destination])
        case .duckdb, .polars, .pandas, .python:
            return MeasuredProgram(
                words: ["python3", "\(tools.peers)/peer_\(rawValue).py"] + files + ["--out", "\(out)/\(rawValue).csv"]
            )
        case .tunedDuckDB:
            return MeasuredProgram(
                words: ["python3", "-c", Self.tuning, "\(tools.peers)/peer_duckdb.py"] + files
                    + ["--out", "\(out)/\(rawValue).csv"]
            )
        case .postgres:
            return MeasuredProgram(
                words: ["sh", "\(tools.peers)/peer_postgres.sh"] + files + ["--out", "\(out)/postgres.csv"],
                environment: tools.server,
                worksItself: false
            )
        }
    }

    /// Runs the program for DuckDB with its two loads side by side on cursors of one database, which takes a quarter less CPU time.
    ///
    /// Tables have to be the database's then, not a session's. Other sizes of buffers and objects made no difference.
    private static let tuning = """
        import os, sys
        path = sys.argv.pop(1)
        sys.path.insert(0, os.path.dirname(path))
        text = open(path).read()
        loads = '    load(con, "s", a.source)\\n    load(con, "d", a.destination)\\n'
        if text.count(loads) != 1:
            sys.exit("the program for DuckDB is not the one this tuning is for")
        text = text.replace(loads, '    from concurrent.futures import ThreadPoolExecutor as Pool\\n    with Pool(2) as pool:\\n'
            '        list(pool.map(lambda t: load(con.cursor(), *t), [("s", a.source), ("d", a.destination)]))\\n')
        exec(compile(text.replace("CREATE TEMP TABLE", "CREATE TABLE"), path, "exec"))
        """

    /// Whether it can run on this machine.
    func isInstalled(_ tools: Tools) -> Bool {
        let isExecutable = FileManager.default.isExecutableFile(atPath:)
        switch self {
        case .synctec: return isExecutable(tools.synctec)
        case .simdjson: return isExecutable(tools.simdjsonPass)
        case .duckdb, .polars, .pandas:
            return MeasuredProgram(words: ["python3", "-c", "import \(rawValue)"]).works()
        case .tunedDuckDB: return Self.duckdb.isInstalled(tools)
        case .python: return MeasuredProgram(words: ["python3", "-c", ""]).works()
        case .postgres: return MeasuredProgram(words: ["psql", "--version"]).works()
        }
    }

    /// Holds what a run printed against the oracle.
    func check(_ output: String, against oracle: String) throws {
        guard self != .simdjson else {
            guard try FileCounts.read(output) == FileCounts.read(oracle) else {
                throw BenchmarkFailure("simdjson: the lines it read are not the oracle's, see \(output)")
            }
            return
        }
        let known = try OracleCounts.read(oracle)
        let found = self == .synctec ? try ComparisonOutput.read(output) : [try OracleCounts.read(output)]
        let wrong = Set(found.flatMap { $0.differences(from: known) }).sorted()
        guard wrong.isEmpty, !found.isEmpty else {
            throw BenchmarkFailure("\(rawValue): counts that are not the oracle's:\n\(wrong.joined(separator: "\n"))")
        }
    }
}

/// Where the programs of a benchmark are.
struct Tools: Sendable {
    let synctec: String
    let simdjsonPass: String
    /// The folder of the other programs.
    let peers: String
    /// The variables by which libpq finds the server for ``Contender/postgres``.
    var server: [String: String] = [:]

    /// The command itself, as it is installed; the destination may be taken for several.
    func comparison(_ pair: CatalogPair, destinations: Int = 1, out: String) -> MeasuredProgram {
        let files = [pair.source] + Array(repeating: pair.destination, count: destinations)
        return MeasuredProgram(
            words: [synctec, "compare"] + files
                + ["--rate", CatalogPair.rate, "--fields", Self.fields, "--json", "--out", out],
            // Something needs a person, or a brake would stop a part: both are so in files with drift.
            goodStatuses: [0, 1, 2]
        )
    }

    /// Those that the oracle counts.
    private static let fields =
        "title,description,vendor,product_type,tags,status,barcode,price,compare_at_price,cost,weight,inventory"
}
