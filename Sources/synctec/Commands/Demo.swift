import ArgumentParser
import Catalog
import Foundation
import PostgresLedger
import Reconciliation
import Reporting
import Runs
import Settings
import SimulatedShopify

/// The command `synctec demo`.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Shows everything on simulated stores: a supplier, two resellers, drift, a plan, its approval, the apply, the reports.",
        discussion: """
            Needs nothing and touches nothing outside a temporary folder, in which it keeps its own private database.

            Example: synctec demo --variants 2000
            """
    )

    @Option(help: "Variants of the supplier's store.")
    var variants = 500

    @Option(help: "Decides what drifts.")
    var seed = 7

    @Option(help: ArgumentHelp("A folder to work in, which is kept; left out: a temporary one.", valueName: "folder"))
    var folder: String?

    @OptionGroup var speech: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(variants) else { throw ValidationError("--variants takes 1 to 1000000") }
    }

    mutating func run() async throws {
        let output = Output(verbosity: speech.verbosity, json: false)
        let stage = try await DemoStage.build(variants: variants, seed: seed, folder: folder, output)
        let result: Result<Void, any Error>
        do {
            result = .success(try await DemoScript(stage: stage, output: output).play())
        } catch {
            result = .failure(error)
        }
        await stage.strike()
        try result.get()
    }
}
