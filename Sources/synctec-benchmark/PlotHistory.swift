import ArgumentParser
import Foundation

/// Draws the history: one line per program, a chart per benchmark and size.
struct PlotHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draws the history of all measurements as SVG, one chart per benchmark and size.",
        discussion: """
            A point is the median of a program's runs on one commit, in the order in which the commits were first measured; the scale
            of the wall times is logarithmic.

            Example: synctec-benchmark plot > history.svg
            """
    )

    @Option(help: "The file with the measurements.") var history = ".build/benchmark/history.jsonl"

    mutating func run() throws {
        print(HistoryChart(try History(history).all()).svg)
    }
}
