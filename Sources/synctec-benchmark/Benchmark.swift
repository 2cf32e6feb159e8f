import ArgumentParser

/// Measures this program against others, and holds what all of them find against an oracle.
@main struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synctec-benchmark",
        abstract: "Measures synctec against other programs and against the least a machine needs.",
        discussion: "Example: synctec-benchmark compare --variants 100000 --runs 7",
        subcommands: [
            CompareBenchmark.self, ManyDestinationsBenchmark.self, ApplyBenchmark.self, LedgerBenchmark.self,
            CSVBenchmark.self,
            StartupBenchmark.self,
            PlotHistory.self,
        ]
    )
}
