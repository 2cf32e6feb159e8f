import ArgumentParser
import Foundation

/// Compares one source with one destination and with many, in turn.
struct ManyDestinationsBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "many",
        abstract: "Measures what each further destination costs beside the first pair.",
        discussion: """
            The generated destination's file is taken as many times: it is read, compared and reported anew each time. Every destination's
            counts are held against the oracle.

            Example: synctec-benchmark many --variants 100000 --destinations 10 --runs 7
            """
    )

    @Option(help: "Variants a side.") var variants = 20_000
    @Option(help: "How many destinations.") var destinations = 10
    @Option(help: "Runs of each.") var runs = 3
    @OptionGroup var places: BenchmarkPlaces

    mutating func validate() throws {
        guard runs > 0, variants > 0, destinations > 1 else {
            throw ValidationError("--variants and --runs take numbers from 1 on, --destinations from 2 on")
        }
    }

    mutating func run() throws {
        guard places.hasGenerator else {
            Console.tell("benchmark: skipped, there is no generator at \(places.generator); say where with --bench")
            return
        }
        let pair = try CatalogPair(variants: variants, under: places.data, generator: places.generator)
        let out = "\(places.data)/out"
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        try pair.warm()
        let history = History(places.history)
        var table = CostTable()
        for _ in 1...runs {
            for count in [1, destinations] {
                try? FileManager.default.removeItem(atPath: "\(out)/synctec")
                let output = "\(out)/synctec.json"
                let cost = try places.tools.comparison(pair, destinations: count, out: "\(out)/synctec")
                    .run(output: output, errors: "\(out)/synctec.errors")
                guard try ComparisonOutput.read(output).count == count else {
                    throw BenchmarkFailure("synctec: not \(count) destinations in \(output)")
                }
                try Contender.synctec.check(output, against: pair.oracle)
                table.add(Self.name(count), cost)
                try history.add("many", Self.name(count), size: variants, cost)
            }
        }
        print("\(variants) variants a side, \(runs) runs in turn, every count the oracle's\n\(table.text)")
        let first = table.median(Self.name(1)) ?? 0
        let further = ((table.median(Self.name(destinations)) ?? 0) - first) / Double(destinations - 1)
        print(String(format: "a further destination takes %.2f of the first pair's time", further / max(first, 1e-9)))
    }

    private static func name(_ count: Int) -> String { count == 1 ? "1 destination" : "\(count) destinations" }
}
