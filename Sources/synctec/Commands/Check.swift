import ArgumentParser
import Catalog
import Foundation
import Reporting
import Runs
import Settings

/// The command `synctec check`.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Looks at everything a run needs, before the first run: settings, database, tokens, shops, SKUs.",
        discussion: """
            Writes nothing to any store. SKU hygiene needs the whole catalogues and takes as long as a plan; --quick leaves it out.

            Example: synctec check --settings synctec.yaml --quick
            """
    )

    @OptionGroup var team: TeamOptions
    @OptionGroup var destinations: DestinationOptions

    @Flag(help: "Leaves out the catalogues.")
    var quick = false

    mutating func run() async throws {
        let settings = try team.load()
        let only = try destinations.only(of: settings)
        try await Session.with(settings, team.output) { session in
            var generator = SystemRandomNumberGenerator()
            let preflight = Preflight(
                settings: settings,
                only: only,
                run: .random(using: &generator),
                holder: Holder.process,
                ports: session.ports(settings, progress: session.output.progress()),
                readsCatalogues: !quick
            )
            let results = await preflight.results()
            if team.json {
                try Console.out(try JSONText.of(results))
            } else {
                for result in results {
                    // Quiet, only what is not well.
                    if result.verdict == .good, team.output.verbosity == .quiet { continue }
                    let mark =
                        switch result.verdict {
                        case .good: Terminal.output.toned("ok      ", .good)
                        case .warning: Terminal.output.toned("warning ", .warning)
                        case .bad: Terminal.output.toned("BAD     ", .bad)
                        }
                    // Many messages name their shop themselves.
                    let subject = result.detail.hasPrefix("\(result.subject): ") ? "" : "\(result.subject): "
                    try Console.out("\(mark) \(subject)\(HarmlessText.line(result.detail))")
                }
            }
            let worst = results.map(\.ending).max() ?? .ok
            await session.tellCalls()
            team.output.end(worst, "")
            if worst != .ok { throw ExitCode(worst.code) }
        }
    }
}
