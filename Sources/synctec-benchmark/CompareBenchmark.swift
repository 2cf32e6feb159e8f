import ArgumentParser
import Foundation
import PostgresLedger

/// Runs `synctec compare` and the programs one would use instead on the same files, in turn.
struct CompareBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Measures synctec compare against the programs one would use instead.",
        discussion: """
            Whole processes, in turn (A B C, A B C, …), on files that were read once before. Every run's counts are held against the
            generator's oracle; a wrong one ends the benchmark. Each run is a line of the history.

            Example: synctec-benchmark compare --variants 100000 1000000 --runs 7 --peers duckdb polars
            Example: synctec-benchmark compare --variants 100000 1000000 5000000 --peers synctec
            """
    )

    @Option(parsing: .upToNextOption, help: "Variants a side.") var variants: [Int] = [20_000]
    @Option(help: "Runs of each program.") var runs = 3
    @Option(
        parsing: .upToNextOption,
        help: "Programs beside synctec; one that is not installed is left out. pandas, python and postgres are slow."
    ) var peers: [Contender] = Contender.quick
    @OptionGroup var places: BenchmarkPlaces

    mutating func validate() throws {
        guard runs > 0, variants.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("--variants and --runs take numbers from 1 on")
        }
    }

    mutating func run() async throws {
        guard places.hasGenerator else {
            Console.tell("benchmark: skipped, there is no generator at \(places.generator); say where with --bench")
            return
        }
        var tools = places.tools
        let contenders = Self.unique([.synctec] + peers)
        var server: ThrowAwayServer?
        if contenders.contains(.postgres), Contender.postgres.isInstalled(tools) {
            let started = try await ThrowAwayServer.start()
            tools.server = started.environment
            server = started
        }
        let result = Result { try measure(contenders, tools) }
        await server?.stop()
        try result.get()
    }

    private func measure(_ contenders: [Contender], _ tools: Tools) throws {
        let present = contenders.filter { contender in
            let isInstalled = contender.isInstalled(tools)
            if !isInstalled { Console.tell("benchmark: left out, not installed: \(contender.rawValue)") }
            return isInstalled
        }
        guard present.contains(.synctec) else { throw BenchmarkFailure("build the release program first: make build") }
        let history = History(places.history)
        var growth: [Growth] = []
        for variants in variants.sorted() {
            let pair = try CatalogPair(variants: variants, under: places.data, generator: places.generator)
            let out = "\(places.data)/out"
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            try pair.warm()
            var table = CostTable()
            for run in 1...runs {
                for contender in present {
                    let output = "\(out)/\(contender.rawValue).json"
                    // The command never writes into a folder that is there.
                    try? FileManager.default.removeItem(atPath: "\(out)/synctec")
                    let cost = try contender.program(pair, out: out, tools: tools)
                        .run(output: output, errors: "\(out)/\(contender.rawValue).errors")
                    try contender.check(output, against: pair.oracle)
                    table.add(contender.rawValue, cost)
                    try history.add("compare", contender.rawValue, size: variants, cost)
                    Console.tell(
                        "\(variants) run \(run)/\(runs) \(contender.rawValue) \(CostTable.seconds(cost.wallSeconds))"
                    )
                }
            }
            print("\(variants) variants a side, \(runs) runs in turn, every count the oracle's\n\(table.text)\n")
            growth.append(
                Growth(
                    variants: variants,
                    seconds: table.median("synctec") ?? 0,
                    peakKiB: table.peakKiB("synctec")
                )
            )
        }
        for (small, large) in zip(growth, growth.dropFirst()) { print(large.since(small)) }
    }

    private static func unique(_ contenders: [Contender]) -> [Contender] {
        Contender.allCases.filter(contenders.contains)
    }
}

/// What one size cost, to be held against the next.
private struct Growth {
    let variants: Int
    let seconds: Double
    /// `nil` where it was too little to be told.
    let peakKiB: Int?

    func since(_ small: Growth) -> String {
        let more = Double(max(variants - small.variants, 1))
        let growth = String(
            format: "from %d to %d variants: %.2f times the variants, %.2f times the time",
            small.variants,
            variants,
            Double(variants) / Double(small.variants),
            seconds / max(small.seconds, 1e-9)
        )
        guard let peak = peakKiB, let smallPeak = small.peakKiB else { return growth }
        return growth + String(format: ", %.0f bytes more a variant", Double(peak - smallPeak) * 1024 / more)
    }
}

/// Where a benchmark finds its programs and keeps its files.
struct BenchmarkPlaces: ParsableArguments {
    @Option(help: "The folder with make_snapshots.py and the folder peers.") var bench = "../shared/bench"
    @Option(help: "Where generated files are kept, each size in a folder of its number.") var data = ".build/benchmark"
    @Option(help: "The folder of the built programs.") var programs = ".build/release"
    @Option(help: "The file that every run adds a line to.") var history = ".build/benchmark/history.jsonl"

    var generator: String { "\(bench)/make_snapshots.py" }
    var hasGenerator: Bool { FileManager.default.fileExists(atPath: generator) }

    var tools: Tools {
        Tools(
            synctec: "\(programs)/synctec",
            simdjsonPass: "\(programs)/simdjson-pass",
            peers: "\(bench)/peers"
        )
    }
}
