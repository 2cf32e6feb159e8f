import ArgumentParser
import Foundation

/// Starts the program on next to nothing, beside `cat` of the same files.
struct StartupBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "startup",
        abstract: "Measures synctec --version and compare of two 100-row files against cat of them.",
        discussion: "Example: synctec-benchmark startup --runs 51"
    )

    @Option(help: "Runs of each.") var runs = 21
    @OptionGroup var places: BenchmarkPlaces

    mutating func run() throws {
        guard places.hasGenerator else {
            Console.tell("benchmark: skipped, there is no generator at \(places.generator); say where with --bench")
            return
        }
        let pair = try CatalogPair(variants: 100, under: places.data, generator: places.generator)
        let out = "\(places.data)/out"
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let history = History(places.history)
        let programs: [(name: String, program: MeasuredProgram)] = [
            ("cat", MeasuredProgram(words: ["cat", pair.source, pair.destination])),
            ("synctec --version", MeasuredProgram(words: [places.tools.synctec, "--version"])),
            ("synctec compare", places.tools.comparison(pair, out: "\(out)/synctec")),
        ]
        var table = CostTable()
        for round in 0...max(runs, 1) {
            for (name, program) in programs {
                try? FileManager.default.removeItem(atPath: "\(out)/synctec")
                let cost = try program.run(output: "\(out)/startup.txt", errors: "\(out)/startup.errors")
                // The first round brings the programs into memory.
                guard round > 0 else { continue }
                table.add(name, cost)
                try history.add("startup", name, size: 100, cost)
            }
        }
        print("two files of 100 variants, \(runs) runs in turn\n\(table.text)")
    }
}
